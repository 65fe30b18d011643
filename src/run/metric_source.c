#include "run/metric_source.h"

#include "base/checked.h"
#include "base/text.h"
#include "metric/built_in.h"

#include <math.h>

/* Convert metres to another unit. Divide: multiplying by the reciprocal would round twice. */
static void convert(double *distances, size_t count, double metres_per_unit)
{
    if (metres_per_unit == 1)
        return;
    for (size_t i = 0; i < count; i++)
        distances[i] /= metres_per_unit;
}

static bool is_within(double metres, double longest_m)
{
    return metres >= 0 && metres <= longest_m; /* false for NaN */
}

/* Return the index of the first distance that is outside the bound, or `count`. */
static size_t first_outside(const double *metres, size_t count, double longest_m)
{
    size_t i = 0;
    while (i < count && is_within(metres[i], longest_m))
        i++;
    return i;
}

bool dm_metric_fill(const struct dm_metric_source *source, const struct dm_segment *segment,
                    double *distances)
{
    const struct dm_places *places = source->places;
    places->metric->fill(places->prepared_origins, places->prepared_destinations, segment->origin,
                         segment->first, segment->count, distances);
    bool good = isnan(source->longest_m) ||
                first_outside(distances, segment->count, source->longest_m) == segment->count;
    convert(distances, segment->count, source->metres_per_unit);
    return good;
}

static size_t tasks(const struct dm_source *base, const struct dm_band *band)
{
    const struct dm_metric_source *source = (const struct dm_metric_source *)base;
    return (size_t)dm_times_in(source->grain, band->end - band->begin);
}

static void fill(const struct dm_source *base, struct dm_band *band, size_t index)
{
    const struct dm_metric_source *source = (const struct dm_metric_source *)base;
    uint64_t begin = band->begin + index * source->grain;
    uint64_t end = dm_min_u64(begin + source->grain, band->end);
    double *distances = band->distances + (begin - band->begin);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(&source->places->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        if (!dm_metric_fill(source, &segment, distances))
            atomic_store_explicit(&band->spoilt, true, memory_order_relaxed);
        distances += segment.count;
    }
}

/* Return the name in quotes, or "one" if the locations have no names. */
static const char *quote_name(const struct dm_locations *locations, size_t index,
                              char quoted[DM_QUOTED_LENGTH])
{
    size_t length;
    const char *name = dm_location_name(locations, index, &length);
    return locations->names ? dm_quote(quoted, name, length) : "one";
}

static enum dm_status fail_pair(const struct dm_places *places, size_t origin, size_t destination,
                                double metres, double longest_m, struct dm_error *error)
{
    char from[DM_QUOTED_LENGTH], to[DM_QUOTED_LENGTH];
    return dm_fail_field(error, DM_FIELD_METRIC, DM_DATA,
                         "the metric %s returned %.9g m from %s (origin %zu) to %s (destination "
                         "%zu), which is outside its bounds, 0 to %.9g m",
                         places->metric->name, metres, quote_name(places->origins, origin, from),
                         origin, quote_name(places->destinations, destination, to), destination,
                         longest_m);
}

/* Compute the band again, pair by pair, and report the first distance that is out of bounds. */
static enum dm_status explain(const struct dm_source *base, const struct dm_band *band,
                              struct dm_error *error)
{
    const struct dm_metric_source *source = (const struct dm_metric_source *)base;
    const struct dm_places *places = source->places;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(&places->layout, band->begin, band->end);
    while (dm_walk_next(&walk, &segment)) {
        for (size_t i = 0; i < segment.count; i++) {
            double metres;
            places->metric->fill(places->prepared_origins, places->prepared_destinations,
                                 segment.origin, segment.first + i, 1, &metres);
            if (!is_within(metres, source->longest_m))
                return fail_pair(places, segment.origin, segment.first + i, metres,
                                 source->longest_m, error);
        }
    }
    return dm_fail_field(error, DM_FIELD_METRIC, DM_DATA,
                         "the metric %s returns different distances for the same pair",
                         places->metric->name);
}

static const struct dm_source_ops ops = {.tasks = tasks, .fill = fill, .explain = explain};

struct dm_metric_source dm_metric_source(const struct dm_places *places, const struct dm_unit *unit,
                                         uint64_t grain)
{
    const struct dm_metric *metric = places->metric;
    return (struct dm_metric_source){
        .base = {.ops = &ops},
        .places = places,
        .metres_per_unit = unit->metres,
        .grain = grain,
        .longest_m = dm_metric_is_built_in(metric)
                         ? NAN
                         : metric->longest(places->prepared_origins, places->prepared_destinations),
    };
}
