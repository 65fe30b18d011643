/* plan.h - the sizes of bands (ranges of pairs, bounded so that memory does not grow with the
 * number of pairs), of the tasks that compute a band, and of the text that it is encoded in. */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include "run/encode.h"

#include <dmatrix/status.h>

struct dm_plan {
    size_t band_pairs; /* maximum pairs of a band */
    size_t grain;      /* pairs of a computing task */
    size_t text_bytes; /* maximum bytes encoded in one run; 0: distances are not encoded */
    size_t pieces;     /* maximum pieces encoded in one run */
    size_t piece_pairs, piece_bytes; /* maximum of each piece */
};
struct dm_plan_options {
    uint64_t max_memory; /* bytes */
    uint64_t grain;      /* pairs of a computing task; 0: chosen by dm_plan_make() */
    unsigned threads;
    bool starts_threads; /* as dm_executor_ops.starts_threads */
    uint64_t
        longest_row; /* pairs of the longest row of a sparse layout, whose bands are whole rows */
};

/* Return the number of pairs of a band for this number of threads, if memory is not limited.
 * `longest_row` is that of a sparse layout, or 0. */
uint64_t dm_plan_band_pairs(const struct dm_layout *layout, unsigned threads, uint64_t longest_row);

/* Return the default number of pairs of a task, for `pairs` pairs in total. */
uint64_t dm_plan_grain(uint64_t pairs, unsigned threads);

/* Make a plan. DM_USAGE: too little memory for even one pair. */
enum dm_status dm_plan_make(const struct dm_encoding *encoding,
                            const struct dm_plan_options *options, struct dm_plan *plan,
                            struct dm_error *error);

/* Return the number of computing tasks for the first `pairs` pairs of a pass. No task extends
 * beyond its band. */
uint64_t dm_plan_tasks(const struct dm_plan *plan, uint64_t pairs);

#endif
