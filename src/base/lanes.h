/* lanes.h - what hot loops are written with: the files in the folders called kernel.
 *
 * Each file is plain C that a compiler makes vector code of, and is compiled once for every
 * instruction set: DM_ISA is its name then, and dm_haversine becomes dm_haversine_avx2. A loop that
 * is to become vector code has no branch and no call; selections are ?: on values that are computed
 * anyway.
 *
 * The files are compiled with contraction off, and say themselves with multiply_add() where a
 * product and a sum are to be rounded once. So the arithmetic of a pair is what is written here and
 * nothing else: it has the same bits in a whole vector and in a rest computed one by one, from
 * every compiler, and on all instruction sets that can fuse.
 */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#define DM_JOIN_(a, b) a##_##b
#define DM_JOIN(a, b) DM_JOIN_(a, b)
#define DM_FOR_ISA(name) DM_JOIN(name, DM_ISA)

/* a * b + c, rounded once where the machine can do that in one instruction, else twice. */
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define multiply_add(a, b, c) __builtin_fma(a, b, c)
#define multiply_add_f32(a, b, c) __builtin_fmaf(a, b, c)
#else
#define multiply_add(a, b, c) ((a) * (b) + (c))
#define multiply_add_f32(a, b, c) ((a) * (b) + (c))
#endif

/* Stands before a loop whose rounds do not depend on each other, though the compiler cannot see
 * that its pointers lead to different places. */
#if defined(__clang__)
#define DM_LANES_LOOP _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define DM_LANES_LOOP _Pragma("GCC ivdep")
#else
#define DM_LANES_LOOP
#endif

#endif
