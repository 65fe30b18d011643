/* choose.h - checks that the options of a run fit together. */
#ifndef RUN_CHOOSE_H
#define RUN_CHOOSE_H

#include <dmatrix/run.h>

#include <stdbool.h>

/* Set *shape to the requested shape or, if none was requested, to the one that the number of files
 * and the format imply. DM_USAGE: it does not fit them; the message names shapes that do. */
enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error);

/* Same after loading, when it is known whether each row of one file has two places: then the shape
 * is paired, unless another one for two sets was requested. */
enum dm_status dm_choose_loaded_shape(const struct dm_run_options *options, bool two_places,
                                      const struct dm_shape **shape, struct dm_error *error);

/* Return true if durations take the place of distances, where a format has one quantity. */
bool dm_has_durations(const struct dm_run_options *options);

/* Return the unit of the output: seconds of durations; else the format's fixed one, the requested
 * one or the format's default. */
const struct dm_unit *dm_choose_unit(const struct dm_run_options *options);

/* Check after loading, without a requested shape, that a format of rows knows which two places each
 * of its distances is between: the two places in a row. DM_USAGE: the message suggests shapes. */
enum dm_status dm_check_rows_have_pairs(const struct dm_run_options *options, bool two_places,
                                        struct dm_error *error);

/* Check that the given options of the metric are in `used`, a set of fields. DM_USAGE: one is not;
 * the message names the metrics that use it. */
enum dm_status dm_check_metric_options(const struct dm_metric *metric,
                                       const struct dm_metric_options *given, uint64_t used,
                                       struct dm_error *error);

/* Check the options that select columns, as far as possible without the file. DM_USAGE. */
enum dm_status dm_check_columns(const struct dm_run_options *options, struct dm_error *error);

/* Check the options of a search. DM_USAGE. */
enum dm_status dm_check_search(const struct dm_search_options *search, struct dm_error *error);

/* Check them together with the other options of a run. DM_USAGE. */
enum dm_status dm_check_neighbours(const struct dm_run_options *options, struct dm_error *error);

/* Check the path of the output, the shard and the options of the format. DM_USAGE. */
enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error);

/* Check that the files which a run that can go on later has beside its output are neither an input
 * nor the file of the names. DM_USAGE; DM_IO, DM_MEMORY: the place of the output cannot be found
 * out. */
enum dm_status dm_check_beside(const struct dm_run_options *options, struct dm_error *error);

/* Check the options that concern roads, but for those of the output. Set the number of requests at
 * once if it is not given. DM_USAGE. */
enum dm_status dm_road_check(struct dm_run_options *options, struct dm_error *error);

/* Check all options that concern roads, and replace the format by that for roads. DM_USAGE. */
enum dm_status dm_road_choose(struct dm_run_options *options, struct dm_error *error);

/* Check that a file can be written to `path`, as far as possible without writing it. DM_IO,
 * DM_MEMORY. */
enum dm_status dm_check_place(const char *path, struct dm_error *error);

/* Return true if writing to `path` ("-" is standard output) would change one of the input files. */
bool dm_is_input(const char *path, const struct dm_run_options *options);

/* Set *found to whether it would change the output, a file that is kept beside it, or the file of
 * the names. DM_IO, DM_MEMORY: the place of the output cannot be found out. */
enum dm_status dm_find_output(const char *path, const struct dm_run_options *options, bool *found,
                              struct dm_error *error);

/* Check that `path` is not one of the input files. DM_USAGE: it is. */
enum dm_status dm_check_spares_input(const char *path, const struct dm_run_options *options,
                                     struct dm_error *error);

/* Check that the format leaves names to a file of their own, and that options->names, not NULL, is
 * neither one of the input files nor the output. DM_USAGE. */
enum dm_status dm_check_names(const struct dm_run_options *options, struct dm_error *error);

/* Return true if the two paths name the same output. */
bool dm_is_same_output(const char *a, const char *b);

#endif
