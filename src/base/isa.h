/* isa.h - the instruction sets of this architecture as a list for the preprocessor, the best first,
 * so that tables with an entry for each cannot disagree:
 *
 *     #define ENTRY(name, summary) &dm_kernels_##name,
 *     static const struct dm_kernels *const kernels[] = {DM_ISA_MAP(ENTRY)};
 *
 * src/cmake/Kernel.cmake has the same list, with the compiler's flags.
 */
#ifndef BASE_ISA_H
#define BASE_ISA_H

#include <dmatrix/isa.h>

#include <stddef.h>

#if defined(__x86_64__)
#define DM_ISA_MAP(X)                                                                              \
    X(avx512, "512-bit vectors (x86-64-v4)")                                                       \
    X(avx2, "256-bit vectors and fused multiply-add (x86-64-v3)")                                  \
    X(sse2, "128-bit vectors (every x86-64)")
#elif defined(__aarch64__)
#define DM_ISA_MAP(X) X(neon, "128-bit vectors and fused multiply-add (every aarch64)")
#else
#define DM_ISA_MAP(X) X(plain, "what the compiler takes for granted")
#endif

/* The place of an instruction set in dm_isas() and in every table made with DM_ISA_MAP. */
size_t dm_isa_index(const struct dm_isa *isa);

#endif
