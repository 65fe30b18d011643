/* metrics.h - what the tests of metrics share: they run on every instruction set that is here. */
#ifndef TESTING_METRICS_H
#define TESTING_METRICS_H

#include "testing/testing.h"

/* Calls the check for the metric on each instruction set that this machine has. */
void on_every_isa(const struct dm_metric *metric,
                  void (*check)(const struct dm_metric *metric, const char *isa));

/* The same for every metric in the registry. */
void with_every_metric(void (*check)(const struct dm_metric *metric, const char *isa));

/* The locations made ready on an instruction set (NULL: the best); dispose() of it. */
struct dm_prepared *prepare_on(const struct dm_metric *metric, const struct dm_locations *locations,
                               const char *isa);

/* From location i to j of a prepared set. */
double distance(const struct dm_metric *metric, const struct dm_prepared *prepared, size_t i,
                size_t j);

/* Between two points, given as latitude, longitude, latitude, longitude or, for a planar metric, x,
 * y, x, y. */
double distance_between(const struct dm_metric *metric, const double *points,
                        const struct dm_metric_options *options);

/* `count` random points of the kind that the metric understands. */
struct dm_locations random_locations_for(const struct dm_metric *metric, size_t count,
                                         uint64_t seed);

/* Random points, and among them all the places where formulas break. */
struct dm_locations awkward_locations_for(const struct dm_metric *metric);

/* Points in a square of so many degrees of a great circle, not at a pole. */
struct dm_locations regional_locations(size_t count, double size_deg, uint64_t seed);

/* Many latitudes, each with many longitudes: poles, equator, meridians, dateline, antipodes, and
 * what is next to them. */
struct dm_locations degenerate_locations(void);

/* `count` locations of which each of the first half is 148 to 179.4 degrees from each of the
 * second. */
struct dm_locations opposite_locations(size_t count, uint64_t seed);

#endif
