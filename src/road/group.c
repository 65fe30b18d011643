#include "road/group.h"

#include "base/checked.h"
#include "base/room.h"
#include "base/try.h"

#include <stdlib.h>
#include <string.h>

enum {
    TIMES = 3, /* candidates of an origin in a request for each neighbour that is wanted, ... */
    MORE = 4,  /* ... and some more: roads have other neighbours than the crow's flight */
    CANDIDATES_MIN = 64 /* that are found at first */
};

/* ---- neighbours so far ---- */

static bool comes_before(const struct dm_reached *a, const struct dm_reached *b)
{
    return a->value < b->value || (a->value == b->value && a->row < b->row);
}

/* Return the value that the next neighbour must not be above. */
static double limit_of(const struct dm_neighbours_options *options,
                       const struct dm_reaches *reaches)
{
    bool full = options->nearest > 0 && reaches->count >= options->nearest;
    return full ? reaches->list[reaches->count - 1].value : options->within;
}

static enum dm_status add_reached(const struct dm_neighbours_options *options,
                                  struct dm_reaches *reaches, struct dm_reached place,
                                  struct dm_error *error)
{
    bool full = options->nearest > 0 && reaches->count >= options->nearest;
    if (!(place.value <= options->within) ||
        (full && !comes_before(&place, &reaches->list[reaches->count - 1])))
        return DM_OK;
    if (!full &&
        !dm_grow(&reaches->list, &reaches->capacity, reaches->count + 1, sizeof *reaches->list))
        return dm_fail_memory(error, "the neighbours");
    size_t at = full ? reaches->count - 1 : reaches->count++;
    for (; at > 0 && comes_before(&place, &reaches->list[at - 1]); at--)
        reaches->list[at] = reaches->list[at - 1];
    reaches->list[at] = place;
    return DM_OK;
}

/* ---- destinations that were asked for ---- */

static int compare_rows(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool is_asked(const struct dm_group *group, uint32_t row)
{
    return group->asked_count > 0 &&
           bsearch(&row, group->asked, group->asked_count, sizeof *group->asked, compare_rows);
}

static bool is_in_request(const struct dm_group *group, uint32_t row)
{
    for (size_t i = 0; i < group->ask_destination_count; i++)
        if (group->ask_destinations[i] == row)
            return true;
    return false;
}

static enum dm_status note_asked(struct dm_group *group, struct dm_error *error)
{
    size_t all = group->asked_count + group->ask_destination_count;
    if (!dm_grow(&group->asked, &group->asked_capacity, all, sizeof *group->asked))
        return dm_fail_memory(error, "the neighbours");
    memcpy(group->asked + group->asked_count, group->ask_destinations,
           group->ask_destination_count * sizeof *group->asked);
    group->asked_count = all;
    qsort(group->asked, all, sizeof *group->asked, compare_rows);
    return DM_OK;
}

/* ---- the next request ---- */

/* Find the candidates of an origin, at least `count` of them if there are so many. */
static enum dm_status find(struct dm_group_search *search, uint32_t origin, size_t count,
                           size_t *found, struct dm_error *error)
{
    const struct dm_candidates *candidates = &search->options->candidates;
    size_t capacity = search->capacity;
    if (!dm_grow(&search->rows, &capacity, count, sizeof *search->rows))
        return dm_fail_memory(error, "the neighbours");
    if (capacity > search->capacity && !dm_resize(&search->crow_m, capacity, sizeof(double)))
        return dm_fail_memory(error, "the neighbours");
    search->capacity = capacity;
    *found = candidates->find(candidates->context, origin, count, search->rows, search->crow_m);
    return DM_OK;
}

/* Add up to `most` destinations that may be neighbours of the origin. *any: there is at least one.
 * *more: the candidates were too few to know. */
static void add_candidates(const struct dm_group_search *search, struct dm_group *group, size_t i,
                           size_t found, size_t most, size_t room, bool *any, bool *more)
{
    const struct dm_road_bound *bound = &search->bound;
    double origin_snap = bound->origin_snaps_m[group->origins[i]];
    double limit = limit_of(search->options, &group->reaches[i]);
    size_t added = 0;
    for (size_t k = 0; k < found; k++) {
        uint32_t row = (uint32_t)search->rows[k];
        if (dm_road_least(bound, search->crow_m[k], origin_snap, bound->greatest_snap_m) > limit)
            return;
        if (dm_road_least(bound, search->crow_m[k], origin_snap, bound->destination_snaps_m[row]) >
                limit ||
            is_asked(group, row))
            continue;
        *any = true;
        if (added == most || group->ask_destination_count == room)
            return;
        if (!is_in_request(group, row))
            group->ask_destinations[group->ask_destination_count++] = row;
        added++;
    }
    *more = found < search->options->destinations;
}

/* Add candidates of an origin, or note that it is done. */
static enum dm_status add_origin(struct dm_group_search *search, struct dm_group *group, size_t i,
                                 size_t room, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->options;
    size_t most = options->nearest > 0 ? TIMES * (size_t)options->nearest + MORE : room;
    size_t all = options->destinations, before = 0, found;
    size_t count = dm_min_u64(group->asked_count + dm_min_u64(most, all) + CANDIDATES_MIN, all);
    bool any = false, more = true;
    while (more && !any) {
        more = false;
        DM_TRY(find(search, group->origins[i], count, &found, error));
        add_candidates(search, group, i, found, most, room, &any, &more);
        more &= found > before && found == count; /* else those are all */
        before = found;
        count = dm_min_u64(2 * count, all);
    }
    group->done[i] = !any;
    return DM_OK;
}

static size_t count_open(const struct dm_group *group)
{
    size_t open = 0;
    for (size_t i = 0; i < group->count; i++)
        open += !group->done[i];
    return open;
}

enum dm_status dm_group_next(struct dm_group_search *search, struct dm_group *group, uint64_t cells,
                             struct dm_error *error)
{
    size_t open = count_open(group);
    group->ask_origin_count = group->ask_destination_count = 0;
    if (open == 0)
        return DM_OK;
    size_t room = (size_t)dm_min_u64(dm_max_u64(cells / open, 1), DM_ASK_PLACES - open);
    room = group->most > 0 ? dm_min_u64(room, group->most) : room;
    for (size_t i = 0; i < group->count; i++)
        if (!group->done[i])
            DM_TRY(add_origin(search, group, i, room, error));
    for (size_t i = 0; i < group->count; i++)
        if (!group->done[i])
            group->ask_origins[group->ask_origin_count++] = group->origins[i];
    return DM_OK;
}

/* ---- the answer ---- */

static double value_of(const struct dm_neighbours_options *options, const struct dm_road_cell *cell)
{
    return options->road->quantity == DM_DURATION ? cell->duration_s : cell->distance_m;
}

static bool is_itself(const struct dm_neighbours_options *options, uint32_t origin, uint32_t row)
{
    const struct dm_asker_options *asker = dm_asker_options(options->asker);
    return asker->origins == asker->destinations && origin == row;
}

/* Note a road that is faster than the bound takes any road to be. Short ones say little: their
 * durations are rounded. */
static void note_speed(const struct dm_group_search *search, const struct dm_road_cell *cell)
{
    const double long_s = 60, speed_ms = search->bound.speed_ms;
    struct dm_road_report *report = dm_asker_options(search->options->asker)->report;
    if (speed_ms > 0 && cell->duration_s >= long_s &&
        cell->distance_m > speed_ms * cell->duration_s)
        report->fastest_kmh = fmax(report->fastest_kmh, 3.6 * cell->distance_m / cell->duration_s);
}

enum dm_status dm_group_take(const struct dm_group_search *search, struct dm_group *group,
                             const struct dm_road_cell *cells, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->options;
    for (size_t i = 0, at = 0; i < group->count; i++) {
        if (group->done[i])
            continue;
        const struct dm_road_cell *row = cells + at++ * group->ask_destination_count;
        for (size_t k = 0; k < group->ask_destination_count; k++) {
            uint32_t destination = group->ask_destinations[k];
            struct dm_reached place = {value_of(options, &row[k]), destination, row[k]};
            note_speed(search, &row[k]);
            if (!is_itself(options, group->origins[i], destination))
                DM_TRY(add_reached(options, &group->reaches[i], place, error));
        }
    }
    return note_asked(group, error);
}

size_t dm_group_leave(struct dm_group *group, uint32_t origins[DM_GROUP_ORIGINS])
{
    size_t left = 0, kept = 0;
    for (size_t i = 0; i < group->count; i++) {
        if (!group->done[i]) {
            free(group->reaches[i].list);
            origins[left++] = group->origins[i];
            continue;
        }
        group->origins[kept] = group->origins[i];
        group->reaches[kept] = group->reaches[i];
        group->done[kept++] = true;
    }
    group->count = kept;
    if (kept == 0)
        dm_group_free(group);
    return left;
}

void dm_group_free(struct dm_group *group)
{
    for (size_t i = 0; i < group->count; i++)
        free(group->reaches[i].list);
    free(group->asked);
    *group = (struct dm_group){0};
}
