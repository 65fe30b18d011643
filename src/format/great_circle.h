/* great_circle.h - the great circle between two places as a line on a map. */
#ifndef FORMAT_GREAT_CIRCLE_H
#define FORMAT_GREAT_CIRCLE_H

#include <stddef.h>

/* A point on a sphere: longitude within -180..180, latitude within -90..90. */
struct dm_position {
    double lon_deg, lat_deg;
};

/* A position every degree of arc (111 km) or less. Between two of them the straight line of a map
 * is at most 0.25 km * tan(latitude) from the great circle: 1.4 km at 80 degrees, far less than a
 * pixel of a map that shows both. Half a great circle has 180 steps, and so 181 positions and two
 * at a cut. */
enum { DM_LINE_STEPS_MAX = 180, DM_LINE_POSITIONS_MAX = DM_LINE_STEPS_MAX + 1 + 2 };

/* A line of at least two positions. Within a part, neighbours differ by at most 180 degrees of
 * longitude, in the direction in which a map joins them. */
struct dm_line {
    size_t count;
    size_t cut; /* number of positions in the first of two parts; 0: there is only one part */
    struct dm_position at[DM_LINE_POSITIONS_MAX];
};

/* Return an upper bound of the steps of lines up to `arc_deg` degrees long. */
size_t dm_line_steps(double arc_deg);

/* Draw the shorter great circle between two places, which are its first and last position. Where
 * it crosses the antimeridian, it is cut into two parts, which end and begin at +-180 degrees;
 * where it crosses a pole, into parts that end and begin there, each on its own meridian. Between
 * antipodes, it is the one over the north pole, in both directions.
 *
 * Longitude 180 is written as -180, and a pole with another longitude, where the line is on that
 * side: it is the same place, and no map draws a line across itself. */
void dm_line_draw(struct dm_position from, struct dm_position to, struct dm_line *line);

#endif
