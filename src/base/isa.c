#include "base/isa.h"

#include "base/registry.h"

#if defined(__x86_64__)
/* These checks cover the processor and the system, which has to save the wider registers. */
static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("fma");
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_sse2(void)
{
    return true;
}
#elif defined(__aarch64__)
static bool has_neon(void)
{
    return true;
}
#else
static bool has_plain(void)
{
    return true;
}
#endif

#define OBJECT(isa, name, fused, summary)                                                          \
    static const struct dm_isa isa##_##name = {#name, summary, has_##name, fused};
DM_ISA_MAP(OBJECT, isa)
static const struct dm_isa *const isas[] = {DM_ISA_MAP(DM_ISA_ADDRESS, isa) NULL};

const struct dm_isa *const *dm_isas(void)
{
    return isas;
}

size_t dm_isa_index(const struct dm_isa *isa)
{
    size_t index = 0;
    while (isas[index] && isas[index] != isa)
        index++;
    return index;
}

enum dm_status dm_isa_choose(const char *name, const struct dm_isa **isa, struct dm_error *error)
{
    struct dm_search search = dm_search_for("instruction set", name ? name : "");
    for (size_t i = 0; isas[i]; i++) {
        if (isas[i]->here() &&
            (!name || dm_search_matches(&search, isas[i]->name, isas[i]->summary))) {
            *isa = isas[i];
            return DM_OK;
        }
    }
    return dm_search_failed(&search, error);
}
