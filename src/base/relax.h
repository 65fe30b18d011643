/* relax.h - a hint to the CPU that this thread is spinning. */
#ifndef BASE_RELAX_H
#define BASE_RELAX_H

/* Give the core to its other hyperthread for a moment, and avoid the burst of mispredicted loads at
 * the end of a bare spin. No effect on other architectures. */
static inline void dm_relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
