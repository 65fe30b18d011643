/* The distance on a flat map around the mean latitude of each pair, for areas so small that their
 * curvature is negligible. Between the poles or across a pole, it is the distance on that map, not
 * on the sphere. */
#include "base/stop.h"
#include "base/try.h"
#include "metric/columns.h"
#include "metric/degrees.h"
#include "metric/extent.h"
#include "metric/kernel/kernels.h"
#include "metric/sphere.h"

#include <dmatrix/metric.h>

#include <math.h>
#include <stdlib.h>

#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)

struct dm_prepared {
    const struct dm_kernels *kernels;
    struct dm_sphere_points points; /* one allocation, which begins at points.lat_deg */
    double degree_m;
    struct dm_box box;
};

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->points.lat_deg);
    free(prepared);
}

static void convert(struct dm_prepared *prepared, const struct dm_locations *locations, size_t i)
{
    double lat_deg = locations->lat_deg[i], lon_deg = locations->lon_deg[i];
    prepared->points.lat_deg[i] = lat_deg;
    prepared->points.lon_deg[i] = lon_deg;
    prepared->points.north[i] = dm_sine_cosine_deg((90 - lat_deg) / 2).sine;
    prepared->points.south[i] = dm_sine_cosine_deg((90 + lat_deg) / 2).sine;
    dm_box_add(&prepared->box, lat_deg, lon_deg);
}

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    double radius_m, *memory;
    size_t stride;
    const struct dm_kernels *kernels;
    struct dm_prepared *new = NULL;
    DM_TRY(dm_sphere_radius(options, &radius_m, error));
    DM_TRY(dm_kernels_choose(options->isa, &kernels, error));
    DM_TRY(dm_prepared_make(sizeof *new, locations->count, 4, &new, &memory, &stride, error));
    *new = (struct dm_prepared){
        .kernels = kernels,
        .points = {memory, memory + stride, memory + 2 * stride, memory + 3 * stride},
        .degree_m = radius_m * RADIANS_PER_DEGREE,
        .box = dm_box_empty(),
    };
    for (size_t i = 0; i < locations->count; i++) {
        if (dm_stop_asked_at(options->stop, i)) {
            dispose(new);
            return dm_fail(error, DM_STOPPED, "stopped while preparing the locations");
        }
        convert(new, locations, i);
    }
    *prepared = new;
    return DM_OK;
}

static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *restrict metres)
{
    origins->kernels->equirectangular(&origins->points, &destinations->points, origin, first, count,
                                      origins->degree_m, metres);
}

/* Return the largest cosine of a mean latitude, that of the mean nearest to the equator. */
static double largest_cosine(struct dm_extent a, struct dm_extent b)
{
    double south_deg = (a.low + b.low) / 2, north_deg = (a.high + b.high) / 2;
    double nearest_deg = fmax(0, fmax(south_deg, -north_deg));
    return dm_sine_cosine_deg(nearest_deg).cosine;
}

static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    const struct dm_box *a = &origins->box, *b = &destinations->box;
    if (dm_box_is_empty(a) || dm_box_is_empty(b))
        return 0;
    double x = dm_box_max_lon_deg(a, b) * largest_cosine(a->lat_deg, b->lat_deg);
    return origins->degree_m * hypot(x, dm_extent_max_diff(a->lat_deg, b->lat_deg)) * (1 + 1e-14);
}

const struct dm_metric dm_metric_equirectangular = {
    .name = "equirectangular",
    .summary = "flat map around the mean latitude, for small areas",
    .coordinates = DM_GEOGRAPHIC,
    .uses = DM_FIELD_BIT(DM_FIELD_RADIUS),
    .trusted_m = 500e3,
    .caution = "can be off by more than 0.1 % at latitude 60, and by far more near the poles",
    .prepare = prepare,
    .fill = fill,
    .longest = longest,
    .dispose = dispose,
};
