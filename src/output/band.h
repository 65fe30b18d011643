/* band.h - the distances of a range of pairs, and their encoded bytes. */
#ifndef OUTPUT_BAND_H
#define OUTPUT_BAND_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct dm_band {
    unsigned pass;
    uint64_t begin, end;  /* pairs; an empty range for the text before and after a pass */
    double *distances;    /* of pairs [begin, end), in the unit of the output */
    size_t *destinations; /* of the same pairs in a sparse layout; else NULL */
    struct iovec *bytes;  /* `count` runs of bytes, in order, as the format encoded the pairs; the
                           * output may change the entries */
    size_t count;         /* 0 if the output takes the distances themselves */
    atomic_bool spoilt;   /* true if a task found an impossible distance. Relaxed: read after all
                           * tasks have ended */
};

#endif
