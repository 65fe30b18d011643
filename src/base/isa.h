/* isa.h - the instruction sets of this architecture as a preprocessor list, best first, from which
 * all tables with one entry per instruction set are made. src/cmake/Kernel.cmake has the same list,
 * with the compiler's flags. */
#ifndef BASE_ISA_H
#define BASE_ISA_H

#include "base/try.h"

#include <dmatrix/isa.h>

#include <stddef.h>

#if defined(__x86_64__)
#define DM_ISA_MAP(X, tables)                                                                      \
    X(tables, avx512, true, "512-bit vectors (x86-64-v4)")                                         \
    X(tables, avx2, true, "256-bit vectors and fused multiply-add (x86-64-v3)")                    \
    X(tables, sse2, false, "128-bit vectors (every x86-64)")
#elif defined(__aarch64__)
#define DM_ISA_MAP(X, tables)                                                                      \
    X(tables, neon, true, "128-bit vectors and fused multiply-add (every aarch64)")
#else
#define DM_ISA_MAP(X, tables) X(tables, plain, false, "the compiler's default")
#endif

/* Return the index of an instruction set in dm_isas() and in every list made with DM_ISA_MAP. */
size_t dm_isa_index(const struct dm_isa *isa);

/* Define TABLES_choose(), which returns the struct TABLES of an instruction set. These structs are
 * called TABLES_avx2 and so on. */
#define DM_ISA_TABLES(tables)                                                                      \
    DM_ISA_MAP(DM_ISA_DECLARE, tables)                                                             \
    enum dm_status tables##_choose(const char *name, const struct tables **kernels,                \
                                   struct dm_error *error)                                         \
    {                                                                                              \
        static const struct tables *const by_isa[] = {DM_ISA_MAP(DM_ISA_ADDRESS, tables)};         \
        const struct dm_isa *isa;                                                                  \
        DM_TRY(dm_isa_choose(name, &isa, error));                                                  \
        *kernels = by_isa[dm_isa_index(isa)];                                                      \
        return DM_OK;                                                                              \
    }
#define DM_ISA_DECLARE(tables, name, fused, summary) extern const struct tables tables##_##name;
#define DM_ISA_ADDRESS(tables, name, fused, summary) &tables##_##name,

#endif
