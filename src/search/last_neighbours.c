#include "search/last_neighbours.h"

#include "base/checked.h"
#include "base/try.h"
#include "search/bound.h"
#include "search/find.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { TASK_ORIGINS = 1 << 10 };

/* Located in the arena, where the tasks of every executor see it. */
struct search {
    const struct dm_query *query;
    const struct dm_order *order;
    struct dm_mutual *mutual;
    size_t most;        /* neighbours of a place */
    atomic_bool failed; /* a task had no memory. Relaxed: read after all tasks have ended */
};

/* Note the last of the neighbours of a place. If there are fewer than asked for, a place at the
 * largest distance that counts would be one more. */
static void note_last(const struct search *search, size_t row, const struct dm_neighbours *found)
{
    const struct dm_query *query = search->query;
    bool all = found->count < query->nearest;
    search->mutual->distance[row] = all ? query->within : found->distances[found->count - 1];
    search->mutual->row[row] = all ? UINT32_MAX : (uint32_t)found->rows[found->count - 1];
}

static void rank_task(void *context, size_t index)
{
    struct search *search = context;
    size_t count = search->query->origins->count, begin = index * TASK_ORIGINS;
    size_t end = dm_min_u64(begin + TASK_ORIGINS, count);
    double *distances = malloc((search->most + 1) * sizeof *distances);
    size_t *rows = malloc((search->most + 1) * sizeof *rows);
    for (size_t i = begin; distances && rows && i < end; i++) {
        size_t row = search->order->rows ? search->order->rows[i] : i;
        struct dm_neighbours found = {.distances = distances, .rows = rows, .most = search->most};
        dm_query_find(search->query, row, &found);
        note_last(search, row, &found);
    }
    if (!distances || !rows)
        atomic_store_explicit(&search->failed, true, memory_order_relaxed);
    free(distances);
    free(rows);
}

/* Return the largest distance to a last neighbour from the places of a leaf. */
static double leaf_reach(const struct dm_mutual *mutual, const struct dm_index *index, size_t leaf)
{
    const struct dm_tree *tree = &index->parts[0].tree;
    size_t begin = index->row_begin[dm_leaf_begin(tree, leaf)];
    size_t end = index->row_begin[dm_leaf_begin(tree, leaf + 1)];
    double reach = 0;
    for (size_t i = begin; i < end; i++)
        reach = fmax(reach, mutual->distance[index->rows[i]]);
    return reach;
}

/* Set the reach of a node and those below it, and return it as a distance in the unit. The tree is
 * as deep as the number of its leaves has digits. NOLINTNEXTLINE(misc-no-recursion) */
static double set_reach(const struct dm_mutual *mutual, const struct dm_query *query,
                        struct dm_node node)
{
    const struct dm_index *index = query->index;
    const struct dm_tree *tree = &index->parts[0].tree;
    size_t middle = dm_node_middle(node);
    double reach = node.end - node.begin == 1
                       ? leaf_reach(mutual, index, node.begin)
                       : fmax(set_reach(mutual, query, (struct dm_node){node.begin, middle}),
                              set_reach(mutual, query, (struct dm_node){middle, node.end}));
    mutual->reach[dm_node_place(tree, node)] =
        dm_bound_outside(&index->embedding, reach * query->metres_per_unit * (1 + 0x1p-50));
    return reach;
}

static enum dm_status allocate(const struct dm_query *query, bool either, bool shared,
                               struct dm_arena *arena, struct search **search,
                               struct dm_mutual *mutual, struct dm_error *error)
{
    size_t count = query->origins->count;
    bool reaches = either && dm_index_has_trees(query->index);
    size_t distances = count * sizeof(double), rows = count * sizeof(uint32_t);
    size_t reach = reaches ? 2 * query->index->parts[0].tree.leaves * sizeof(double) : 0;
    DM_TRY(dm_arena_open(dm_arena_room(sizeof **search) + dm_arena_room(distances) +
                             dm_arena_room(rows) + dm_arena_room(reach),
                         shared, arena, error));
    *search = dm_arena_take(arena, sizeof **search);
    *mutual = (struct dm_mutual){.either = either,
                                 .distance = dm_arena_take(arena, distances),
                                 .row = dm_arena_take(arena, rows),
                                 .reach = reaches ? dm_arena_take(arena, reach) : NULL};
    return DM_OK;
}

enum dm_status dm_last_neighbours(const struct dm_query *query, const struct dm_order *order,
                                  bool either, struct dm_phase *phase, struct dm_arena *arena,
                                  struct dm_mutual *mutual, struct dm_error *error)
{
    struct search *search;
    DM_TRY(allocate(query, either, phase->ops->processes, arena, &search, mutual, error));
    size_t others = query->index->locations - 1;
    *search = (struct search){.query = query,
                              .order = order,
                              .mutual = mutual,
                              .most = others < query->nearest ? others : query->nearest};
    DM_TRY(dm_phase_begin(phase, error));
    DM_TRY(dm_phase_run(phase, dm_times_in(TASK_ORIGINS, query->origins->count), rank_task, search,
                        error));
    if (atomic_load_explicit(&search->failed, memory_order_relaxed))
        return dm_fail_memory(error, "the neighbours");
    if (mutual->reach)
        (void)set_reach(mutual, query, (struct dm_node){0, query->index->parts[0].tree.leaves});
    return DM_OK;
}
