/* shared.h - one file that the processes of a team write together, each its own parts of it.
 *
 * The run is divided into rounds. In each, every process encodes a range of pairs; at a meeting,
 * all say how many bytes that is, so each knows where its own belong. The meeting begins when a
 * range is encoded and ends before its bytes are written, while the next range is computed. Of
 * pairs with the same size, the place is known without a meeting. */
#ifndef OUTPUT_SHARED_H
#define OUTPUT_SHARED_H

#include "base/team.h"
#include "output/output.h"

#include <dmatrix/flag.h>

struct dm_shared_options {
    const char *path;            /* for messages */
    const dm_flag *stop;         /* may be NULL */
    size_t pair_bytes;           /* of each pair, if all have the same size; else 0 */
    bool resumes;                /* `whole` was opened with dm_resumable_open() */
    struct dm_position position; /* of `whole`, on rank 0; set on the others */
};

/* Open the file on all ranks, at the path that rank 0 has: `whole` is its output there, opened with
 * dm_output_open() or dm_resumable_open() and owned from now on, also after a failure; NULL on
 * other ranks. Checks that all have the same file and not each one of its own. The caller closes
 * *opened, also after a failure; it may be NULL then. DM_IO, DM_MEMORY, or the failure of another
 * process. */
enum dm_status dm_shared_open(struct dm_team *team, struct dm_output *whole,
                              struct dm_shared_options *options, struct dm_output **opened,
                              struct dm_error *error);

/* After a failure that all know, with an output that was opened to resume: keep the complete
 * rounds. Return the number of pairs that are kept, of all passes. */
uint64_t dm_shared_keep(struct dm_output *base);

/* Return the bytes that this process has written. */
uint64_t dm_shared_own_bytes(const struct dm_output *base);

#endif
