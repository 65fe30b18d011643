/* output.h - where bands go: a file, a stream, the caller's array, the caller's function. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "output/band.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dm_output_ops;

/* What every output begins with. */
struct dm_output {
    const struct dm_output_ops *ops;
    uint64_t bytes;    /* written so far */
    uint64_t write_ns; /* spent in system calls that write */
};

/* One const object a kind. All functions are called in the calling thread of the pipeline. */
struct dm_output_ops {
    /* Takes the next band, in order, or a part of one, while the executor works on what comes after
     * it. Both distances and bytes are good until it returns. DM_IO, DM_CLOSED, DM_STOPPED, or what
     * a caller's function returns. */
    enum dm_status (*take)(struct dm_output *output, struct dm_band *band, struct dm_error *error);

    /* Memory of the output's own for the distances from pair `begin` on, which the tasks fill, so
     * that taking them copies nothing. NULL: it has none. */
    double *(*room)(struct dm_output *output, uint64_t begin);

    /* Makes the result appear. DM_IO, DM_STOPPED. To be followed by close(). NULL: it is there. */
    enum dm_status (*finish)(struct dm_output *output, struct dm_error *error);

    /* Gives everything back; without a successful finish(), nothing is left of what was taken where
     * that can be. NULL: there is nothing to give back. */
    void (*close)(struct dm_output *output);
};

/* Hands `count` runs of bytes to the output; the entries may be changed. As ops->take(). */
enum dm_status dm_output_write(struct dm_output *output, struct iovec *bytes, size_t count,
                               struct dm_error *error);

enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error);

void dm_output_close(struct dm_output *output); /* NULL is fine */

#endif
