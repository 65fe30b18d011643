/* places.h - the locations whose distances are computed, their layout and their prepared forms. */
#ifndef RUN_PLACES_H
#define RUN_PLACES_H

#include "run/finder.h"

#include <dmatrix/format.h>
#include <dmatrix/metric.h>
#include <dmatrix/run.h>
#include <dmatrix/shape.h>

/* Start from a zeroed struct. It must not be moved in memory. */
struct dm_places {
    struct dm_locations files[2]; /* locations of files; dm_places_free() frees them */
    const struct dm_locations *origins, *destinations; /* equal if there is one set */
    struct dm_layout layout;
    const struct dm_metric *metric;                               /* NULL: not prepared yet */
    struct dm_prepared *prepared_origins, *prepared_destinations; /* equal if there is one set */
    struct dm_finder finder; /* of a search, in place of the prepared forms; else zero */
};

/* Read the files of the options, and write notes about each. With two places in each row of one
 * file, the first ones are the origins and the second ones the destinations. Errors as of
 * dm_load_csv(). */
enum dm_status dm_places_load(struct dm_places *places, const struct dm_run_options *options,
                              struct dm_load_notes notes[2], struct dm_error *error);

/* Prepare origins and destinations, which must be set; `stop` replaces the stop flag of the
 * options. Errors as of dm_metric.prepare(). */
enum dm_status dm_places_prepare(struct dm_places *places, const struct dm_metric *metric,
                                 const struct dm_metric_options *options, const dm_flag *stop,
                                 struct dm_error *error);

void dm_places_free(struct dm_places *places);

#endif
