#include "metric/kernel/kernels.h"

#include "base/isa.h"
#include "base/try.h"

#define DECLARE(name, summary) extern const struct dm_kernels dm_kernels_##name;
DM_ISA_MAP(DECLARE)

enum dm_status dm_kernels_choose(const char *name, const struct dm_kernels **kernels,
                                 struct dm_error *error)
{
#define ADDRESS(name, summary) &dm_kernels_##name,
    static const struct dm_kernels *const by_isa[] = {DM_ISA_MAP(ADDRESS)};
    const struct dm_isa *isa;
    DM_TRY(dm_isa_choose(name, &isa, error));
    *kernels = by_isa[dm_isa_index(isa)];
    return DM_OK;
}
