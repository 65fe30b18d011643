/* mix.h - reproducible numbers that look random. */
#ifndef BASE_MIX_H
#define BASE_MIX_H

#include <stdint.h>

#define DM_MIX_STEP UINT64_C(0x9E3779B97F4A7C15) /* between successive inputs of dm_mix() */

/* The output function of splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number
 * generators, 2014). */
static inline uint64_t dm_mix(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

#endif
