/* relax.h - a hint to the CPU that this thread only waits. */
#ifndef BASE_RELAX_H
#define BASE_RELAX_H

/* Lets the other hyperthread of the core have it meanwhile, and leaves the loop without the
 * mispredicted rush of loads a bare spin ends with. Nothing where it is not known. */
static inline void dm_relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
