/* steps.h - what a run does, one step after another, and what it holds meanwhile. */
#ifndef RUN_STEPS_H
#define RUN_STEPS_H

#include "base/arena.h"
#include "output/output.h"
#include "run/pipeline.h"

#include <dmatrix/run.h>

/* All that a run holds; what it does not hold yet is zero. The caller fills in the first part. */
struct dm_run_state {
    const struct dm_run_options *options;
    struct dm_report *report;
    struct dm_error *error;
    struct dm_locations files[2];
    const struct dm_locations *origins, *destinations; /* the same set where there is one file */
    struct dm_layout layout;
    struct dm_subject subject;
    struct dm_executor_options executor_options; /* with the number of threads decided */
    struct dm_prepared *prepared_origins, *prepared_destinations; /* likewise */
    struct dm_encoder *encoder;
    struct dm_output *output;
    struct dm_arena arena;
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
};

/* In this order. Each fails with a message in run->error. */
enum dm_status dm_run_choose(struct dm_run_state *run); /* what can be known before reading */
enum dm_status dm_run_load(struct dm_run_state *run);
enum dm_status dm_run_prepare(struct dm_run_state *run);
enum dm_status dm_run_plan(struct dm_run_state *run); /* and working memory */
enum dm_status dm_run_open_output(struct dm_run_state *run);
enum dm_status dm_run_announce(struct dm_run_state *run);      /* to the observer */
enum dm_status dm_run_open_executor(struct dm_run_state *run); /* last, since it may fork */
enum dm_status dm_run_flow(struct dm_run_state *run);          /* compute, encode, write, finish */

/* The steps up to dm_run_prepare() or dm_run_plan(), timed. */
enum dm_status dm_run_until_prepared(struct dm_run_state *run);
enum dm_status dm_run_until_planned(struct dm_run_state *run);

/* What of choosing and preparing concerns the distances, not where they go: parts of the steps
 * above, for those who compute them for another end. `used` are the fields of the metric's
 * options that are not ignored, a set of enum dm_field. */
enum dm_status dm_run_choose_distances(struct dm_run_state *run, uint64_t used);
enum dm_status dm_run_prepare_distances(struct dm_run_state *run);

/* Gives back whatever the run holds. */
void dm_run_close(struct dm_run_state *run);

#endif
