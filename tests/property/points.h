/* points.h - random points of the kinds that are hard on formulas, and random options. */
#ifndef PROPERTY_POINTS_H
#define PROPERTY_POINTS_H

#include "testing/testing.h"

enum { POINTS_MAX = 40 };

/* Latitude, longitude, latitude, ...: within -90..90 and -180..180. */
struct points {
    size_t count;
    double degrees[2 * POINTS_MAX];
};

/* Two points or more: spread, in clusters of a nanometre to a thousand kilometres, at poles, on the
 * dateline and the equator, opposite to another and nearly so, and the same as another. */
struct points draw_points(struct random *random);

/* Any of the registry. */
const struct dm_metric *draw_metric(struct random *random);

/* As locations of the kind that the metric understands; dm_locations_free() them. */
struct dm_locations points_for(const struct dm_metric *metric, const struct points *points);

/* As a CSV file for the metric; the names have letters only. */
void write_points(const char *path, const struct dm_metric *metric, const struct points *points);

/* How far a distance of that metric may be off, in metres, as docs/accuracy.md promises, where
 * `metres` is as long as any that is looked at. */
double promised_m(const struct dm_metric *metric, double metres);

/* As often as not. */
bool draw_yes(struct random *random);

#endif
