#include "run/road_source.h"

#include "base/checked.h"

#include <math.h>
#include <string.h>

/* A road of a dry run, of which only the length of its text counts. */
#define USUAL_DETOUR 1.3
#define USUAL_SPEED_MS 14.0

static struct dm_road_cell guess(double crow_m)
{
    double distance_m = crow_m * USUAL_DETOUR;
    return (struct dm_road_cell){distance_m, distance_m / USUAL_SPEED_MS};
}

/* What is written of a cell: one of its numbers, or what replaces it if there is no route. */
static double value_of(const struct dm_road_source *source, const struct dm_road_cell *cell,
                       bool duration)
{
    if (source->options->replaces && isnan(cell->distance_m))
        return source->options->unreachable;
    return duration ? cell->duration_s : cell->distance_m / source->metres_per_unit;
}

/* Return true if `distances` of the pass are durations. */
static bool is_duration(const struct dm_road_source *source, unsigned pass)
{
    const struct dm_format *format = source->format;
    return (format->durations >> pass & 1) ||
           (format->quantity && source->options->quantity == DM_DURATION);
}

/* Measure the crow's flight to the destinations of a segment. */
static bool fill_crow(const struct dm_road_source *source, const struct dm_segment *segment,
                      double *crow)
{
    bool good = true;
    if (!segment->destinations)
        return dm_metric_fill(&source->crow, segment, crow);
    for (size_t i = 0; i < segment->count; i++) {
        struct dm_segment one = {
            .origin = segment->origin, .first = segment->destinations[i], .count = 1};
        crow[i] = NAN;
        if (one.first != DM_NO_DESTINATION)
            good &= dm_metric_fill(&source->crow, &one, &crow[i]);
    }
    return good;
}

bool dm_road_cells(const struct dm_road_source *source, uint64_t pair,
                   const struct dm_segment *segment, struct dm_road_cell *cells, double *crow)
{
    double flown[DM_ROAD_CELLS];
    bool guesses = !source->store && !source->found;
    if (guesses && !crow)
        crow = flown;
    if (crow && !fill_crow(source, segment, crow))
        return false;
    if (source->store)
        return dm_store_get(source->store, pair, cells, segment->count);
    for (size_t i = 0; i < segment->count; i++)
        cells[i] =
            guesses ? guess(crow[i] * source->metres_per_unit) : source->found->cells[pair + i];
    return true;
}

static struct dm_route route_of(const struct dm_road_source *source,
                                const struct dm_road_cell *cell, double crow)
{
    double crow_m = crow * source->metres_per_unit;
    return (struct dm_route){.duration_s = value_of(source, cell, true),
                             .crow = crow,
                             .detour = crow_m > 0 ? cell->distance_m / crow_m : NAN};
}

/* Fill the places `at` and after of the band with a segment of at most DM_ROAD_CELLS pairs. */
static bool fill_some(const struct dm_road_source *source, struct dm_band *band, size_t at,
                      const struct dm_segment *segment)
{
    struct dm_road_cell cells[DM_ROAD_CELLS];
    double flown[DM_ROAD_CELLS];
    double *crow = band->routes && source->options->crow ? flown : NULL;
    bool duration = is_duration(source, band->pass);
    if (!dm_road_cells(source, band->begin + at, segment, cells, crow))
        return false;
    for (size_t i = 0; i < segment->count; i++) {
        bool none = segment->destinations && segment->destinations[i] == DM_NO_DESTINATION;
        band->distances[at + i] = none ? NAN : value_of(source, &cells[i], duration);
        if (band->routes)
            band->routes[at + i] = route_of(source, &cells[i], crow ? crow[i] : NAN);
    }
    return true;
}

static size_t tasks(const struct dm_source *base, const struct dm_band *band)
{
    const struct dm_road_source *source = (const struct dm_road_source *)base;
    return (size_t)dm_times_in(source->crow.grain, band->end - band->begin);
}

static void fill(const struct dm_source *base, struct dm_band *band, size_t index)
{
    const struct dm_road_source *source = (const struct dm_road_source *)base;
    uint64_t begin = band->begin + index * source->crow.grain;
    uint64_t end = dm_min_u64(begin + source->crow.grain, band->end);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(&source->crow.places->layout, begin, end);
    if (source->found)
        memcpy(band->destinations + (begin - band->begin), source->found->destinations + begin,
               (end - begin) * sizeof *band->destinations);
    while (dm_walk_next(&walk, &segment)) {
        for (size_t left = segment.count; left > 0; left -= segment.count) {
            size_t at = (size_t)(begin - band->begin);
            segment.count = left < DM_ROAD_CELLS ? left : DM_ROAD_CELLS;
            segment.destinations = source->found ? band->destinations + at : NULL;
            if (!fill_some(source, band, at, &segment))
                atomic_store_explicit(&band->spoilt, true, memory_order_relaxed);
            segment.first += segment.count;
            begin += segment.count;
        }
    }
}

static enum dm_status explain(const struct dm_source *base, const struct dm_band *band,
                              struct dm_error *error)
{
    (void)base;
    (void)band;
    return dm_fail(error, DM_IO, "the answers of the server cannot be read from their file");
}

static const struct dm_source_ops ops = {.tasks = tasks, .fill = fill, .explain = explain};

struct dm_road_source dm_road_source(const struct dm_places *places, const struct dm_store *store,
                                     const struct dm_found *found,
                                     const struct dm_road_options *options,
                                     const struct dm_format *format, const struct dm_unit *unit,
                                     uint64_t grain)
{
    return (struct dm_road_source){.base = {.ops = &ops},
                                   .store = store,
                                   .found = found,
                                   .crow = dm_metric_source(places, unit, grain),
                                   .options = options,
                                   .format = format,
                                   .metres_per_unit = unit->metres};
}
