#include "testing/metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void on_every_isa(const struct dm_metric *metric,
                  void (*check)(const struct dm_metric *metric, const char *isa))
{
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
        if ((*isa)->here())
            check(metric, (*isa)->name);
}

void with_every_metric(void (*check)(const struct dm_metric *metric, const char *isa))
{
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        on_every_isa(*metric, check);
}

struct dm_prepared *prepare_on(const struct dm_metric *metric, const struct dm_locations *locations,
                               const char *isa)
{
    struct dm_metric_options options = {.isa = isa};
    struct dm_prepared *prepared;
    assert_int_equal(metric->prepare(locations, &options, &prepared, NULL), DM_OK);
    return prepared;
}

double distance(const struct dm_metric *metric, const struct dm_prepared *prepared, size_t i,
                size_t j)
{
    double metres;
    metric->fill(prepared, prepared, i, j, 1, &metres);
    return metres;
}

double distance_between(const struct dm_metric *metric, const double *points,
                        const struct dm_metric_options *options)
{
    struct dm_locations locations =
        metric->coordinates == DM_PLANAR ? planar_at(points, 2) : locations_at(points, 2);
    struct dm_prepared *prepared;
    assert_int_equal(metric->prepare(&locations, options, &prepared, NULL), DM_OK);
    double metres = distance(metric, prepared, 0, 1);
    metric->dispose(prepared);
    dm_locations_free(&locations);
    return metres;
}

/* Random numbers of every size: sign * 10^-330..15. */
static struct dm_locations random_planar(size_t count, uint64_t seed)
{
    struct random random = {seed};
    double *points = malloc((2 * count + 1) * sizeof *points);
    assert_non_null(points);
    for (size_t i = 0; i < 2 * count; i++) {
        points[i] = random_between(&random, -1, 1) * DM_PLANAR_MAX_M;
        if (random_below(&random, 3) == 0)
            for (uint64_t cut = random_below(&random, 35); cut > 0; cut--)
                points[i] *= 1e-10;
    }
    struct dm_locations locations = planar_at(points, count);
    free(points);
    return locations;
}

struct dm_locations random_locations_for(const struct dm_metric *metric, size_t count,
                                         uint64_t seed)
{
    return metric->coordinates == DM_PLANAR ? random_planar(count, seed)
                                            : random_locations(count, seed);
}

static const double awkward_degrees[] = {
    90,         0,      90,      77.7,        -90,        0,    -90,         -123,  0,   0,
    -0.0,       -0.0,   0,       180,         0,          -180, 0,           90,    0,   -90,
    45,         180,    45,      -180,        -45,        0,    30,          40,    -30, -140,
    30.0000001, 40,     30,      40.0000001,  30,         40,   0,           179.4, 0,   179.9,
    1e-300,     5e-324, -1e-300, 0,           89.9999999, 10,   -89.9999999, -170,  0.5, -179.75,
    -0.5,       0.25,   23.4,    -179.999999, -23.4,      1e-6, 90,          -180,  -90, 180,
};

static const double awkward_metres[] = {
    0,       0,       -0.0,   0.0,     5e-324, 0,       0,      -5e-324, 1e-320, 3e-315,
    1e-300,  -1e-300, 1e-163, 1e-163,  1e-90,  1e-91,   1e-91,  0,       -1e-90, 1e-90,
    4.9e-91, 0,       500000, 4649776, 500000, 4649776, 500001, 4649776, 1e15,   1e15,
    -1e15,   -1e15,   1e15,   -1e15,   1e15,   0,       0,      -1e15,   1e15,   5e-324,
    1,       1e-16,   1e8,    1e-8,    1e7,    -3e7,    -1,     -1,      0.1,    0.2,
};

struct dm_locations awkward_locations_for(const struct dm_metric *metric)
{
    enum { RANDOM = 60 };
    bool planar = metric->coordinates == DM_PLANAR;
    const double *special = planar ? awkward_metres : awkward_degrees;
    size_t bytes = planar ? sizeof awkward_metres : sizeof awkward_degrees;
    size_t count = bytes / sizeof *special / 2;
    double points[sizeof awkward_degrees / sizeof(double) + sizeof awkward_metres / sizeof(double) +
                  2 * RANDOM];
    struct dm_locations random = random_locations_for(metric, RANDOM, 6);
    memcpy(points, special, bytes);
    for (size_t i = 0; i < RANDOM; i++) {
        points[2 * (count + i)] = planar ? random.x_m[i] : random.lat_deg[i];
        points[2 * (count + i) + 1] = planar ? random.y_m[i] : random.lon_deg[i];
    }
    dm_locations_free(&random);
    return planar ? planar_at(points, count + RANDOM) : locations_at(points, count + RANDOM);
}

struct dm_locations regional_locations(size_t count, double size_deg, uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations locations = random_locations(count, seed);
    double lat = random_between(&random, -70, 70), lon = random_between(&random, -180, 180);
    double wider = 1 / cos(lat * (3.14159265358979323846 / 180));
    for (size_t i = 0; i < count; i++) {
        double east = random_between(&random, -0.5, 0.5) * size_deg * wider;
        locations.lat_deg[i] = lat + random_between(&random, -0.5, 0.5) * size_deg;
        locations.lon_deg[i] = remainder(lon + east, 360);
    }
    return locations;
}

struct dm_locations degenerate_locations(void)
{
    static const double lats[] = {-90,    -89.9999999, -45, -30,  -1e-9, -0.0, 0,
                                  1e-300, 1e-12,       0.3, 29.9, 30,    45,   90};
    static const double lons[] = {-180, -179.9999, -150, -90, -1e-9, 0,      5e-324,
                                  1e-6, 29.5,      30,   90,  179.3, 179.42, 180};
    enum { LATS = sizeof lats / sizeof *lats, LONS = sizeof lons / sizeof *lons };
    double degrees[2 * LATS * LONS];
    for (size_t i = 0; i < LATS; i++) {
        for (size_t j = 0; j < LONS; j++) {
            degrees[2 * (i * LONS + j)] = lats[i];
            degrees[2 * (i * LONS + j) + 1] = lons[j];
        }
    }
    return locations_at(degrees, LATS * LONS);
}

struct dm_locations opposite_locations(size_t count, uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations locations = random_locations(count, seed);
    for (size_t i = 0; i < count; i++) {
        bool here = i < count / 2;
        double size_deg = 2 * pow(8, random_between(&random, -1, 1)); /* to 16, of 32 degrees */
        double azimuth = random_between(&random, 0, 6.28);
        locations.lat_deg[i] = (here ? 20 : -20) + size_deg * sin(azimuth);
        locations.lon_deg[i] = (here ? 10 : -170) + size_deg * cos(azimuth);
        locations.lon_deg[i] = remainder(locations.lon_deg[i], 360);
    }
    return locations;
}
