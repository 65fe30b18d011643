/* lanes.h - macros for hot loops: the files in the folders called kernel.
 *
 * Each file is plain C that the compiler vectorizes. It is compiled once for every instruction set:
 * DM_ISA is then its name, and dm_haversine becomes dm_haversine_avx2. A loop to be vectorized has
 * no branches and no calls; it selects with ?: between values that are computed in any case.
 *
 * The files are compiled without contraction, and use multiply_add() where a product and a sum are
 * to be rounded once. So a pair is computed exactly as written here: the bits are the same in a
 * full vector and in the remainder computed one by one, from every compiler, and on all instruction
 * sets with fused multiply-add.
 */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#define DM_JOIN_(a, b) a##_##b
#define DM_JOIN(a, b) DM_JOIN_(a, b)
#define DM_FOR_ISA(name) DM_JOIN(name, DM_ISA)

/* a * b + c, rounded once if the machine has an instruction for that, otherwise twice. */
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define multiply_add(a, b, c) __builtin_fma(a, b, c)
#define multiply_add_f32(a, b, c) __builtin_fmaf(a, b, c)
#else
#define multiply_add(a, b, c) ((a) * (b) + (c))
#define multiply_add_f32(a, b, c) ((a) * (b) + (c))
#endif

/* Mark a loop whose iterations are independent, although the compiler cannot prove that its
 * pointers do not overlap. */
#if defined(__clang__)
#define DM_LANES_LOOP _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define DM_LANES_LOOP _Pragma("GCC ivdep")
#else
#define DM_LANES_LOOP
#endif

#endif
