/* bound.h - what a distance says about the chord between the vectors of two places, and the
 * reverse. docs/nearest.md has the proof and derives the constants. */
#ifndef SEARCH_BOUND_H
#define SEARCH_BOUND_H

#include <dmatrix/metric.h>

/* Return the square of a chord that no two places exceed whose distance is at most `metres`. */
double dm_bound_outside(const struct dm_embedding *embedding, double metres);

/* Return the square of a chord within which all distances are at most `metres`; negative: there is
 * none. */
double dm_bound_inside(const struct dm_embedding *embedding, double metres);

#endif
