/* The points are embedded, then divided level by level, as many nodes at once as the level has,
 * then what is left in one task for each subtree. A task reads what an earlier run wrote and writes
 * elsewhere, so it can run again if the worker that ran it has died. */
#include "search/tree.h"

#include "base/checked.h"
#include "base/try.h"
#include "search/select.h"

#include <math.h>
#include <string.h>

enum {
    EMBED_POINTS = 1 << 12, /* of a task */
    SMALL_POINTS = 1 << 10,
    SUBTREE_POINTS = 1 << 15, /* of a task, at most: it takes some milliseconds */
    THREAD_SUBTREES = 8       /* at least, so that all threads end together */
};

/* Located in the arena of the items, where the tasks of every executor see it. */
struct build {
    const struct dm_tree_input *input;
    struct dm_tree tree;
    struct dm_item *from, *to; /* what the tasks of a run read and write */
    unsigned level;            /* of the nodes that a run divides */
};

/* Return node `index` of a level. There are 2^level of them. */
static struct dm_node node_at(const struct dm_tree *tree, unsigned level, size_t index)
{
    struct dm_node node = {0, tree->leaves};
    for (unsigned bit = level; bit-- > 0;)
        if (index >> bit & 1)
            node.begin = dm_node_middle(node);
        else
            node.end = dm_node_middle(node);
    return node;
}

static void embed(void *context, size_t index)
{
    struct build *build = context;
    const struct dm_tree_input *input = build->input;
    size_t begin = index * EMBED_POINTS;
    size_t end = dm_min_u64(begin + EMBED_POINTS, input->points);
    for (size_t i = begin; i < end; i++) {
        size_t at = input->first[i];
        input->metric->embed(input->options, input->locations, at, at + 1, &build->to[i].vector);
        build->to[i].point = (uint32_t)i;
    }
}

static struct dm_span span_of(const struct dm_item *items, size_t count)
{
    struct dm_span span = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = 0; i < count; i++)
        for (int axis = 0; axis < 3; axis++) {
            double value = items[i].vector[axis];
            span.low[axis] = value < span.low[axis] ? value : span.low[axis];
            span.high[axis] = value > span.high[axis] ? value : span.high[axis];
        }
    return span;
}

static int widest_axis(const struct dm_span *span)
{
    int widest = 0;
    for (int axis = 1; axis < 3; axis++)
        if (span->high[axis] - span->low[axis] > span->high[widest] - span->low[widest])
            widest = axis;
    return widest;
}

/* Store the span of a node, and divide its items at the widest axis if it has children. `items` are
 * those of the whole tree. */
static void divide(const struct dm_tree *tree, struct dm_item *items, struct dm_node node)
{
    size_t begin = dm_leaf_begin(tree, node.begin), end = dm_leaf_begin(tree, node.end);
    struct dm_span *span = &tree->spans[dm_node_place(tree, node)];
    *span = span_of(items + begin, end - begin);
    if (node.end - node.begin > 1)
        dm_select(items + begin, end - begin, dm_leaf_begin(tree, dm_node_middle(node)) - begin,
                  widest_axis(span));
}

/* Copy the items of a node to where this run writes. */
static void copy(const struct build *build, struct dm_node node)
{
    size_t begin = dm_leaf_begin(&build->tree, node.begin);
    size_t count = dm_leaf_begin(&build->tree, node.end) - begin;
    memcpy(build->to + begin, build->from + begin, count * sizeof *build->to);
}

static void divide_level(void *context, size_t index)
{
    struct build *build = context;
    struct dm_node node = node_at(&build->tree, build->level, index);
    copy(build, node);
    divide(&build->tree, build->to, node);
}

/* Write the locations of a leaf in ascending order, and their vectors. Items ascend as locations
 * do. */
static void finish_leaf(const struct build *build, size_t leaf)
{
    const struct dm_tree *tree = &build->tree;
    size_t begin = dm_leaf_begin(tree, leaf), end = dm_leaf_begin(tree, leaf + 1), at;
    struct dm_item *items = build->to;
    for (size_t i = begin; i < end; i++) {
        struct dm_item item = items[i];
        for (at = i; at > begin && items[at - 1].point > item.point; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
    for (size_t i = begin; i < end; i++) {
        tree->first[i] = build->input->first[items[i].point];
        memcpy(tree->vectors[i], items[i].vector, sizeof items[i].vector);
    }
}

/* Divide a node down to its leaves: depth first, with the nodes that are left on a stack. */
static void finish_subtree(void *context, size_t index)
{
    struct build *build = context;
    struct dm_tree *tree = &build->tree;
    struct dm_node stack[64]; /* one for each level below this one */
    size_t used = 0;
    stack[used++] = node_at(tree, build->level, index);
    copy(build, stack[0]);
    while (used > 0) {
        struct dm_node node = stack[--used];
        divide(tree, build->to, node);
        if (node.end - node.begin == 1) {
            finish_leaf(build, node.begin);
            continue;
        }
        stack[used++] = (struct dm_node){dm_node_middle(node), node.end};
        stack[used++] = (struct dm_node){node.begin, dm_node_middle(node)};
    }
}

/* Return the level whose nodes become tasks: there are enough of them, and none is large. */
static unsigned subtree_level(const struct dm_tree *tree, unsigned threads)
{
    unsigned level = 0;
    size_t wanted = dm_max_u64(tree->points / SUBTREE_POINTS,
                               threads > 1 ? (uint64_t)threads * THREAD_SUBTREES : 1);
    while ((size_t)1 << level < wanted && (size_t)2 << level <= tree->leaves)
        level++;
    return level;
}

static void swap_buffers(struct build *build)
{
    struct dm_item *written = build->to;
    build->to = build->from;
    build->from = written;
}

/* Build a tree of few points in the calling thread: to begin a phase would take longer. */
static void build_small(struct build *build)
{
    for (size_t i = 0; i < dm_times_in(EMBED_POINTS, build->tree.points); i++)
        embed(build, i);
    swap_buffers(build);
    finish_subtree(build, 0);
}

static enum dm_status run_build(struct build *build, struct dm_phase *phase, struct dm_error *error)
{
    DM_TRY(dm_phase_begin(phase, error));
    unsigned last = subtree_level(&build->tree, phase->executor->threads);
    DM_TRY(dm_phase_run(phase, dm_times_in(EMBED_POINTS, build->tree.points), embed, build, error));
    for (build->level = 0; build->level < last; build->level++) {
        swap_buffers(build);
        DM_TRY(dm_phase_run(phase, (size_t)1 << build->level, divide_level, build, error));
    }
    swap_buffers(build);
    return dm_phase_run(phase, (size_t)1 << last, finish_subtree, build, error);
}

static enum dm_status allocate_tree(const struct dm_tree_input *input, bool shared,
                                    struct dm_tree *tree, struct dm_error *error)
{
    size_t leaves = dm_max_u64(dm_times_in(DM_LEAF_POINTS, input->points), 1);
    size_t first = input->points * sizeof *tree->first, spans = 2 * leaves * sizeof *tree->spans;
    size_t vectors = input->points * sizeof *tree->vectors;
    struct dm_arena arena;
    DM_TRY(dm_arena_open(dm_arena_room(first) + dm_arena_room(vectors) + dm_arena_room(spans),
                         shared, &arena, error));
    *tree = (struct dm_tree){.points = input->points, .leaves = leaves};
    tree->first = dm_arena_take(&arena, first);
    tree->vectors = dm_arena_take(&arena, vectors);
    tree->spans = dm_arena_take(&arena, spans);
    tree->arena = arena;
    return DM_OK;
}

/* Build in memory for the items, which is not needed afterwards. */
static enum dm_status build_with_items(const struct dm_tree_input *input, struct dm_phase *phase,
                                       const struct dm_tree *tree, struct dm_error *error)
{
    struct dm_arena arena;
    size_t items = input->points * sizeof(struct dm_item);
    DM_TRY(dm_arena_open(dm_arena_room(sizeof(struct build)) + 2 * dm_arena_room(items),
                         phase->ops->processes, &arena, error));
    struct build *build = dm_arena_take(&arena, sizeof *build);
    *build = (struct build){.input = input,
                            .tree = *tree,
                            .from = dm_arena_take(&arena, items),
                            .to = dm_arena_take(&arena, items)};
    enum dm_status status = DM_OK;
    if (input->points > SMALL_POINTS)
        status = run_build(build, phase, error);
    else
        build_small(build);
    dm_arena_close(&arena);
    return status;
}

enum dm_status dm_tree_build(const struct dm_tree_input *input, struct dm_phase *phase,
                             struct dm_tree *tree, struct dm_error *error)
{
    struct dm_tree new;
    DM_TRY(allocate_tree(input, phase->ops->processes, &new, error));
    enum dm_status status = build_with_items(input, phase, &new, error);
    if (status == DM_OK)
        *tree = new;
    else
        dm_tree_free(&new);
    return status;
}

void dm_tree_free(struct dm_tree *tree)
{
    dm_arena_close(&tree->arena);
    *tree = (struct dm_tree){0};
}
