/* pipeline.h - computes pairs and encodes them on an executor, band after band, and passes them to
 * an output. Files, arrays in memory, trials of a comparison and samples all use it. */
#ifndef RUN_PIPELINE_H
#define RUN_PIPELINE_H

#include "output/output.h"
#include "run/encode.h"
#include "run/plan.h"
#include "run/ranges.h"
#include "run/source.h"

#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/run.h>

/* The parts of a pipeline. All of them must outlive it. Tasks see them as they were when the
 * executor was opened. */
struct dm_spec {
    const struct dm_source *source;
    const struct dm_encoding *encoding; /* NULL: the output receives the distances as they are */
    const struct dm_layout *sparse;     /* a sparse layout, whose bands are whole rows; else NULL */
    struct dm_output *output; /* NULL: the format is a summary without bytes before or after it */
    struct dm_plan plan;
    struct dm_position position; /* of the output before this run; the ranges begin there */
    uint64_t delay_ns;           /* wait before each task of the source */
    const dm_flag *stop;         /* may be NULL */
    /* Called after each band, or each encoded part of one; may be NULL. */
    const struct dm_observer *observer;
    uint64_t pairs;  /* of all ranges, for the observer ... */
    uint64_t before; /* ... so many of which were there before this run */
    unsigned ranks;  /* processes that share them; 0 or 1: this one alone */
    bool untimed;    /* collect dm_run_stats only, no dm_timing */
    bool checked;    /* set one distance of each task to NaN before the band is computed, so that a
                      * task that never runs is detected */
};

struct dm_pipeline;

/* Create a pipeline and allocate its buffers, `shared` with processes that are forked afterwards.
 * DM_MEMORY. */
enum dm_status dm_pipeline_make(const struct dm_spec *spec, bool shared,
                                struct dm_pipeline **pipeline, struct dm_error *error);

void dm_pipeline_free(struct dm_pipeline *pipeline); /* NULL is fine */

/* Compute, encode and output all ranges, with the bytes before and after the pairs of each pass.
 * Add the timings of the two kinds of runs to *compute and *encode (which may be NULL if nothing is
 * encoded). DM_STOPPED, the errors that a source explains, and those of the output. */
enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_ranges *ranges, struct dm_timing *compute,
                               struct dm_timing *encode, struct dm_error *error);

/* After a failure, output what was encoded or, if nothing is encoded, computed before it, unless
 * the output has failed; in a team, wait for the round that the others are in. */
void dm_pipeline_flush(struct dm_pipeline *pipeline);

/* Return the number of pairs computed so far, in all runs together. */
uint64_t dm_pipeline_computed(const struct dm_pipeline *pipeline);

/* Return the tally of the pairs encoded so far, in all runs together, and those before
 * spec.position. */
struct dm_tally dm_pipeline_tally(const struct dm_pipeline *pipeline);

/* Return the size of its memory in bytes. */
size_t dm_pipeline_bytes(const struct dm_pipeline *pipeline);

#endif
