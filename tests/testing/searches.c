#include "testing/searches.h"

#include "testing/testing.h"

#include <stdlib.h>
#include <string.h>

/* ---- the index ---- */

static struct dm_timing timing;
static struct dm_phase phase;

struct dm_phase *serial_phase(void)
{
    phase.ops = &dm_executor_serial;
    phase.options.threads = 1;
    phase.timing = &timing;
    return &phase;
}

void close_serial_phase(void)
{
    dm_phase_close(&phase);
    free(timing.stats.workers);
    timing = (struct dm_timing){0};
}

static struct dm_neighbours new_neighbours(size_t room)
{
    struct dm_neighbours list = {.distances = malloc((room + 1) * sizeof *list.distances),
                                 .rows = malloc((room + 1) * sizeof *list.rows)};
    assert_true(list.distances && list.rows);
    return list;
}

static void free_neighbours(struct dm_neighbours *list)
{
    free(list->distances);
    free(list->rows);
}

static const struct dm_locations *destinations_of(const struct search *search)
{
    return search->destinations ? search->destinations : search->origins;
}

static struct dm_prepared *prepared(const struct search *search,
                                    const struct dm_locations *locations)
{
    struct dm_prepared *new;
    assert_int_equal(search->metric->prepare(locations, &search->options, &new, NULL), DM_OK);
    return new;
}

struct searched open_search(const struct search *search)
{
    const struct dm_locations *destinations = destinations_of(search);
    struct searched new = {.search = search, .room = destinations->count + 8};
    struct dm_error error;
    if (dm_index_build(destinations, NULL, search->metric, &search->options, serial_phase(),
                       &new.index, &error) != DM_OK)
        fail_msg("%s: %s", search->metric->name, error.message);
    new.origins = prepared(search, search->origins);
    new.destinations = search->destinations ? prepared(search, destinations) : new.origins;
    new.metres = malloc(new.room * sizeof *new.metres);
    assert_non_null(new.metres);
    new.wanted = new_neighbours(new.room);
    new.found = new_neighbours(new.room);
    return new;
}

void close_search(struct searched *searched)
{
    const struct dm_metric *metric = searched->search->metric;
    dm_index_free(&searched->index);
    if (searched->destinations != searched->origins)
        metric->dispose(searched->destinations);
    metric->dispose(searched->origins);
    free(searched->metres);
    free_neighbours(&searched->wanted);
    free_neighbours(&searched->found);
}

/* ---- by measuring all ---- */

double written_distance(struct searched *searched, size_t row, size_t destination)
{
    double metres;
    searched->search->metric->fill(searched->origins, searched->destinations, row, destination, 1,
                                   &metres);
    return metres / searched->search->metres_per_unit;
}

struct neighbour {
    double distance;
    size_t row;
};

static int by_distance(const void *a, const void *b)
{
    const struct neighbour *one = a, *other = b;
    if (one->distance != other->distance)
        return one->distance < other->distance ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

static int by_row(const void *a, const void *b)
{
    const struct neighbour *one = a, *other = b;
    return one->row < other->row ? -1 : one->row > other->row;
}

static bool is_candidate(const struct search *search, size_t row, size_t destination)
{
    if (search->destinations)
        return !search->each_once || destination > row;
    return search->each_once ? destination > row : destination != row;
}

/* Write the neighbours to searched->wanted. */
static void find_among_all(struct searched *searched, size_t row)
{
    const struct search *search = searched->search;
    size_t destinations = destinations_of(search)->count, count = 0;
    struct neighbour *all = malloc((destinations + 1) * sizeof *all);
    assert_non_null(all);
    search->metric->fill(searched->origins, searched->destinations, row, 0, destinations,
                         searched->metres);
    for (size_t i = 0; i < destinations; i++) {
        double distance = searched->metres[i] / search->metres_per_unit;
        if (is_candidate(search, row, i) && distance <= search->within)
            all[count++] = (struct neighbour){distance, i};
    }
    qsort(all, count, sizeof *all, by_distance);
    count = count < search->nearest ? count : search->nearest;
    if (search->by_row)
        qsort(all, count, sizeof *all, by_row);
    for (size_t i = 0; i < count; i++) {
        searched->wanted.distances[i] = all[i].distance;
        searched->wanted.rows[i] = all[i].row;
    }
    searched->wanted.count = count;
    free(all);
}

/* ---- by searching ---- */

static struct dm_query query_of(const struct searched *searched)
{
    const struct search *search = searched->search;
    return (struct dm_query){
        .index = &searched->index,
        .origins = search->origins,
        .prepared = search->destinations ? searched->origins : NULL,
        .within_set = !search->destinations,
        .each_once = search->each_once,
        .by_row = search->by_row,
        .nearest = search->nearest,
        .within = search->within,
        .metres_per_unit = search->metres_per_unit,
        .longest_m = search->checked
                         ? search->metric->longest(searched->origins, searched->destinations)
                         : NAN,
    };
}

/* Find with room for `most`, and compare. */
static void assert_found(struct searched *searched, size_t row, size_t most, const char *text)
{
    const struct dm_query query = query_of(searched);
    const struct dm_neighbours *wanted = &searched->wanted;
    struct dm_neighbours *found = &searched->found;
    found->count = 0;
    found->most = most;
    memset(found->distances, 0, (searched->room) * sizeof *found->distances);
    found->distances[most] = -7;
    if (!dm_query_find(&query, row, found))
        fail_msg("%s: a distance of origin %zu is bad", text, row);
    if (found->count != wanted->count)
        fail_msg("%s: origin %zu has %zu neighbours, not %zu", text, row, found->count,
                 wanted->count);
    for (size_t i = 0; i < wanted->count; i++)
        if (found->rows[i] != wanted->rows[i] ||
            memcmp(&found->distances[i], &wanted->distances[i], sizeof(double)) != 0)
            fail_msg("%s: neighbour %zu of origin %zu is %zu at %.17g, not %zu at %.17g", text, i,
                     row, found->rows[i], found->distances[i], wanted->rows[i],
                     wanted->distances[i]);
    assert_true(found->distances[most] == -7);
}

void assert_neighbours(struct searched *searched, size_t row, const char *text)
{
    const struct search *search = searched->search;
    const struct dm_query query = query_of(searched);
    find_among_all(searched, row);
    size_t wanted = searched->wanted.count, counted = dm_query_count(&query, row);
    if (counted != wanted)
        fail_msg("%s: %zu neighbours of origin %zu were counted, not %zu", text, counted, row,
                 wanted);
    assert_found(searched, row, wanted, text);
    size_t most = destinations_of(search)->count + 5;
    most = search->nearest < most ? search->nearest : most;
    if (most != wanted)
        assert_found(searched, row, most, text);
}

void assert_many_neighbours(struct searched *searched, size_t begin, size_t step, const char *text)
{
    for (size_t row = begin; row < searched->search->origins->count; row += step)
        assert_neighbours(searched, row, text);
}
