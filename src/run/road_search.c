/* A search by road: the index of the crow's flight gives the candidates, the server their roads. */
#include "run/road.h"

#include "base/clock.h"
#include "base/number.h"
#include "base/try.h"
#include "road/neighbours.h"
#include "road/off_road.h"
#include "run/choose.h"
#include "run/setup.h"

#include <math.h>
#include <stdlib.h>

static size_t find(void *context, size_t origin, size_t count, size_t *destinations, double *crow_m)
{
    struct dm_query query = ((const struct dm_finder *)context)->query;
    struct dm_neighbours found = {.distances = crow_m, .rows = destinations, .most = count};
    query.nearest = count;
    dm_query_find(&query, origin, &found); /* a built-in metric cannot fail */
    return found.count;
}

/* Build the index of the destinations. It is of the Earth, as the roads are, whatever ellipsoid
 * the crow's flight of the output is on. */
static enum dm_status build(const struct dm_run_options *options, struct dm_phase *phase,
                            struct dm_places *places, struct dm_report *report,
                            struct dm_error *error)
{
    const struct dm_metric_options metric_options = {.isa = options->metric_options.isa,
                                                     .stop = options->stop};
    const struct dm_search_options any = {.nearest = 1};
    struct dm_finder_times times = {0};
    struct dm_timing *timing = &places->finder.timing;
    const struct dm_finder_input input = {.origins = places->origins,
                                          .destinations = places->destinations,
                                          .shape = places->layout.shape,
                                          .search = &any,
                                          .metric = &dm_metric_geodesic,
                                          .metric_options = &metric_options,
                                          .unit = &dm_unit_m,
                                          .in_order = true, /* so that a group shares requests */
                                          .end = places->origins->count};
    phase->timing = timing;
    enum dm_status status = dm_finder_make(&input, phase, &places->finder, &times, error);
    phase->timing = NULL;
    free(timing->stats.workers);
    *timing = (struct dm_timing){0};
    report->index_ns = times.index_ns;
    report->count_ns = times.count_ns;
    return status;
}

/* Return the greatest value of a neighbour, in metres or seconds. */
static double limit_of(const struct dm_run_options *options)
{
    const struct dm_search_options *search = &options->search;
    const struct dm_unit *unit =
        search->within_unit ? search->within_unit : dm_choose_unit(options);
    if (!search->limited)
        return INFINITY;
    return options->road->quantity == DM_DURATION ? search->within
                                                  : dm_decimal_times(search->within, unit->metres);
}

static enum dm_status ask(const struct dm_run_options *options, struct dm_phase *phase,
                          struct dm_places *places, struct dm_road *road,
                          struct dm_road_report *report, struct dm_error *error)
{
    const struct dm_observer *observer = &options->observer;
    struct dm_road_advance context = {observer, places->origins->count};
    const struct dm_neighbours_options neighbours = {
        .asker = road->asker,
        .store = road->store,
        .candidates = {find, &places->finder, places->finder.order.rows},
        .road = options->road,
        .origins = places->origins->count,
        .destinations = places->destinations->count,
        .nearest = options->search.nearest,
        .within = limit_of(options),
        .keeps_unmatched = options->search.unmatched == DM_UNMATCHED_KEEP || options->format->rows,
        .by_row = options->format->by_destination,
        .advances = observer->advances ? dm_road_advance : NULL,
        .context = &context,
    };
    uint64_t begin = dm_clock_ns();
    DM_TRY(dm_phase_begin(phase, error));
    enum dm_status status = dm_road_neighbours(&neighbours, phase->executor, &road->found, error);
    status = dm_off_road_find(road->asker, phase->executor, status, error);
    report->ask_ns = dm_clock_ns() - begin;
    return status;
}

enum dm_status dm_road_search(const struct dm_run_options *options, struct dm_phase *phase,
                              struct dm_places *places, struct dm_road *road,
                              struct dm_report *report, struct dm_error *error)
{
    DM_TRY(build(options, phase, places, report, error));
    DM_TRY(dm_road_open(options, phase->options.threads, places, road, report, error));
    if (options->resume)
        DM_TRY(dm_road_open_store(options, places, 0, road, error));
    DM_TRY(dm_road_note_kept(options, ask(options, phase, places, road, report->road, error), 0,
                             road, report));
    places->layout.row_begin = road->found.row_begin;
    places->layout.pairs = road->found.count;
    places->layout.ranked = !options->format->by_destination;
    report->unmatched = road->found.unmatched;
    report->first_unmatched = road->found.first_unmatched;
    report->pairs = places->layout.pairs - dm_setup_unmatched_entries(options, report);
    dm_setup_name_unmatched(places, report);
    return dm_road_sum_up(options, places, road, report, error);
}
