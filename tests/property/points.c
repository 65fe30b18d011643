#include "property/points.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool draw_yes(struct random *random)
{
    return random_below(random, 2) == 0;
}

/* Nothing at all, or anything from far below a nanometre to ten degrees, either way. */
static double draw_step(struct random *random)
{
    if (random_below(random, 4) == 0)
        return 0;
    return random_between(random, -1, 1) * pow(10, random_between(random, -15, 1));
}

static void draw_point(struct random *random, const double *other, double *point)
{
    double side = draw_yes(random) ? 1 : -1;
    point[0] = asin(random_between(random, -1, 1)) * (180 / 3.141592653589793);
    point[1] = random_between(random, -180, 180);
    switch (random_below(random, 7)) {
    case 0: /* beside another */
        point[0] = other[0];
        point[1] = other[1];
        break;
    case 1: /* opposite to it */
        point[0] = -other[0];
        point[1] = other[1] + 180;
        break;
    case 2:
        point[0] = 90 * side;
        break;
    case 3:
        point[1] = 180 * side;
        break;
    case 4:
        point[0] = 0 * side;
        break;
    default: /* anywhere */
        return;
    }
    point[0] = fmax(-90, fmin(90, point[0] + draw_step(random)));
    if (fabs(point[1] += draw_step(random)) > 180)
        point[1] = remainder(point[1], 360);
}

struct points draw_points(struct random *random)
{
    struct points points = {.count = 2 + random_below(random, POINTS_MAX - 1)};
    static const double origin[2] = {0, 0};
    for (size_t i = 0; i < points.count; i++) {
        const double *other = i > 0 ? &points.degrees[2 * random_below(random, i)] : origin;
        draw_point(random, other, &points.degrees[2 * i]);
    }
    return points;
}

const struct dm_metric *draw_metric(struct random *random)
{
    size_t count = 0;
    while (dm_metrics()[count])
        count++;
    return dm_metrics()[random_below(random, count)];
}

/* Of a planar metric, metres as on a map: a degree is about 111 km. */
static double scale_of(const struct dm_metric *metric)
{
    return metric->coordinates == DM_PLANAR ? 111000 : 1;
}

struct dm_locations points_for(const struct dm_metric *metric, const struct points *points)
{
    double numbers[2 * POINTS_MAX];
    bool planar = metric->coordinates == DM_PLANAR;
    for (size_t i = 0; i < 2 * points->count; i++)
        numbers[i] = points->degrees[i] * scale_of(metric);
    return planar ? planar_at(numbers, points->count) : locations_at(numbers, points->count);
}

void write_points(const char *path, const struct dm_metric *metric, const struct points *points)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(metric->coordinates == DM_PLANAR ? "name,x,y\n" : "name,lat,lon\n", file);
    for (size_t i = 0; i < points->count; i++)
        fprintf(file, "%c%c,%.17g,%.17g\n", (char)('A' + i / 26), (char)('a' + i % 26),
                points->degrees[2 * i] * scale_of(metric),
                points->degrees[2 * i + 1] * scale_of(metric));
    assert_int_equal(fclose(file), 0);
}

double promised_m(const struct dm_metric *metric, double metres)
{
    if (metric == &dm_metric_haversine)
        return 5e-9;
    if (metric == &dm_metric_geodesic)
        return 12e-9;
    if (metric == &dm_metric_equirectangular)
        return 20e-9;
    return 2 * (nextafter(metres, INFINITY) - metres);
}
