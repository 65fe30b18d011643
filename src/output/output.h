/* output.h - destination of the bands: a file, a stream, the caller's array or function. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "output/band.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dm_output_ops;

/* The pairs of a pass that a process computes next, and those that all processes of a team compute
 * at the same time: a round. */
struct dm_range {
    unsigned pass;
    uint64_t begin, end; /* pairs; may be empty */
    bool opens, closes;  /* the bytes before or after the pairs of the pass belong to this range */
    bool opened, closed; /* and an earlier run has written them */
    uint64_t round_begin, round_end; /* in a team */
};

/* First member of every output. */
struct dm_output {
    const struct dm_output_ops *ops;
    uint64_t bytes;    /* bytes written so far */
    uint64_t write_ns; /* time spent in system calls that write */
};

/* Operations of an output, one const object per kind. All run in the thread of the pipeline. */
struct dm_output_ops {
    /* Write the next band or a part of one, in order, while the executor works on later ones. Both
     * distances and bytes are valid until it returns. DM_IO, DM_CLOSED, DM_STOPPED, or the status
     * of a caller's function. */
    enum dm_status (*take)(struct dm_output *output, struct dm_band *band, struct dm_error *error);

    /* Set the distances of the band and, in a sparse layout, its destinations to the output's own
     * memory for the pairs from band->begin on. Tasks fill it, so that take() copies nothing. NULL:
     * the output has no such memory. */
    void (*room)(struct dm_output *output, struct dm_band *band);

    /* Of an output that the processes of a team write in rounds (output/shared.h), else NULL. Each
     * range is a round. begin_range() comes before its first band is computed. end_range() comes
     * when all is encoded: `own` is the position of this range alone, and `last` its last band,
     * which is taken later, perhaps after that of the range before; NULL: there is none. settle()
     * waits for the other processes, and sets *position to that of the whole output after the
     * rounds so far. DM_IO, DM_MEMORY, or what another process has failed with. */
    enum dm_status (*begin_range)(struct dm_output *output, const struct dm_range *range,
                                  struct dm_error *error);
    enum dm_status (*end_range)(struct dm_output *output, const struct dm_position *own,
                                const struct dm_band *last, struct dm_error *error);
    enum dm_status (*settle)(struct dm_output *output, struct dm_position *position,
                             struct dm_error *error);

    /* Make the result visible; close() must follow. DM_IO, DM_STOPPED. NULL: nothing to do. */
    enum dm_status (*finish)(struct dm_output *output, struct dm_error *error);

    /* Release all resources. Without a successful finish(), remove what was written if possible.
     * NULL: nothing to do. */
    void (*close)(struct dm_output *output);
};

/* Write `count` runs of bytes; the entries may be changed. Errors are those of ops->take(). */
enum dm_status dm_output_write(struct dm_output *output, struct iovec *bytes, size_t count,
                               struct dm_error *error);

enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error);

void dm_output_close(struct dm_output *output); /* NULL is allowed */

#endif
