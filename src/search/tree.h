/* tree.h - a k-d tree over vectors: boxes that contain the vectors of consecutive points.
 *
 * The points are put in *tree order*: those of a leaf follow each other, and leaves that follow
 * each other are near. A node is a range of leaves [begin, end). One of several leaves has two
 * children, [begin, middle) and [middle, end), so the shape of the tree follows from the number of
 * leaves alone. */
#ifndef SEARCH_TREE_H
#define SEARCH_TREE_H

#include "base/arena.h"
#include "search/phase.h"

#include <dmatrix/metric.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

enum { DM_LEAF_POINTS = 24, DM_LEAF_MAX = 32 }; /* points of a leaf: about, and at most */

/* The smallest box that contains some vectors. */
struct dm_span {
    double low[3], high[3];
};

/* A range of leaves. */
struct dm_node {
    size_t begin, end;
};

/* Start from a zeroed struct; free it with dm_tree_free(). */
struct dm_tree {
    struct dm_arena arena; /* holds the arrays */
    size_t points, leaves;
    uint32_t *first;       /* location of each point in tree order; in a leaf ascending */
    double (*vectors)[3];  /* of each point in tree order */
    struct dm_span *spans; /* of all nodes, by dm_node_place() */
};

static inline size_t dm_node_middle(struct dm_node node)
{
    return node.begin + (node.end - node.begin) / 2;
}

/* Return the place of a node's span. Each place from 1 on is the middle of one node. */
static inline size_t dm_node_place(const struct dm_tree *tree, struct dm_node node)
{
    return node.end - node.begin == 1 ? tree->leaves + node.begin : dm_node_middle(node);
}

static inline const struct dm_span *dm_node_span(const struct dm_tree *tree, struct dm_node node)
{
    return &tree->spans[dm_node_place(tree, node)];
}

/* Return the square of the distance from a vector to a box, 0 within it. */
static inline double dm_span_square_to(const struct dm_span *span, const double *vector)
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double nearest = vector[axis] < span->low[axis] ? span->low[axis] : vector[axis];
        nearest = nearest > span->high[axis] ? span->high[axis] : nearest;
        sum += (vector[axis] - nearest) * (vector[axis] - nearest);
    }
    return sum;
}

/* Return the position, in tree order, of the first point of a leaf. All leaves but the last begin
 * at a multiple of 8, as vectors do. */
static inline size_t dm_leaf_begin(const struct dm_tree *tree, size_t leaf)
{
    return leaf == tree->leaves ? tree->points : tree->points * leaf / tree->leaves / 8 * 8;
}

/* Return the leaf of the point at a position, in tree order. */
static inline size_t dm_leaf_of(const struct dm_tree *tree, size_t position)
{
    size_t leaf = position * tree->leaves / tree->points; /* this one, or one after it */
    while (leaf + 1 < tree->leaves && dm_leaf_begin(tree, leaf + 1) <= position)
        leaf++;
    return leaf;
}

/* What a tree is built from: the locations `first[0 .. points)`, which ascend, and how the metric
 * embeds them. */
struct dm_tree_input {
    const struct dm_metric *metric;
    const struct dm_metric_options *options;
    const struct dm_locations *locations;
    const uint32_t *first;
    size_t points;
};

/* Build the tree on the executor. DM_MEMORY, DM_STOPPED. */
enum dm_status dm_tree_build(const struct dm_tree_input *input, struct dm_phase *phase,
                             struct dm_tree *tree, struct dm_error *error);

void dm_tree_free(struct dm_tree *tree);

#endif
