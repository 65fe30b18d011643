/* places.h - the locations whose distances are computed: read, laid out, prepared. */
#ifndef RUN_PLACES_H
#define RUN_PLACES_H

#include <dmatrix/format.h>
#include <dmatrix/metric.h>
#include <dmatrix/run.h>
#include <dmatrix/shape.h>

/* Start from a zeroed struct, which stays where it is. */
struct dm_places {
    struct dm_locations files[2]; /* that were read; dm_places_free() frees them */
    const struct dm_locations *origins, *destinations; /* the same where there is one set */
    struct dm_layout layout;
    const struct dm_metric *metric;                               /* NULL: not prepared yet */
    struct dm_prepared *prepared_origins, *prepared_destinations; /* the same likewise */
};

/* Reads the files of the options, and notes what a person should know of each. As dm_load_csv(). */
enum dm_status dm_places_load(struct dm_places *places, const struct dm_run_options *options,
                              struct dm_load_notes notes[2], struct dm_error *error);

/* Prepares origins and destinations, which are there, with `stop` in place of the options' own. As
 * dm_metric.prepare(). */
enum dm_status dm_places_prepare(struct dm_places *places, const struct dm_metric *metric,
                                 const struct dm_metric_options *options, const dm_flag *stop,
                                 struct dm_error *error);

void dm_places_free(struct dm_places *places);

#endif
