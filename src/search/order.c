#include "search/order.h"

#include "base/arena.h"
#include "base/checked.h"
#include "base/try.h"

#include <stdlib.h>

enum {
    FEW_POINTS = 1 << 12,  /* the prepared points then stay in the cache whatever the order */
    TASK_ORIGINS = 1 << 12 /* of a task */
};

static enum dm_status allocate(size_t count, struct dm_order *order, struct dm_error *error)
{
    order->count = count;
    order->rows = malloc((count + 1) * sizeof *order->rows);
    return order->rows ? DM_OK : dm_fail_memory(error, "the index");
}

/* Write the origins of each block in the order in which they are in `sorted`. */
static enum dm_status put_in_blocks(const uint32_t *sorted, struct dm_order *order,
                                    struct dm_error *error)
{
    size_t blocks = dm_times_in(DM_ORDER_BLOCK, order->count);
    size_t *next = malloc((blocks + 1) * sizeof *next);
    if (!next)
        return dm_fail_memory(error, "the index");
    for (size_t i = 0; i < blocks; i++)
        next[i] = i * DM_ORDER_BLOCK;
    for (size_t i = 0; i < order->count; i++)
        order->rows[next[sorted[i] / DM_ORDER_BLOCK]++] = sorted[i];
    free(next);
    return DM_OK;
}

/* Located in an arena, where the tasks of every executor see it. */
struct search {
    const struct dm_index *index;
    const struct dm_locations *origins;
    uint32_t *leaves; /* of each origin */
};

static void find_leaves(void *context, size_t index)
{
    struct search *search = context;
    size_t begin = index * TASK_ORIGINS;
    size_t end = dm_min_u64(begin + TASK_ORIGINS, search->origins->count);
    for (size_t i = begin; i < end; i++)
        search->leaves[i] = (uint32_t)dm_index_leaf(search->index, search->origins, i);
}

/* Sort the origins by their leaves, by counting. */
static enum dm_status sort_by_leaf(const struct search *search, size_t count, uint32_t *sorted,
                                   struct dm_error *error)
{
    size_t leaves = search->index->parts[0].tree.leaves;
    uint32_t *next = calloc(leaves + 1, sizeof *next);
    if (!next)
        return dm_fail_memory(error, "the index");
    for (size_t i = 0; i < count; i++)
        next[search->leaves[i] + 1]++;
    for (size_t i = 1; i < leaves; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count; i++)
        sorted[next[search->leaves[i]]++] = (uint32_t)i;
    free(next);
    return DM_OK;
}

static enum dm_status sort_origins(struct search *search, struct dm_phase *phase,
                                   struct dm_order *order, struct dm_error *error)
{
    size_t count = search->origins->count;
    DM_TRY(dm_phase_begin(phase, error));
    DM_TRY(dm_phase_run(phase, dm_times_in(TASK_ORIGINS, count), find_leaves, search, error));
    uint32_t *sorted = malloc((count + 1) * sizeof *sorted);
    enum dm_status status =
        sorted ? sort_by_leaf(search, count, sorted, error) : dm_fail_memory(error, "the index");
    if (status == DM_OK)
        status = put_in_blocks(sorted, order, error);
    free(sorted);
    return status;
}

static enum dm_status order_others(const struct dm_index *index, const struct dm_locations *origins,
                                   struct dm_phase *phase, struct dm_order *order,
                                   struct dm_error *error)
{
    struct dm_arena arena;
    size_t bytes = origins->count * sizeof(uint32_t);
    DM_TRY(dm_arena_open(dm_arena_room(sizeof(struct search)) + dm_arena_room(bytes),
                         phase->ops->processes, &arena, error));
    struct search *search = dm_arena_take(&arena, sizeof *search);
    *search = (struct search){index, origins, dm_arena_take(&arena, bytes)};
    enum dm_status status = sort_origins(search, phase, order, error);
    dm_arena_close(&arena);
    return status;
}

enum dm_status dm_order_make(const struct dm_index *index, const struct dm_locations *origins,
                             bool always, struct dm_phase *phase, struct dm_order *order,
                             struct dm_error *error)
{
    struct dm_order new = {0};
    if (!dm_index_has_trees(index) || index->groups->part_of)
        return DM_OK;
    if (!always && index->points <= FEW_POINTS)
        return DM_OK;
    enum dm_status status = allocate(origins ? origins->count : index->locations, &new, error);
    if (status == DM_OK)
        status = origins ? order_others(index, origins, phase, &new, error)
                         : put_in_blocks(index->rows, &new, error);
    if (status == DM_OK)
        *order = new;
    else
        dm_order_free(&new);
    return status;
}

void dm_order_free(struct dm_order *order)
{
    free(order->rows);
    *order = (struct dm_order){0};
}
