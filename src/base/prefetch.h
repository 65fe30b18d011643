/* prefetch.h - asking for memory before it is read. */
#ifndef BASE_PREFETCH_H
#define BASE_PREFETCH_H

/* Start to load the cache line at that address. Has no effect but on speed. */
static inline void dm_prefetch(const void *address)
{
#if defined(__GNUC__)
    __builtin_prefetch(address);
#else
    (void)address;
#endif
}

#endif
