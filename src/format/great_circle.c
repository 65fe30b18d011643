/* The great circle is drawn in the frame in which the origin has longitude 0: there the longitude
 * grows from 0 to that of the destination and never passes 180 degrees, so that rounding cannot
 * make it jump. */
#include "format/great_circle.h"

#include <math.h>
#include <stdbool.h>

#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)

/* Angles below this are none: half a unit of the seventh decimal, 6 mm on the Earth. */
#define NONE_DEG 5e-8

size_t dm_line_steps(double arc_deg)
{
    const double rounding_deg = 1e-9; /* so that a whole number of degrees has as many steps */
    double steps = ceil(arc_deg - rounding_deg);
    return steps > 1 ? (size_t)fmin(steps, DM_LINE_STEPS_MAX) : 1;
}

/* ---- positions ---- */

static void add(struct dm_line *line, double lon_deg, double lat_deg)
{
    line->at[line->count++] = (struct dm_position){lon_deg, lat_deg};
}

/* Add a position between the ends, unless it is that before it: a cut may fall on a step. */
static void add_between(struct dm_line *line, double lon_deg, double lat_deg)
{
    const struct dm_position *last = &line->at[line->count - 1];
    if (last->lon_deg != lon_deg || last->lat_deg != lat_deg)
        add(line, lon_deg, lat_deg);
}

/* End the first part and begin the second at the same place, which has two longitudes. */
static void cut(struct dm_line *line, double lon_deg, double next_lon_deg, double lat_deg)
{
    add_between(line, lon_deg, lat_deg);
    line->cut = line->count;
    add(line, next_lon_deg, lat_deg);
}

/* ---- the ends ---- */

static bool is_pole(const struct dm_position *place)
{
    return fabs(place->lat_deg) == 90;
}

static bool is_on_antimeridian(const struct dm_position *place)
{
    return fabs(place->lon_deg) == 180;
}

/* Move a place to a pole or to the antimeridian if it is closer than what is written. */
static void snap(struct dm_position *place)
{
    if (fabs(place->lat_deg) >= 90 - NONE_DEG)
        place->lat_deg = copysign(90, place->lat_deg);
    if (fabs(place->lon_deg) >= 180 - NONE_DEG)
        place->lon_deg = copysign(180, place->lon_deg);
}

/* Return the difference of two longitudes, -180 .. 180 degrees; exactly 180 if the places are on
 * opposite meridians. */
static double longitude_difference(const struct dm_position *from, const struct dm_position *to)
{
    double difference = remainder(to->lon_deg - from->lon_deg, 360);
    return fabs(difference) > 180 - NONE_DEG ? 180 : difference;
}

/* Choose, of the longitudes that a pole or a place on the antimeridian has, those on the side of
 * the line. Return the difference of the longitudes. */
static double choose_longitudes(struct dm_position *from, struct dm_position *to)
{
    if (is_pole(to) || (is_on_antimeridian(from) && is_on_antimeridian(to)))
        to->lon_deg = from->lon_deg;
    else if (is_pole(from))
        from->lon_deg = to->lon_deg;
    double difference = longitude_difference(from, to);
    if (difference == 0 || difference == 180)
        return difference;
    if (is_on_antimeridian(from))
        from->lon_deg = copysign(180, -difference);
    if (is_on_antimeridian(to))
        to->lon_deg = copysign(180, difference);
    return difference;
}

/* ---- over a pole ---- */

/* Draw a line up the meridian of the origin and down that of the destination, which is opposite. */
static void draw_over_pole(const struct dm_position *from, const struct dm_position *to,
                           struct dm_line *line)
{
    double sum_deg = from->lat_deg + to->lat_deg; /* about 0 between antipodes */
    double north = sum_deg < -NONE_DEG ? -1 : 1;
    double arc_deg = 180 - north * sum_deg, to_pole_deg = 90 - north * from->lat_deg;
    size_t steps = dm_line_steps(arc_deg);
    for (size_t i = 1; i < steps; i++) {
        double done_deg = arc_deg * (double)i / (double)steps;
        bool beyond = done_deg > to_pole_deg;
        if (beyond && !line->cut)
            cut(line, from->lon_deg, to->lon_deg, 90 * north);
        add_between(line, beyond ? to->lon_deg : from->lon_deg,
                    north * (90 - fabs(to_pole_deg - done_deg)));
    }
    if (!line->cut)
        cut(line, from->lon_deg, to->lon_deg, 90 * north);
}

/* ---- in any other direction ---- */

/* A great circle from a place at longitude 0: its direction there, as the sine and cosine of the
 * angle from north to east, and its end. */
struct course {
    double sin_lat, cos_lat;
    double sin_bearing, cos_bearing;
    double arc;     /* in radians */
    double lon_deg; /* longitude of the end in this frame, between -180 and 180 */
};

/* Source of the formulas: https://en.wikipedia.org/wiki/Great-circle_navigation */
static struct course set_course(const struct dm_position *from, const struct dm_position *to,
                                double lon_deg)
{
    double lat1 = from->lat_deg * RADIANS_PER_DEGREE, lat2 = to->lat_deg * RADIANS_PER_DEGREE;
    double lon = lon_deg * RADIANS_PER_DEGREE;
    double east = sin(lon) * cos(lat2);
    double north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon);
    double sine = hypot(east, north);
    double cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon);
    return (struct course){
        .sin_lat = sin(lat1),
        .cos_lat = cos(lat1),
        .sin_bearing = sine > 0 ? east / sine : 0,
        .cos_bearing = sine > 0 ? north / sine : 1,
        .arc = atan2(sine, cosine),
        .lon_deg = lon_deg,
    };
}

/* Return the position after `arc` radians, in the frame of the course. */
static struct dm_position follow(const struct course *course, double arc)
{
    double cosine = cos(arc), sine = sin(arc);
    double x = course->cos_lat * cosine - course->sin_lat * course->cos_bearing * sine;
    double y = course->sin_bearing * sine;
    double z = course->sin_lat * cosine + course->cos_lat * course->cos_bearing * sine;
    return (struct dm_position){atan2(y, x) / RADIANS_PER_DEGREE,
                                atan2(z, hypot(x, y)) / RADIANS_PER_DEGREE};
}

/* Return the latitude of a line at a longitude between those of its ends, all in the frame of the
 * origin. Both terms have the sign of their latitude, so they lose no digits. */
static double latitude_at(const struct dm_position *from, const struct dm_position *to,
                          double to_lon_deg, double lon_deg)
{
    double all = fabs(to_lon_deg) * RADIANS_PER_DEGREE, part = fabs(lon_deg) * RADIANS_PER_DEGREE;
    double tan1 = tan(from->lat_deg * RADIANS_PER_DEGREE);
    double tan2 = tan(to->lat_deg * RADIANS_PER_DEGREE);
    return atan2(tan1 * sin(all - part) + tan2 * sin(part), sin(all)) / RADIANS_PER_DEGREE;
}

static void draw_course(const struct dm_position *from, const struct dm_position *to,
                        const struct course *course, struct dm_line *line)
{
    size_t steps = dm_line_steps(course->arc / RADIANS_PER_DEGREE);
    double side_deg = copysign(180, course->lon_deg); /* where it would meet the antimeridian */
    double to_side_deg = side_deg - from->lon_deg;
    bool crosses = course->lon_deg > 0 ? to->lon_deg < from->lon_deg : to->lon_deg > from->lon_deg;
    double lat_deg = crosses ? latitude_at(from, to, course->lon_deg, to_side_deg) : 0;
    for (size_t i = 1; i < steps; i++) {
        struct dm_position at = follow(course, course->arc * (double)i / (double)steps);
        bool beyond = crosses && fabs(at.lon_deg) > fabs(to_side_deg);
        if (beyond && !line->cut)
            cut(line, side_deg, -side_deg, lat_deg);
        add_between(line, beyond ? at.lon_deg - to_side_deg - side_deg : at.lon_deg + from->lon_deg,
                    at.lat_deg);
    }
    if (crosses && !line->cut)
        cut(line, side_deg, -side_deg, lat_deg);
}

void dm_line_draw(struct dm_position from, struct dm_position to, struct dm_line *line)
{
    snap(&from);
    snap(&to);
    double lon_deg = choose_longitudes(&from, &to);
    line->count = line->cut = 0;
    add(line, from.lon_deg, from.lat_deg);
    if (lon_deg == 180) {
        draw_over_pole(&from, &to, line);
    } else {
        struct course course = set_course(&from, &to, lon_deg);
        draw_course(&from, &to, &course, line);
    }
    add(line, to.lon_deg, to.lat_deg);
}
