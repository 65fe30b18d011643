/* mutual.h - neighbours that are symmetric: two places are neighbours if each is among the nearest
 * of the other (mutual), or if one of them is (union). With the last of the nearest places of every
 * place, both are searches by distance: docs/nearest.md. */
#ifndef SEARCH_MUTUAL_H
#define SEARCH_MUTUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dm_mutual {
    bool either;      /* one of the two is enough: the union */
    double *distance; /* of the last of the nearest places of each place, in the unit; infinity: all
                       * are among them */
    uint32_t *row;    /* of that place */
    double *reach;    /* union: the square of the longest chord to such a place from any place of a
                       * node, by dm_node_place() of the index's only tree; NULL: unknown */
};

/* Return true if a place at (distance, row) is among the nearest of place `of`. */
static inline bool dm_mutual_has(const struct dm_mutual *mutual, size_t of, double distance,
                                 size_t row)
{
    return distance < mutual->distance[of] ||
           (distance == mutual->distance[of] && row <= mutual->row[of]);
}

/* Return true if places a and b, at that distance, are neighbours. */
static inline bool dm_mutual_neighbours(const struct dm_mutual *mutual, size_t a, size_t b,
                                        double distance)
{
    bool of_a = dm_mutual_has(mutual, a, distance, b), of_b = dm_mutual_has(mutual, b, distance, a);
    return mutual->either ? of_a || of_b : of_a && of_b;
}

#endif
