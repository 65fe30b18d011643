/* The great-circle distance on a sphere. */
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

#define PI_L 3.141592653589793238462643383279502884L

struct dm_prepared {
    const struct dm_kernels *kernels;
    struct dm_half_vectors half; /* one allocation, which begins at half.x */
    struct dm_sphere sphere;
    struct dm_box box;
};

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->half.x);
    free(prepared);
}

static struct dm_sphere sphere_of(double radius_m)
{
    long double exact = PI_L / 2 * radius_m;
    double nearest = (double)exact;
    return (struct dm_sphere){radius_m, nearest, (double)((exact - nearest) / nearest)};
}

static void convert(const struct dm_locations *locations, size_t i, struct dm_half_vectors *half)
{
    struct dm_sine_cosine lat = dm_sine_cosine_deg(locations->lat_deg[i]);
    struct dm_sine_cosine lon = dm_sine_cosine_deg(locations->lon_deg[i]);
    half->x[i] = 0.5 * (lat.cosine * lon.cosine);
    half->y[i] = 0.5 * (lat.cosine * lon.sine);
    half->z[i] = 0.5 * lat.sine;
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
    DM_TRY(dm_prepared_make(sizeof *new, locations->count, 3, &new, &memory, &stride, error));
    new->kernels = kernels;
    new->half = (struct dm_half_vectors){memory, memory + stride, memory + 2 * stride};
    new->sphere = sphere_of(radius_m);
    new->box = dm_box_empty();
    for (size_t i = 0; i < locations->count; i++) {
        if (dm_stop_asked_at(options->stop, i)) {
            dispose(new);
            return dm_fail(error, DM_STOPPED, "stopped while preparing the locations");
        }
        convert(locations, i, &new->half);
        dm_box_add(&new->box, locations->lat_deg[i], locations->lon_deg[i]);
    }
    *prepared = new;
    return DM_OK;
}

static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *restrict metres)
{
    origins->kernels->haversine(&origins->half, &destinations->half, origin, first, count,
                                &origins->sphere, metres);
}

static struct dm_embedding embed(const struct dm_metric_options *options,
                                 const struct dm_locations *locations, size_t begin, size_t end,
                                 double (*vectors)[3])
{
    double radius_m = options->radius_m > 0 ? options->radius_m : DM_EARTH_RADIUS_M;
    for (size_t i = begin; i < end; i++)
        dm_unit_vector(dm_sine_cosine_deg(locations->lat_deg[i]),
                       dm_sine_cosine_deg(locations->lon_deg[i]), vectors[i - begin]);
    return (struct dm_embedding){true, radius_m, radius_m};
}

static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    double quarter_turn_m = origins->sphere.quarter_turn_m;
    double bound_m = quarter_turn_m / 90 * dm_box_max_arc_deg(&origins->box, &destinations->box);
    return fmin(2 * quarter_turn_m * (1 + 1e-15), bound_m); /* half a turn, and rounding */
}

const struct dm_metric dm_metric_haversine = {
    .name = "haversine",
    .summary = "great circle on a sphere, by default of radius 6371.0088 km",
    .coordinates = DM_GEOGRAPHIC,
    .uses = DM_FIELD_BIT(DM_FIELD_RADIUS),
    .prepare = prepare,
    .fill = fill,
    .longest = longest,
    .dispose = dispose,
    .embed = embed,
};
