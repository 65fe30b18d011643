/* band.h - a range of pairs that has been measured, and what a format has made of it. */
#ifndef OUTPUT_BAND_H
#define OUTPUT_BAND_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct dm_band {
    unsigned pass;
    uint64_t begin, end; /* pairs; none in what stands before and after the pairs of a pass */
    double *distances;   /* end - begin of them, in the unit of the output */
    struct iovec *bytes; /* `count` runs of bytes, in order, that the format has made of the pairs;
                          * whoever takes them may change the entries */
    size_t count;        /* 0 where the distances themselves are taken */
    atomic_bool spoilt;  /* set by a task that found a distance that cannot be. Relaxed: read after
                          * all tasks have ended */
};

#endif
