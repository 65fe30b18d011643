/* Lines on a map: on the great circle, in steps that a map can join, cut where it must be. */
#include "format/great_circle.h"
#include "testing/testing.h"

#include <math.h>
#include <stdbool.h>

#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)

static const double tiny = 1e-9; /* radians; far below what is written */

struct vector {
    double x, y, z;
};

static struct vector vector_of(struct dm_position at)
{
    double lat = at.lat_deg * RADIANS_PER_DEGREE, lon = at.lon_deg * RADIANS_PER_DEGREE;
    return (struct vector){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static struct vector cross(struct vector a, struct vector b)
{
    return (struct vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static double dot(struct vector a, struct vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static double arc_between(struct dm_position a, struct dm_position b)
{
    struct vector normal = cross(vector_of(a), vector_of(b));
    return atan2(sqrt(dot(normal, normal)), dot(vector_of(a), vector_of(b)));
}

static struct dm_line draw(double lon1, double lat1, double lon2, double lat2)
{
    struct dm_line line;
    dm_line_draw((struct dm_position){lon1, lat1}, (struct dm_position){lon2, lat2}, &line);
    return line;
}

/* It is the same place, in another of its longitudes only at a pole or on the antimeridian, to the
 * decimals that are written. */
static void assert_end(struct dm_position at, double lon, double lat)
{
    const double decimal = 5e-8;
    assert_true(at.lat_deg == lat || (fabs(lat) > 90 - decimal && at.lat_deg == copysign(90, lat)));
    if (fabs(lat) < 90 - decimal && fabs(lon) < 180 - decimal)
        assert_true(at.lon_deg == lon);
    else if (fabs(lat) < 90 - decimal)
        assert_true(fabs(at.lon_deg) >= 180 - decimal);
}

/* Neighbours of one part: a step of a degree, which a map joins in the right direction. */
static void assert_step(struct dm_position a, struct dm_position b)
{
    assert_true(arc_between(a, b) <= RADIANS_PER_DEGREE + tiny);
    assert_true(fabs(a.lon_deg - b.lon_deg) < 180);
}

/* The cut is at one place, which has two longitudes: a pole, or on the antimeridian. */
static void assert_cut(const struct dm_line *line)
{
    struct dm_position a = line->at[line->cut - 1], b = line->at[line->cut];
    assert_true(line->cut >= 2 && line->count - line->cut >= 2);
    assert_true(a.lat_deg == b.lat_deg);
    if (fabs(a.lat_deg) < 90)
        assert_true(fabs(a.lon_deg) == 180 && a.lon_deg == -b.lon_deg);
}

/* Whatever the places: the line begins and ends there, is no longer than the way between them, and
 * has no jump. */
static struct dm_line assert_line(double lon1, double lat1, double lon2, double lat2)
{
    struct dm_line line = draw(lon1, lat1, lon2, lat2);
    double arc = arc_between((struct dm_position){lon1, lat1}, (struct dm_position){lon2, lat2});
    double sum = 0;
    assert_true(line.count >= 2 && line.count <= DM_LINE_POSITIONS_MAX);
    assert_true(line.count <= dm_line_steps(arc / RADIANS_PER_DEGREE) + 3);
    assert_end(line.at[0], lon1, lat1);
    assert_end(line.at[line.count - 1], lon2, lat2);
    for (size_t i = 0; i < line.count; i++) {
        assert_true(fabs(line.at[i].lon_deg) <= 180 + 1e-12);
        assert_true(fabs(line.at[i].lat_deg) <= 90 + 1e-12);
        if (i > 0)
            sum += arc_between(line.at[i - 1], line.at[i]);
        if (i > 0 && i != line.cut)
            assert_step(line.at[i - 1], line.at[i]);
    }
    assert_true(fabs(sum - arc) < 1e-6); /* antipodes closer than 6 mm count as such */
    if (line.cut > 0)
        assert_cut(&line);
    return line;
}

/* Every position is in the plane of the ends and the centre. */
static void assert_on_circle(const struct dm_line *line)
{
    struct vector from = vector_of(line->at[0]), to = vector_of(line->at[line->count - 1]);
    struct vector normal = cross(from, to);
    double length = sqrt(dot(normal, normal));
    for (size_t i = 0; i < line->count; i++)
        assert_true(fabs(dot(normal, vector_of(line->at[i]))) <= length * tiny + 1e-15);
}

static void lines_are_on_the_great_circle(void **state)
{
    (void)state;
    struct random random = {11};
    for (int i = 0; i < 20000; i++) {
        double lon1 = random_between(&random, -180, 180), lat1 = random_between(&random, -90, 90);
        double lon2 = random_between(&random, -180, 180), lat2 = random_between(&random, -90, 90);
        struct dm_line line = assert_line(lon1, lat1, lon2, lat2);
        assert_on_circle(&line);
        double difference = fabs(lon2 - lon1);
        assert_int_equal(line.cut > 0, difference > 180);
    }
}

/* Places where longitudes end, repeat or mean nothing, and their neighbours. */
static void no_places_make_a_line_jump(void **state)
{
    (void)state;
    static const double lons[] = {-180,
                                  -179.9999999999,
                                  -179.99999996,
                                  -179.9999999,
                                  -179.5,
                                  -150,
                                  -90,
                                  -1e-9,
                                  0,
                                  1e-8,
                                  30,
                                  30.1,
                                  90,
                                  179.5,
                                  179.9999999,
                                  179.99999996,
                                  179.9999999999,
                                  180};
    static const double lats[] = {-90, -89.9999999999, -89.9999999,   -45, -1e-9, 0, 1e-9, 45, 45.1,
                                  89,  89.9999999,     89.9999999999, 90};
    enum { LONS = sizeof lons / sizeof *lons, LATS = sizeof lats / sizeof *lats };
    for (size_t i = 0; i < LONS * LATS; i++)
        for (size_t j = 0; j < LONS * LATS; j++)
            assert_line(lons[i % LONS], lats[i / LONS], lons[j % LONS], lats[j / LONS]);
}

static void assert_position(struct dm_position at, double lon, double lat)
{
    if (fabs(at.lon_deg - lon) > 1e-9 || fabs(at.lat_deg - lat) > 1e-9)
        fail_msg("%.12g, %.12g instead of %.12g, %.12g", at.lon_deg, at.lat_deg, lon, lat);
}

static void the_antimeridian_cuts_both_ways(void **state)
{
    (void)state;
    struct dm_line east = draw(170, 10, -170, 20), west = draw(-170, 20, 170, 10);
    /* tan lat = (tan 10 + tan 20) sin 10 / sin 20 */
    double lat = atan((tan(10 * RADIANS_PER_DEGREE) + tan(20 * RADIANS_PER_DEGREE)) *
                      sin(10 * RADIANS_PER_DEGREE) / sin(20 * RADIANS_PER_DEGREE)) /
                 RADIANS_PER_DEGREE;
    assert_position(east.at[east.cut - 1], 180, lat);
    assert_position(east.at[east.cut], -180, lat);
    assert_position(west.at[west.cut - 1], -180, lat);
    assert_position(west.at[west.cut], 180, lat);
    for (size_t i = 0; i < east.count; i++)
        assert_true(i < east.cut ? east.at[i].lon_deg > 0 : east.at[i].lon_deg < 0);
}

static void a_place_on_the_antimeridian_is_on_the_side_of_the_line(void **state)
{
    (void)state;
    for (double lon = -180; lon <= 180; lon += 360) {
        struct dm_line line = draw(lon, 10, -170, 10);
        assert_int_equal(line.cut, 0);
        assert_position(line.at[0], -180, 10);
        line = draw(170, 10, lon, 10);
        assert_int_equal(line.cut, 0);
        assert_position(line.at[line.count - 1], 180, 10);
        line = draw(lon, 10, -lon, 30); /* along it */
        assert_int_equal(line.cut, 0);
        assert_position(line.at[1], lon, 11);
        assert_position(line.at[line.count - 1], lon, 30);
    }
}

static void meridians_are_exact(void **state)
{
    (void)state;
    struct dm_line line = draw(30.1, -20, 30.1, 50);
    assert_int_equal(line.count, 71);
    for (size_t i = 0; i < line.count; i++) {
        assert_true(line.at[i].lon_deg == 30.1);
        assert_position(line.at[i], 30.1, -20 + (double)i);
    }
}

static void a_line_over_a_pole_is_cut_there(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        double north = i % 2 ? 1 : -1, nearly = (i / 2 - 1) * 1e-10;
        struct dm_line line = draw(30.1, 50 * north, -149.9 + nearly, 60 * north);
        assert_int_equal(line.count, 40 + 30 + 2);
        assert_int_equal(line.cut, 41);
        for (size_t k = 0; k <= 40; k++)
            assert_position(line.at[k], 30.1, north * (50 + (double)k));
        for (size_t k = 0; k <= 30; k++)
            assert_position(line.at[41 + k], -149.9, north * (90 - (double)k));
    }
    struct dm_line line = draw(0, 89.75, 180, 89.75); /* less than a step */
    assert_int_equal(line.count, 4);
    assert_position(line.at[1], 0, 90);
    assert_position(line.at[2], 180, 90);
}

/* A pole has all longitudes; the line to it is on the meridian of the other place. */
static void a_pole_is_on_the_meridian_of_the_line(void **state)
{
    (void)state;
    struct dm_line to = draw(100, 0, -20, 90), from = draw(-20, -90, 100, 0);
    struct dm_line between = draw(-20, 90, 77, -90);
    assert_true(to.cut == 0 && from.cut == 0 && between.cut == 0);
    assert_position(to.at[to.count - 1], 100, 90);
    assert_position(from.at[0], 100, -90);
    assert_position(between.at[0], -20, 90);
    assert_position(between.at[90], -20, 0);
    assert_position(between.at[between.count - 1], -20, -90);
}

/* Closer than the last decimal that is written: on the map, the place is there. */
static void a_place_that_is_written_as_a_pole_is_one(void **state)
{
    (void)state;
    struct dm_line from = draw(0, 89.99999997, 100, 0), to = draw(100, 0, 0, -89.99999997);
    assert_true(from.at[0].lon_deg == 100 && from.at[0].lat_deg == 90);
    assert_true(to.at[to.count - 1].lon_deg == 100 && to.at[to.count - 1].lat_deg == -90);
    assert_true(draw(179.99999997, 10, -170, 20).at[0].lon_deg == -180);
    assert_int_equal(draw(-170, 10, 179.99999997, 20).cut, 0);
}

/* The same line in both directions. */
static void antipodes_are_joined_over_the_north_pole(void **state)
{
    (void)state;
    static const double places[][2] = {{0, 0},    {10, 45.1}, {-170, 12.3},
                                       {180, 30}, {-90, -89}, {30.1, -7.77}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double lon1 = places[i][0], lat1 = places[i][1];
        double lon2 = lon1 > 0 ? lon1 - 180 : lon1 + 180;
        struct dm_line there = assert_line(lon1, lat1, lon2, -lat1);
        struct dm_line back = assert_line(lon2, -lat1, lon1, lat1);
        assert_true(there.at[there.cut].lat_deg == 90 && back.at[back.cut].lat_deg == 90);
        assert_int_equal(there.count, back.count);
        assert_true(there.count >= DM_LINE_POSITIONS_MAX - 1);
    }
}

static void coincident_places_make_a_line_of_two_positions(void **state)
{
    (void)state;
    static const double places[][2] = {{1, 2}, {180, 30}, {-180, 0}, {7, 90}, {7, -90}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct dm_line line = draw(places[i][0], places[i][1], places[i][0], places[i][1]);
        assert_int_equal(line.count, 2);
        assert_int_equal(line.cut, 0);
        assert_position(line.at[0], places[i][0], places[i][1]);
        assert_position(line.at[1], places[i][0], places[i][1]);
    }
    assert_int_equal(draw(180, 3, -180, 3).count, 2);
}

static void short_lines_have_two_positions(void **state)
{
    (void)state;
    assert_int_equal(draw(2, 48, 2.5, 48.5).count, 2);
    assert_int_equal(draw(2, 48, 2, 49).count, 2);
    assert_int_equal(draw(2, 48, 2, 49.001).count, 3);
    assert_int_equal(draw(0, 0, 90, 0).count, 91);
    assert_int_equal(draw(179.9, 0, -179.9, 0).count, 4); /* with a cut */
}

static void steps_are_those_of_the_arc(void **state)
{
    (void)state;
    static const struct {
        double arc_deg;
        size_t steps;
    } known[] = {{0, 1},       {1e-300, 1},     {1, 1},     {1.0000000001, 1},
                 {1.001, 2},   {179.9999, 180}, {180, 180}, {180.0001, 180},
                 {1e300, 180}, {(double)NAN, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(dm_line_steps(known[i].arc_deg), known[i].steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_on_the_great_circle),
        cmocka_unit_test(no_places_make_a_line_jump),
        cmocka_unit_test(the_antimeridian_cuts_both_ways),
        cmocka_unit_test(a_place_on_the_antimeridian_is_on_the_side_of_the_line),
        cmocka_unit_test(meridians_are_exact),
        cmocka_unit_test(a_line_over_a_pole_is_cut_there),
        cmocka_unit_test(a_pole_is_on_the_meridian_of_the_line),
        cmocka_unit_test(a_place_that_is_written_as_a_pole_is_one),
        cmocka_unit_test(antipodes_are_joined_over_the_north_pole),
        cmocka_unit_test(coincident_places_make_a_line_of_two_positions),
        cmocka_unit_test(short_lines_have_two_positions),
        cmocka_unit_test(steps_are_those_of_the_arc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
