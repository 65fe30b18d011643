/* pipeline.h - from prepared locations to written bytes, band after band. */
#ifndef RUN_PIPELINE_H
#define RUN_PIPELINE_H

#include "base/arena.h"
#include "output/output.h"
#include "run/distances.h"
#include "run/plan.h"

#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>

/* What flows, and what it is made of. Lives in an arena, where the tasks of every executor find
 * it. The caller fills in the first part. */
struct dm_pipeline {
    struct dm_plan plan;
    struct dm_distances distances;
    uint64_t delay_ns;          /* that a computing task waits */
    struct dm_encoder *encoder; /* plan.encoder, for absorb() */
    struct dm_output *output;   /* NULL: nothing is written, the format sums up */
    const dm_flag *stop;
    const struct dm_observer *observer;

    struct dm_band bands[2]; /* the one at hand and the one before, in turn */
    struct dm_band *now;     /* is computed, then encoded */
    struct dm_band *before;  /* is written meanwhile; NULL at the start */
    struct iovec *vectors;   /* for writing: plan.band_pieces */
    uint64_t computed;       /* pairs so far */
    enum dm_status written;  /* what became of the last write */
    struct dm_error error;   /* of it */
};

/* Maps the arena and in it a pipeline for that plan. It goes with the arena. DM_MEMORY. */
enum dm_status dm_pipeline_make(const struct dm_plan *plan, struct dm_arena *arena,
                                struct dm_pipeline **pipeline, struct dm_error *error);

/* Computes, encodes and writes everything, header and trailer included. Adds up the two kinds of
 * runs in *compute and *encode. DM_STOPPED, and what dm_output_write() can return. */
enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_timing *compute, struct dm_timing *encode,
                               struct dm_error *error);

#endif
