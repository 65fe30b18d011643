#include "road/neighbours.h"

#include "base/checked.h"
#include "base/location_name.h"
#include "base/room.h"
#include "base/stop.h"
#include "base/try.h"
#include "road/group.h"
#include "road/snaps.h"

#include <dmatrix/shape.h>

#include <stdlib.h>
#include <string.h>

/* The groups that are searched now, each with at most one request of a round. */
struct search {
    struct dm_group_search base;
    struct dm_group *groups;
    uint32_t *asking; /* group of each request of the round */
    size_t capacity;
    uint32_t *alone; /* origins that are to be searched one by one */
    size_t alone_count;
    uint64_t next, done;       /* origins that no group has yet; that are done */
    struct dm_reaches *rows;   /* of each origin that is done */
    struct dm_road_cell *room; /* for the cells of a request, from the store */
};

static uint64_t pair_of(const struct search *search, uint32_t origin, uint32_t destination)
{
    return (uint64_t)origin * search->base.options->destinations + destination;
}

/* ---- how far places are from roads ---- */

static bool is_one_set(const struct dm_neighbours_options *options)
{
    const struct dm_asker_options *asker = dm_asker_options(options->asker);
    return asker->origins == asker->destinations;
}

/* Return true if a pair with place `i` of the request has a route. */
static bool has_route(const struct dm_ask *ask, size_t i)
{
    bool origin = i < ask->origin_count;
    size_t width = ask->destination_count, count = origin ? width : ask->origin_count;
    for (size_t k = 0; k < count; k++) {
        size_t cell = origin ? i * width + k : k * width + (i - ask->origin_count);
        if (!isnan(ask->cells[cell].distance_m))
            return true;
    }
    return false;
}

/* Fail because a server that says how far places are from roads does not say it of this one: it
 * might be any distance away, so nothing could be ruled out. */
static enum dm_status fail_without_snap(const struct search *search, size_t row, bool origin,
                                        struct dm_error *error)
{
    const struct dm_asker_options *asker = dm_asker_options(search->base.options->asker);
    char name[DM_QUOTED_LENGTH];
    dm_quote_name(name, origin ? asker->origins : asker->destinations, row);
    return dm_fail_field(error, DM_FIELD_SERVER, DM_DATA,
                         "the server does not say how far %s is from its road, so neighbours could "
                         "be missed; ask for all pairs instead",
                         name);
}

/* Note the snaps of a request. If a place has several, the greatest counts. */
static enum dm_status note_snaps(struct search *search, const struct dm_ask *ask,
                                 const uint32_t *rows, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->base.options;
    struct dm_road_bound *bound = &search->base.bound;
    for (size_t i = 0; i < ask->origin_count + ask->destination_count; i++) {
        bool origin = i < ask->origin_count;
        if (isnan(ask->snaps_m[i]) && dm_asker_facts(options->asker)->snaps && has_route(ask, i))
            return fail_without_snap(search, rows[i], origin, error);
        double *snap = &(origin ? bound->origin_snaps_m : bound->destination_snaps_m)[rows[i]];
        if (isnan(ask->snaps_m[i]) || (*snap >= 0 && *snap >= ask->snaps_m[i]))
            continue;
        *snap = ask->snaps_m[i];
        bound->greatest_snap_m = fmax(bound->greatest_snap_m, *snap);
        size_t place = rows[i] + (origin || is_one_set(options) ? 0 : options->origins);
        if (options->store)
            DM_TRY(dm_store_put_snap(options->store, place, *snap, error));
    }
    return DM_OK;
}

/* Take the snaps that an earlier run has found. */
static enum dm_status find_snaps(struct search *search, size_t places, struct dm_error *error)
{
    const struct dm_store *store = search->base.options->store;
    for (size_t i = 0; store && dm_store_identity(store) && i < places; i++) {
        struct dm_road_cell cell = {0};
        if (!dm_store_get_snap(store, i, &cell.distance_m))
            return dm_fail(error, DM_IO, "cannot read the answers of an earlier run");
        if (!dm_store_is_empty(&cell))
            search->base.bound.origin_snaps_m[i] = cell.distance_m;
    }
    return DM_OK;
}

/* Set all snaps to what they can be at most, or to those that an earlier run has found. */
static enum dm_status begin_snaps(struct search *search, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->base.options;
    struct dm_road_bound *bound = &search->base.bound;
    double most = dm_road_max_snap(options->road);
    size_t places = options->origins + (is_one_set(options) ? 0 : options->destinations);
    bound->origin_snaps_m = malloc(places * sizeof(double) + 1);
    if (!bound->origin_snaps_m)
        return dm_fail_memory(error, "the distances to roads");
    bound->destination_snaps_m = bound->origin_snaps_m + (places - options->destinations);
    bound->speed_ms = 0;
    if (options->road->quantity == DM_DURATION)
        bound->speed_ms = dm_road_max_speed_kmh(options->road) / 3.6;
    for (size_t i = 0; i < places; i++)
        bound->origin_snaps_m[i] = -most;
    bound->greatest_snap_m = most;
    return find_snaps(search, places, error);
}

/* Add a request from one place to some destinations, which is made for their snaps. */
static bool add_snaps(struct search *search, size_t begin, size_t count)
{
    uint32_t rows[DM_ASK_PLACES];
    for (size_t i = 0; i < count; i++)
        rows[i] = (uint32_t)(begin + i);
    uint32_t origin = is_one_set(search->base.options)
                          ? (uint32_t)begin
                          : (uint32_t)(begin % search->base.options->origins);
    return dm_asker_add(search->base.options->asker, &origin, 1, rows, count);
}

/* Note the snaps of the requests of a round, even if another has failed: they were paid for. If a
 * request has no answer, lower *end to its first destination. */
static enum dm_status note_round(struct search *search, size_t *end, struct dm_error *error)
{
    const struct dm_asker *asker = search->base.options->asker;
    for (size_t i = 0; i < dm_asker_count(asker); i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(asker, i, &rows);
        if (ask->kind == DM_ANSWER_TABLE)
            DM_TRY(note_snaps(search, ask, rows, error));
        else if (*end > rows[1])
            *end = rows[1]; /* again, in smaller requests */
    }
    return DM_OK;
}

/* Ask for the snaps of all destinations: without them, each might be as far from its road as is
 * allowed, and the crow's flight would say little about places near each other. */
static enum dm_status ask_snaps(struct search *search, struct dm_executor *executor,
                                struct dm_error *error)
{
    struct dm_asker *asker = search->base.options->asker;
    size_t all = search->base.options->destinations;
    struct dm_road_bound *bound = &search->base.bound;
    size_t known = 0;
    while (known < all && bound->destination_snaps_m[known] >= 0)
        known++;
    for (size_t begin = known, end; begin < all; begin = end) {
        dm_asker_clear(asker);
        end = begin;
        for (size_t size = dm_asker_round_size(asker); end < all && dm_asker_count(asker) < size;) {
            size_t count =
                dm_min_u64(dm_min_u64(dm_asker_cells(asker), DM_ASK_PLACES - 1), all - end);
            while (!add_snaps(search, end, count))
                count = count / 2 + (count == 1);
            end += count;
        }
        enum dm_status status = dm_asker_run(asker, executor, error);
        enum dm_status noted = note_round(search, &end, status == DM_OK ? error : NULL);
        DM_TRY(status);
        DM_TRY(noted);
        DM_TRY(dm_snaps_check(asker, error));
    }
    bound->greatest_snap_m = 0;
    for (size_t i = 0; i < all; i++)
        bound->greatest_snap_m = fmax(bound->greatest_snap_m, fabs(bound->destination_snaps_m[i]));
    return DM_OK;
}

/* ---- groups ---- */

/* Begin a group with the next origins. */
static void begin_group(struct search *search, struct dm_group *group)
{
    const struct dm_neighbours_options *options = search->base.options;
    const uint32_t *order = options->candidates.order;
    *group = (struct dm_group){0};
    if (search->alone_count > 0) {
        group->origins[group->count++] = search->alone[--search->alone_count];
        return;
    }
    size_t most = options->nearest > 0 ? DM_GROUP_NEAREST : DM_GROUP_ORIGINS;
    while (group->count < most && search->next < options->origins) {
        group->origins[group->count++] = order ? order[search->next] : (uint32_t)search->next;
        search->next++;
    }
}

static int compare_by_row(const void *a, const void *b)
{
    uint32_t x = ((const struct dm_reached *)a)->row, y = ((const struct dm_reached *)b)->row;
    return (x > y) - (x < y);
}

/* Take the neighbours of a group whose origins are all done. */
static void end_group(struct search *search, struct dm_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        struct dm_reaches *reaches = &group->reaches[i];
        if (search->base.options->by_row && reaches->count > 0)
            qsort(reaches->list, reaches->count, sizeof *reaches->list, compare_by_row);
        search->rows[group->origins[i]] = *reaches;
        *reaches = (struct dm_reaches){0};
    }
    search->done += group->count;
    dm_group_free(group);
}

/* Find the cells of the group's request in the store. Return false if it lacks one. */
static bool find_stored(const struct search *search, const struct dm_group *group)
{
    const struct dm_store *store = search->base.options->store;
    size_t at = 0;
    bool all = store != NULL;
    for (size_t i = 0; all && i < group->ask_origin_count; i++)
        for (size_t k = 0; all && k < group->ask_destination_count; k++, at++)
            all = dm_store_find(store,
                                pair_of(search, group->ask_origins[i], group->ask_destinations[k]),
                                &search->room[at]);
    return all;
}

/* Let the group make smaller requests: each of its origins alone, or with fewer destinations. */
static void divide(struct search *search, struct dm_group *group)
{
    if (group->count > 1)
        search->alone_count += dm_group_leave(group, search->alone + search->alone_count);
    else
        group->most = dm_max_u64(group->ask_destination_count / 2, 1);
}

/* Add the next request of a group to the round; *added is false if all its origins are done. */
static enum dm_status advance_group(struct search *search, struct dm_group *group, bool *added,
                                    struct dm_error *error)
{
    struct dm_asker *asker = search->base.options->asker;
    const struct dm_asker_options *options = dm_asker_options(asker);
    *added = false;
    for (;;) {
        if (dm_stop_asked(options->stop))
            return dm_fail(error, DM_STOPPED, "stopped while looking for neighbours");
        DM_TRY(dm_group_next(&search->base, group, dm_asker_cells(asker), error));
        if (group->ask_destination_count == 0)
            return DM_OK;
        if (!find_stored(search, group))
            break;
        options->report->kept += group->ask_origin_count * group->ask_destination_count;
        DM_TRY(dm_group_take(&search->base, group, search->room, error));
    }
    while (!dm_asker_add(asker, group->ask_origins, group->ask_origin_count,
                         group->ask_destinations, group->ask_destination_count)) {
        if (group->ask_destination_count == 1) { /* one origin and one destination always fit */
            divide(search, group);
            return DM_OK;
        }
        group->ask_destination_count /= 2;
    }
    *added = true;
    return DM_OK;
}

/* Fill the round with a request of each group. A group that is done makes room for the next. */
static enum dm_status fill_round(struct search *search, struct dm_error *error)
{
    struct dm_asker *asker = search->base.options->asker;
    uint64_t origins = search->base.options->origins;
    size_t size = dm_asker_round_size(asker);
    dm_asker_clear(asker);
    for (size_t i = 0; i < search->capacity && dm_asker_count(asker) < size; i++) {
        struct dm_group *group = &search->groups[i];
        bool added = false;
        while (!added && (group->count > 0 || search->next < origins || search->alone_count > 0)) {
            if (group->count == 0)
                begin_group(search, group);
            search->asking[dm_asker_count(asker)] = (uint32_t)i;
            DM_TRY(advance_group(search, group, &added, error));
            if (!added)
                end_group(search, group);
        }
    }
    return DM_OK;
}

/* Put the cells of an answered request into the store. */
static enum dm_status keep_cells(const struct search *search, const struct dm_ask *ask,
                                 const uint32_t *rows, struct dm_error *error)
{
    struct dm_store *store = search->base.options->store;
    uint64_t pairs[DM_ASK_PLACES];
    for (size_t i = 0; store && i < ask->origin_count; i++) {
        for (size_t k = 0; k < ask->destination_count; k++)
            pairs[k] = pair_of(search, rows[i], rows[ask->origin_count + k]);
        DM_TRY(dm_store_add(store, pairs, ask->cells + i * ask->destination_count,
                            ask->destination_count, error));
    }
    return DM_OK;
}

/* Take the answers of a round. A request without one is made anew from the group. */
static enum dm_status take_round(struct search *search, bool keeps_only, struct dm_error *error)
{
    const struct dm_asker *asker = search->base.options->asker;
    for (size_t i = 0; i < dm_asker_count(asker); i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(asker, i, &rows);
        if (ask->kind == DM_ANSWER_SPLIT)
            divide(search, &search->groups[search->asking[i]]);
        if (ask->kind != DM_ANSWER_TABLE)
            continue;
        /* the snaps first: a pair that is in the store is not asked for again */
        DM_TRY(note_snaps(search, ask, rows, error));
        DM_TRY(keep_cells(search, ask, rows, error));
        if (!keeps_only)
            DM_TRY(dm_group_take(&search->base, &search->groups[search->asking[i]], ask->cells,
                                 error));
    }
    return DM_OK;
}

static enum dm_status search_all(struct search *search, struct dm_executor *executor,
                                 struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->base.options;
    for (;;) {
        DM_TRY(fill_round(search, error));
        if (dm_asker_count(options->asker) == 0)
            return DM_OK;
        enum dm_status status = dm_asker_run(options->asker, executor, error);
        enum dm_status taken = take_round(search, status != DM_OK, status == DM_OK ? error : NULL);
        DM_TRY(status);
        DM_TRY(taken);
        DM_TRY(dm_snaps_check(options->asker, error));
        if (options->advances)
            options->advances(options->context, search->done);
    }
}

/* ---- the result ---- */

/* Turn the neighbours of each origin into pairs of a sparse layout. */
static enum dm_status lay_out(struct search *search, struct dm_found *found, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->base.options;
    size_t pairs = 0;
    found->row_begin = malloc((options->origins + 1) * sizeof *found->row_begin);
    for (size_t i = 0; found->row_begin && i < options->origins; i++) {
        size_t count = search->rows[i].count;
        found->row_begin[i] = pairs;
        if (count == 0) {
            found->first_unmatched = found->unmatched > 0 ? found->first_unmatched : i;
            found->unmatched++;
            count = options->keeps_unmatched;
        }
        pairs += count;
        found->longest = dm_max_u64(found->longest, count);
    }
    found->destinations = malloc(pairs * sizeof *found->destinations + 1);
    found->cells = malloc(pairs * sizeof *found->cells + 1);
    if (!found->row_begin || !found->destinations || !found->cells)
        return dm_fail_memory(error, "the neighbours");
    found->row_begin[options->origins] = found->count = pairs;
    for (size_t i = 0; i < options->origins; i++) {
        const struct dm_reaches *reaches = &search->rows[i];
        uint64_t at = found->row_begin[i];
        if (reaches->count == 0 && found->row_begin[i + 1] > at) {
            found->destinations[at] = DM_NO_DESTINATION;
            found->cells[at] = (struct dm_road_cell){NAN, NAN};
        }
        for (size_t k = 0; k < reaches->count; k++) {
            found->destinations[at + k] = reaches->list[k].row;
            found->cells[at + k] = reaches->list[k].cell;
        }
    }
    return DM_OK;
}

static enum dm_status allocate(struct search *search, struct dm_error *error)
{
    const struct dm_neighbours_options *options = search->base.options;
    search->capacity = dm_asker_capacity(options->asker);
    search->groups = calloc(search->capacity, sizeof *search->groups);
    search->asking = calloc(search->capacity + 1, sizeof *search->asking);
    search->rows = calloc(options->origins + 1, sizeof *search->rows);
    search->alone = calloc(options->origins + DM_GROUP_ORIGINS, sizeof *search->alone);
    search->room = calloc(dm_asker_cells(options->asker) + DM_ASK_PLACES, sizeof *search->room);
    return search->groups && search->asking && search->rows && search->alone && search->room
               ? DM_OK
               : dm_fail_memory(error, "the neighbours");
}

static void free_all(struct search *search)
{
    for (size_t i = 0; search->groups && i < search->capacity; i++)
        dm_group_free(&search->groups[i]);
    for (size_t i = 0; search->rows && i < search->base.options->origins; i++)
        free(search->rows[i].list);
    free(search->groups);
    free(search->asking);
    free(search->rows);
    free(search->alone);
    free(search->room);
    free(search->base.rows);
    free(search->base.crow_m);
    free(search->base.bound.origin_snaps_m);
}

enum dm_status dm_road_neighbours(const struct dm_neighbours_options *options,
                                  struct dm_executor *executor, struct dm_found *found,
                                  struct dm_error *error)
{
    struct search search = {.base.options = options};
    bool snaps = dm_asker_facts(options->asker)->snaps;
    enum dm_status status = allocate(&search, error);
    if (status == DM_OK)
        status = begin_snaps(&search, error);
    if (status == DM_OK && snaps && options->origins > 0)
        status = ask_snaps(&search, executor, error);
    if (status == DM_OK)
        status = search_all(&search, executor, error);
    if (status == DM_OK)
        status = lay_out(&search, found, error);
    if (status == DM_OK) {
        found->snaps_m = search.base.bound.origin_snaps_m;
        search.base.bound.origin_snaps_m = NULL;
    }
    free_all(&search);
    return status;
}
