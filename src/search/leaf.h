/* leaf.h - the neighbours in a leaf of the tree. */
#ifndef SEARCH_LEAF_H
#define SEARCH_LEAF_H

#include "search/visit.h"

/* Measure the points of a leaf that may count, and take those that do. */
void dm_visit_leaf(struct dm_visit *visit, size_t leaf);

#endif
