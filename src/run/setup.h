/* setup.h - the preparation of a run: check options, load places, prepare a format, make a plan.
 * Each step adds its results and its time to the report. */
#ifndef RUN_SETUP_H
#define RUN_SETUP_H

#include "run/encode.h"
#include "run/metric_source.h"
#include "run/pipeline.h"
#include "run/places.h"
#include "run/road.h"
#include "run/road_source.h"
#include "run/search_source.h"

#include <dmatrix/run.h>

/* Check that the options fit together, except those of the output, and choose shape and instruction
 * set, before reading files. `used` is the set of enum dm_field that the metric uses. DM_USAGE. */
enum dm_status dm_setup_choose(const struct dm_run_options *options, uint64_t used,
                               struct dm_report *report, struct dm_error *error);

/* Load the places, make their layout and prepare them for the metric, unless the options ask for a
 * search. Errors as of dm_load_csv() and dm_metric.prepare(). */
enum dm_status dm_setup_places(const struct dm_run_options *options, struct dm_places *places,
                               struct dm_report *report, struct dm_error *error);

/* If the options ask for a search, build its index, count the neighbours, sharing that with the
 * processes of a team (NULL: none), and make the layout sparse. Errors as of dm_finder_make(). */
enum dm_status dm_setup_search(const struct dm_run_options *options, struct dm_phase *phase,
                               struct dm_team *team, struct dm_places *places,
                               struct dm_report *report, struct dm_error *error);

/* Return the number of entries for origins without neighbours, which are no pairs: 0 unless they
 * are kept. In a run that goes on where another ended, they count as pairs, so it is 0, too. */
uint64_t dm_setup_unmatched_entries(const struct dm_run_options *options,
                                    const struct dm_report *report);

/* Copy the name of the first origin without neighbours to the report: the locations are freed
 * before that is read. */
void dm_setup_name_unmatched(const struct dm_places *places, struct dm_report *report);

/* Return the phases of a run, without an executor. */
struct dm_phase dm_setup_phase(const struct dm_run_options *options);

/* Prepare the format for the places, which must outlive it; `road` is NULL unless distances are by
 * road. Errors as of dm_format.prepare(). */
enum dm_status dm_setup_encoding(const struct dm_run_options *options,
                                 const struct dm_places *places, const struct dm_road *road,
                                 struct dm_encoding *encoding, struct dm_report *report,
                                 struct dm_error *error);

/* The parts of a pipeline, with its source. Must not be moved in memory. */
struct dm_setup {
    struct dm_metric_source source;
    struct dm_search_source search;
    struct dm_road_source road;
    struct dm_spec spec; /* without an output; its source is one of these */
    unsigned threads;    /* used for the plan */
};

/* Plan the pipeline for pairs of the places, with distances in `unit`. Errors as of dm_plan_make().
 */
enum dm_status dm_setup_spec(const struct dm_run_options *options, const struct dm_places *places,
                             const struct dm_road *road, const struct dm_encoding *encoding,
                             const struct dm_unit *unit, struct dm_setup *setup,
                             struct dm_error *error);

#endif
