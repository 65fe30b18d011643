#include "run/places.h"

#include "base/try.h"

static enum dm_status load(const char *path, const struct dm_load_options *options,
                           enum dm_field field, struct dm_locations *locations,
                           struct dm_load_notes *notes, struct dm_error *error)
{
    enum dm_status status = dm_load_csv(path, options, locations, notes, error);
    if (status != DM_OK && error && error->field == DM_FIELD_NONE)
        error->field = field;
    return status;
}

enum dm_status dm_places_load(struct dm_places *places, const struct dm_run_options *options,
                              struct dm_load_notes notes[2], struct dm_error *error)
{
    struct dm_load_options load_options = options->load;
    load_options.coordinates = options->metric->coordinates;
    load_options.stop = options->stop;
    places->origins = places->destinations = &places->files[0];
    DM_TRY(load(options->origins, &load_options, DM_FIELD_ORIGINS, &places->files[0], &notes[0],
                error));
    if (!options->destinations)
        return DM_OK;
    places->destinations = &places->files[1];
    return load(options->destinations, &load_options, DM_FIELD_DESTINATIONS, &places->files[1],
                &notes[1], error);
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
    if (places->metric && places->prepared_destinations != places->prepared_origins)
        places->metric->dispose(places->prepared_destinations);
    if (places->metric)
        places->metric->dispose(places->prepared_origins);
    dm_locations_free(&places->files[0]);
    dm_locations_free(&places->files[1]);
}
