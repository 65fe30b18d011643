#include "run/places.h"

#include "base/try.h"

/* Let an error refer to the file that has it, unless it refers to an option. */
static enum dm_status of_file(enum dm_status status, enum dm_field field, struct dm_error *error)
{
    if (status != DM_OK && error && error->field == DM_FIELD_NONE)
        error->field = field;
    return status;
}

/* Load one file: the distances are within it or, if each row has two places, from the first to the
 * second. */
static enum dm_status load_one(struct dm_places *places, const char *path,
                               const struct dm_load_options *options, struct dm_load_notes *notes,
                               struct dm_error *error)
{
    enum dm_field alone = options->to_lat && !options->to_lon   ? DM_FIELD_TO_LAT
                          : options->to_lon && !options->to_lat ? DM_FIELD_TO_LON
                                                                : DM_FIELD_NONE;
    if (alone != DM_FIELD_NONE)
        return dm_fail_field(error, alone, DM_USAGE,
                             "a second place in each row takes both a latitude and a longitude");
    DM_TRY(of_file(dm_load_places(path, options, places->files, notes, error), DM_FIELD_ORIGINS,
                   error));
    if (options->to_name && !notes->two_places)
        return dm_fail_field(error, DM_FIELD_TO_NAME, DM_USAGE,
                             "%s has no effect, since each row has one place",
                             dm_field_name(DM_FIELD_TO_NAME));
    places->origins = &places->files[0];
    places->destinations = &places->files[notes->two_places];
    return DM_OK;
}

/* Check that row i of one file belongs to row i of the other. */
static enum dm_status check_rows_agree(const struct dm_load_notes notes[2], struct dm_error *error)
{
    const struct dm_load_notes *skipping = &notes[notes[0].skipped == 0];
    if (skipping->skipped == 0)
        return DM_OK;
    return dm_fail(error, DM_DATA,
                   "the rows of the two files are paired by their numbers, so none may be skipped: "
                   "%s",
                   skipping->first_skipped);
}

/* The columns of the second file have options of their own; let an error refer to them. */
static enum dm_status of_second(enum dm_status status, struct dm_error *error)
{
    static const enum dm_field fields[][2] = {{DM_FIELD_NAME, DM_FIELD_TO_NAME},
                                              {DM_FIELD_LAT, DM_FIELD_TO_LAT},
                                              {DM_FIELD_LON, DM_FIELD_TO_LON}};
    for (size_t i = 0; status != DM_OK && error && i < sizeof fields / sizeof *fields; i++) {
        if (error->field == fields[i][0])
            error->field = fields[i][1];
        for (size_t k = 0; k < error->suggestion_count; k++)
            if (error->suggestions[k].field == fields[i][0])
                error->suggestions[k].field = fields[i][1];
    }
    return of_file(status, DM_FIELD_DESTINATIONS, error);
}

/* Load two files. Columns that are chosen for a second place are those of the second file. */
static enum dm_status load_two(struct dm_places *places, const struct dm_run_options *options,
                               const struct dm_load_options *load, struct dm_load_notes notes[2],
                               struct dm_error *error)
{
    struct dm_load_options first = *load, second = *load;
    second.name = load->to_name ? load->to_name : load->name;
    second.lat = load->to_lat ? load->to_lat : load->lat;
    second.lon = load->to_lon ? load->to_lon : load->lon;
    if (load->to_lat || load->to_lon)
        second.latlon = second.lonlat = NULL;
    second.keep_rows = false;
    first.per = NULL; /* of the destinations */
    places->origins = &places->files[0];
    places->destinations = &places->files[1];
    DM_TRY(of_file(dm_load_csv(options->origins, &first, &places->files[0], &notes[0], error),
                   DM_FIELD_ORIGINS, error));
    DM_TRY(of_second(
        dm_load_csv(options->destinations, &second, &places->files[1], &notes[1], error), error));
    bool paired = options->shape == &dm_shape_paired || load->keep_rows;
    return paired && !dm_is_search(options) ? check_rows_agree(notes, error) : DM_OK;
}

enum dm_status dm_places_load(struct dm_places *places, const struct dm_run_options *options,
                              struct dm_load_notes notes[2], struct dm_error *error)
{
    struct dm_load_options load_options = options->load;
    load_options.coordinates = options->metric->coordinates;
    load_options.stop = options->stop;
    load_options.keep_rows = options->format && options->format->rows;
    load_options.row_delimiter = options->format_options.delimiter;
    return options->destinations ? load_two(places, options, &load_options, notes, error)
                                 : load_one(places, options->origins, &load_options, notes, error);
}

enum dm_status dm_places_prepare(struct dm_places *places, const struct dm_metric *metric,
                                 const struct dm_metric_options *options, const dm_flag *stop,
                                 struct dm_error *error)
{
    struct dm_metric_options metric_options = *options;
    metric_options.stop = stop;
    places->metric = metric;
    DM_TRY(metric->prepare(places->origins, &metric_options, &places->prepared_origins, error));
    if (places->destinations == places->origins) {
        places->prepared_destinations = places->prepared_origins;
        return DM_OK;
    }
    return metric->prepare(places->destinations, &metric_options, &places->prepared_destinations,
                           error);
}

void dm_places_free(struct dm_places *places)
{
    dm_finder_free(&places->finder);
    if (places->metric && places->prepared_destinations != places->prepared_origins)
        places->metric->dispose(places->prepared_destinations);
    if (places->metric)
        places->metric->dispose(places->prepared_origins);
    dm_locations_free(&places->files[0]);
    dm_locations_free(&places->files[1]);
}
