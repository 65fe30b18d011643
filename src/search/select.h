/* select.h - dividing the points of a tree at their median. */
#ifndef SEARCH_SELECT_H
#define SEARCH_SELECT_H

#include <stddef.h>
#include <stdint.h>

struct dm_item {
    double vector[3];
    uint32_t point;
};

/* Reorder the items so that none of the first `left` is greater on the axis than any other.
 * 0 < left < count. Takes linear time on average, whatever the items are. */
void dm_select(struct dm_item *items, size_t count, size_t left, int axis);

#endif
