#include "run/finder.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "metric/built_in.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_ORIGINS = 1 << 11 /* of a task */ };

/* Located in the arena of the counts, where the tasks of every executor see it. */
struct count {
    const struct dm_query *query;
    const struct dm_order *order;
    uint64_t *row_begin;
    size_t begin, end; /* origins */
};

/* In place of a count of 0: the origin has neighbours, but with each pair once none of its own. */
#define ONLY_EARLIER UINT64_MAX

/* Return the number of neighbours in the origin's row, or ONLY_EARLIER. */
static uint64_t count_row(const struct dm_query *query, size_t row)
{
    uint64_t count = dm_query_count(query, row);
    if (count > 0 || !query->each_once)
        return count;
    struct dm_query any = *query;
    any.each_once = false;
    any.nearest = 1;
    return dm_query_count(&any, row) > 0 ? ONLY_EARLIER : 0;
}

static void count_task(void *context, size_t index)
{
    const struct count *count = context;
    size_t origins = dm_index_task_origins(count->query->index, COUNT_ORIGINS);
    size_t begin = index * origins;
    size_t end = dm_min_u64(begin + origins, count->query->origins->count);
    for (size_t i = begin; i < end; i++) {
        size_t row = count->order->rows ? count->order->rows[i] : i;
        if (count->begin <= row && row < count->end)
            count->row_begin[row + 1] = count_row(count->query, row);
    }
}

/* Turn the counts of the rows into the numbers of pairs before each. */
static void sum_counts(struct dm_finder *finder, size_t begin, size_t end, bool keep_unmatched)
{
    uint64_t *row_begin = finder->row_begin;
    for (size_t row = 0; row < finder->query.origins->count; row++) {
        uint64_t *count = &row_begin[row + 1];
        if (begin <= row && row < end && *count == 0) {
            finder->first_unmatched = finder->unmatched > 0 ? finder->first_unmatched : row;
            finder->unmatched++;
            *count = keep_unmatched;
        }
        if (*count == ONLY_EARLIER)
            *count = 0;
        finder->longest = dm_max_u64(finder->longest, *count);
        *count += row_begin[row];
    }
}

/* Return true if the numbers of neighbours are known without searching. */
static bool is_known(const struct dm_query *query)
{
    return query->next || (isinf(query->within) && !query->each_once && !query->mutual);
}

/* Return what this process counts: all origins, or its part of them. */
static struct count share_of(const struct dm_finder_input *input, const struct dm_finder *finder)
{
    const struct dm_team *team = input->team;
    size_t origins = input->end - input->begin, rank = team ? team->rank : 0;
    size_t ranks = team ? team->ranks : 1;
    return (struct count){.query = &finder->query,
                          .order = &finder->order,
                          .row_begin = finder->row_begin,
                          .begin = input->begin + dm_part_begin(origins, rank, ranks),
                          .end = input->begin + dm_part_begin(origins, rank + 1, ranks)};
}

static enum dm_status count_rows(const struct dm_finder_input *input, struct dm_phase *phase,
                                 struct dm_finder *finder, struct dm_error *error)
{
    size_t origins = input->origins->count, bytes = (origins + 1) * sizeof *finder->row_begin;
    DM_TRY(dm_arena_open(dm_arena_room(sizeof(struct count)) + dm_arena_room(bytes),
                         phase->ops->processes, &finder->counts, error));
    struct count *count = dm_arena_take(&finder->counts, sizeof *count);
    finder->row_begin = dm_arena_take(&finder->counts, bytes);
    memset(finder->row_begin, 0, bytes);
    if (is_known(&finder->query)) {
        for (size_t row = input->begin; row < input->end; row++)
            finder->row_begin[row + 1] = dm_query_count(&finder->query, row);
    } else {
        *count = share_of(input, finder);
        DM_TRY(dm_phase_begin(phase, error));
        size_t each = dm_index_task_origins(&finder->index, COUNT_ORIGINS);
        DM_TRY(dm_phase_run(phase, dm_times_in(each, origins), count_task, count, error));
        DM_TRY(dm_team_sum(input->team, finder->row_begin + 1, origins, error));
    }
    sum_counts(finder, input->begin, input->end, input->search->unmatched == DM_UNMATCHED_KEEP);
    return DM_OK;
}

/* Return the largest distance that counts, in the unit. */
static double within(const struct dm_search_options *search, const struct dm_unit *unit)
{
    if (!search->limited)
        return INFINITY;
    bool same = !search->within_unit || search->within_unit->metres == unit->metres;
    return same ? search->within : search->within * search->within_unit->metres / unit->metres;
}

/* For symmetric neighbours, find the last of the nearest places of each place. */
static enum dm_status find_mutual(const struct dm_finder_input *input, struct dm_phase *phase,
                                  struct dm_finder *finder, struct dm_error *error)
{
    struct dm_query directed = finder->query;
    directed.each_once = directed.by_row = false;
    if (input->search->symmetric == DM_SYMMETRIC_NO)
        return DM_OK;
    DM_TRY(dm_last_neighbours(&directed, &finder->order,
                              input->search->symmetric == DM_SYMMETRIC_UNION, phase, &finder->ranks,
                              &finder->mutual, error));
    finder->query.mutual = &finder->mutual;
    return DM_OK;
}

/* Link each place to the next one with the same value. */
static enum dm_status link_values(const struct dm_finder_input *input, struct dm_finder *finder,
                                  struct dm_error *error)
{
    const struct dm_values *by = &input->origins->values[DM_BY];
    size_t count = input->origins->count;
    uint32_t *last = malloc((by->count + 1) * sizeof *last); /* location of each value so far */
    finder->next = malloc((count + 1) * sizeof *finder->next);
    if (!last || !finder->next) {
        free(last);
        return dm_fail_memory(error, "the tracks");
    }
    for (size_t i = 0; i <= by->count; i++)
        last[i] = DM_NO_PART;
    for (size_t i = 0; i < count; i++) {
        uint32_t value = by->number[i];
        finder->next[i] = DM_NO_PART;
        if (value > 0 && last[value] != DM_NO_PART)
            finder->next[last[value]] = (uint32_t)i;
        last[value] = (uint32_t)i;
    }
    free(last);
    return DM_OK;
}

static enum dm_status build_sequence(const struct dm_finder_input *input, struct dm_finder *finder,
                                     struct dm_error *error)
{
    DM_TRY(link_values(input, finder, error));
    finder->index.metric = input->metric;
    DM_TRY(input->metric->prepare(input->origins, input->metric_options, &finder->prepared, error));
    finder->query = (struct dm_query){.index = &finder->index,
                                      .origins = input->origins,
                                      .prepared = finder->prepared,
                                      .next = finder->next,
                                      .metres_per_unit = input->unit->metres,
                                      .longest_m = NAN};
    return DM_OK;
}

static enum dm_status build(const struct dm_finder_input *input, struct dm_phase *phase,
                            struct dm_finder *finder, struct dm_error *error)
{
    bool one_set = input->origins == input->destinations;
    if (input->shape->bit == DM_SHAPE_SEQUENCE)
        return build_sequence(input, finder, error);
    DM_TRY(dm_groups_make(input->origins, input->destinations, &finder->groups, error));
    DM_TRY(dm_index_build(input->destinations, &finder->groups, input->metric,
                          input->metric_options, phase, &finder->index, error));
    if (!one_set || finder->groups.part_of) /* the index has not all of them, in another order */
        DM_TRY(input->metric->prepare(input->origins, input->metric_options, &finder->prepared,
                                      error));
    finder->query = (struct dm_query){
        .index = &finder->index,
        .origins = input->origins,
        .prepared = finder->prepared,
        .within_set = one_set,
        .each_once = input->shape->bit == DM_SHAPE_PAIRS,
        .by_row = input->by_row,
        .nearest = input->search->nearest > 0 ? input->search->nearest : SIZE_MAX,
        .within = within(input->search, input->unit),
        .metres_per_unit = input->unit->metres,
        .longest_m = dm_metric_is_built_in(input->metric) ? NAN : dm_finder_longest_m(finder),
    };
    DM_TRY(dm_order_make(&finder->index, one_set ? NULL : input->origins, input->in_order, phase,
                         &finder->order, error));
    return find_mutual(input, phase, finder, error);
}

enum dm_status dm_finder_make(const struct dm_finder_input *input, struct dm_phase *phase,
                              struct dm_finder *finder, struct dm_finder_times *times,
                              struct dm_error *error)
{
    uint64_t begin = dm_clock_ns(), opening = phase->open_ns;
    DM_TRY(build(input, phase, finder, error));
    uint64_t built = dm_clock_ns();
    times->index_ns = built - begin - (phase->open_ns - opening);
    opening = phase->open_ns;
    DM_TRY(count_rows(input, phase, finder, error));
    times->count_ns = dm_clock_ns() - built - (phase->open_ns - opening);
    return DM_OK;
}

double dm_finder_longest_m(const struct dm_finder *finder)
{
    const struct dm_index *index = &finder->index;
    const struct dm_prepared *origins = finder->prepared ? finder->prepared : index->prepared;
    return index->metric->longest(origins, index->prepared ? index->prepared : origins);
}

void dm_finder_free(struct dm_finder *finder)
{
    if (finder->index.metric)
        finder->index.metric->dispose(finder->prepared);
    dm_index_free(&finder->index);
    dm_groups_free(&finder->groups);
    dm_order_free(&finder->order);
    dm_arena_close(&finder->counts);
    dm_arena_close(&finder->ranks);
    free(finder->next);
}
