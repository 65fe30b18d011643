#include "run/road_scan.h"

#include "base/checked.h"
#include "base/location_name.h"
#include "base/stop.h"
#include "base/try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BINS = 80000 /* of the detours, each 0.01 % above the one before */
};
#define BIN 0.0001
#define NEAR_M 100.0 /* detours between places that are nearer say little */

struct scan {
    const struct dm_road_source *source;
    struct dm_road_report *report;
    uint32_t *missing[2]; /* pairs without a route, by origin and by destination; one array if
                           * there is one set */
    uint64_t *bins;       /* pairs by the logarithm of their detour */
    uint64_t binned;
    struct worst {
        size_t origin, destination;
        double road_m, crow_m;
    } worst[DM_ROAD_DETOURS];
};

static bool is_one_set(const struct scan *scan)
{
    const struct dm_places *places = scan->source->crow.places;
    return places->origins == places->destinations;
}

/* ---- detours ---- */

static double detour_of(const struct worst *pair)
{
    return pair->crow_m > 0 ? pair->road_m / pair->crow_m : 0;
}

/* Keep the greatest detours, of two places only that of one direction. */
static void keep_worst(struct scan *scan, struct worst pair)
{
    size_t last = DM_ROAD_DETOURS - 1;
    for (size_t i = 0; i < DM_ROAD_DETOURS && is_one_set(scan); i++)
        if (scan->worst[i].crow_m > 0 && scan->worst[i].origin == pair.destination &&
            scan->worst[i].destination == pair.origin)
            last = i;
    if (detour_of(&pair) <= detour_of(&scan->worst[last]))
        return;
    for (; last > 0 && detour_of(&pair) > detour_of(&scan->worst[last - 1]); last--)
        scan->worst[last] = scan->worst[last - 1];
    scan->worst[last] = pair;
}

static void add_detour(struct scan *scan, struct worst pair)
{
    if (!(pair.crow_m >= NEAR_M))
        return;
    double bin = log(detour_of(&pair)) / BIN + (double)BINS / 8; /* roads may look shorter, too */
    scan->bins[(size_t)fmin(fmax(bin, 0), BINS - 1)]++;
    scan->binned++;
    keep_worst(scan, pair);
}

static double median_detour(const struct scan *scan)
{
    uint64_t sum = 0;
    size_t bin = 0;
    while (bin + 1 < BINS && (sum += scan->bins[bin]) * 2 < scan->binned)
        bin++;
    return scan->binned > 0 ? exp(((double)bin + 0.5 - (double)BINS / 8) * BIN) : 0;
}

_Static_assert((int)DM_ROAD_NAME_LENGTH >= (int)DM_QUOTED_LENGTH, "quoted names fit");

static void report_detours(const struct scan *scan)
{
    const struct dm_places *places = scan->source->crow.places;
    struct dm_road_report *report = scan->report;
    report->detour_median = median_detour(scan);
    for (size_t i = 0; i < DM_ROAD_DETOURS && scan->worst[i].crow_m > 0; i++) {
        const struct worst *worst = &scan->worst[i];
        struct dm_detour *detour = &report->detours[report->detour_count++];
        dm_quote_name(detour->origin, places->origins, worst->origin);
        dm_quote_name(detour->destination, places->destinations, worst->destination);
        detour->road_m = worst->road_m;
        detour->crow_m = worst->crow_m;
    }
}

/* ---- pairs without a route ---- */

static void report_missing(const struct scan *scan)
{
    const struct dm_places *places = scan->source->crow.places;
    const struct dm_locations *sets[] = {places->origins, places->destinations};
    for (size_t set = 0; set < 2 - (size_t)is_one_set(scan); set++)
        for (size_t i = 0; i < sets[set]->count; i++)
            if (scan->missing[set][i] > scan->report->most_unreachable) {
                scan->report->most_unreachable = scan->missing[set][i];
                dm_quote_name(scan->report->most_unreachable_name, sets[set], i);
            }
}

/* ---- all cells ---- */

static void add_cell(struct scan *scan, size_t origin, size_t destination,
                     const struct dm_road_cell *cell, double crow)
{
    struct dm_road_report *report = scan->report;
    if (isnan(cell->distance_m)) {
        report->unreachable++;
        scan->missing[0][origin]++;
        if (!is_one_set(scan) || destination != origin)
            scan->missing[1][destination]++;
        return;
    }
    report->longest_m = fmax(report->longest_m, cell->distance_m);
    report->longest_s = fmax(report->longest_s, cell->duration_s);
    if (scan->source->options->crow)
        add_detour(scan, (struct worst){origin, destination, cell->distance_m,
                                        crow * scan->source->metres_per_unit});
}

static enum dm_status add_segment(struct scan *scan, uint64_t pair, struct dm_segment *segment,
                                  struct dm_error *error)
{
    const struct dm_road_source *source = scan->source;
    size_t left = segment->count;
    while (left > 0) {
        struct dm_road_cell cells[DM_ROAD_CELLS];
        double crow[DM_ROAD_CELLS];
        segment->count = left < DM_ROAD_CELLS ? left : DM_ROAD_CELLS;
        segment->destinations = source->found ? source->found->destinations + pair : NULL;
        if (!dm_road_cells(source, pair, segment, cells, source->options->crow ? crow : NULL))
            return dm_fail(error, DM_IO, "the answers of the server cannot be read");
        for (size_t i = 0; i < segment->count; i++) {
            size_t destination = dm_segment_destination(segment, i);
            if (destination != DM_NO_DESTINATION)
                add_cell(scan, segment->origin, destination, &cells[i],
                         source->options->crow ? crow[i] : NAN);
        }
        segment->first += segment->count;
        pair += segment->count;
        left -= segment->count;
    }
    return DM_OK;
}

static enum dm_status scan_all(struct scan *scan, const dm_flag *stop, struct dm_error *error)
{
    const struct dm_layout *layout = &scan->source->crow.places->layout;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(layout, 0, layout->pairs);
    for (uint64_t pair = 0; dm_walk_next(&walk, &segment); pair = walk.pair) {
        if (dm_stop_asked(stop))
            return dm_fail(error, DM_STOPPED, "stopped while reading the answers");
        DM_TRY(add_segment(scan, pair, &segment, error));
    }
    report_missing(scan);
    report_detours(scan);
    return DM_OK;
}

enum dm_status dm_road_scan(const struct dm_road_source *source, const dm_flag *stop,
                            struct dm_road_report *report, struct dm_error *error)
{
    const struct dm_places *places = source->crow.places;
    struct scan scan = {.source = source, .report = report};
    scan.missing[0] = calloc(places->origins->count + 1, sizeof *scan.missing[0]);
    scan.missing[1] = is_one_set(&scan)
                          ? scan.missing[0]
                          : calloc(places->destinations->count + 1, sizeof *scan.missing[1]);
    scan.bins = calloc(BINS, sizeof *scan.bins);
    enum dm_status status = scan.missing[0] && scan.missing[1] && scan.bins
                                ? scan_all(&scan, stop, error)
                                : dm_fail_memory(error, "the answers");
    free(scan.bins);
    if (scan.missing[1] != scan.missing[0])
        free(scan.missing[1]);
    free(scan.missing[0]);
    return status;
}
