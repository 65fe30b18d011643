/* The straight-line distance in the plane. */
#include "base/stop.h"
#include "base/try.h"
#include "metric/columns.h"
#include "metric/extent.h"
#include "metric/kernel/kernels.h"

#include <dmatrix/metric.h>

#include <math.h>
#include <stdlib.h>

struct dm_prepared {
    const struct dm_kernels *kernels;
    struct dm_plane_points points; /* one allocation, which begins at points.x_m */
    struct dm_extent x_m, y_m;
};

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->points.x_m);
    free(prepared);
}

static enum dm_status add(struct dm_prepared *prepared, const struct dm_locations *locations,
                          size_t i, struct dm_error *error)
{
    double x_m = locations->x_m[i], y_m = locations->y_m[i];
    if (!(fabs(x_m) <= DM_PLANAR_MAX_M && fabs(y_m) <= DM_PLANAR_MAX_M))
        return dm_fail(error, DM_DATA, "location %zu: x %g or y %g is outside -%g..%g m", i + 1,
                       x_m, y_m, DM_PLANAR_MAX_M, DM_PLANAR_MAX_M);
    prepared->points.x_m[i] = x_m;
    prepared->points.y_m[i] = y_m;
    dm_extent_add(&prepared->x_m, x_m);
    dm_extent_add(&prepared->y_m, y_m);
    return DM_OK;
}

static enum dm_status add_all(struct dm_prepared *prepared, const struct dm_locations *locations,
                              const dm_flag *stop, struct dm_error *error)
{
    for (size_t i = 0; i < locations->count; i++) {
        if (dm_stop_asked_at(stop, i))
            return dm_fail(error, DM_STOPPED, "stopped while preparing the locations");
        DM_TRY(add(prepared, locations, i, error));
    }
    return DM_OK;
}

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    double *memory;
    size_t stride;
    const struct dm_kernels *kernels;
    struct dm_prepared *new = NULL;
    DM_TRY(dm_kernels_choose(options->isa, &kernels, error));
    DM_TRY(dm_prepared_make(sizeof *new, locations->count, 2, &new, &memory, &stride, error));
    *new = (struct dm_prepared){.kernels = kernels,
                                .points = {memory, memory + stride},
                                .x_m = dm_extent_empty(),
                                .y_m = dm_extent_empty()};
    enum dm_status status = add_all(new, locations, options->stop, error);
    if (status == DM_OK)
        *prepared = new;
    else
        dispose(new);
    return status;
}

static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *restrict metres)
{
    origins->kernels->euclidean(&origins->points, &destinations->points, origin, first, count,
                                metres);
}

static struct dm_embedding embed(const struct dm_metric_options *options,
                                 const struct dm_locations *locations, size_t begin, size_t end,
                                 double (*vectors)[3])
{
    (void)options;
    for (size_t i = begin; i < end; i++) {
        vectors[i - begin][0] = locations->x_m[i];
        vectors[i - begin][1] = locations->y_m[i];
        vectors[i - begin][2] = 0;
    }
    return (struct dm_embedding){false, 1, 1};
}

/* Return the diagonal of the box around both sets, plus rounding. hypot() does not underflow if the
 * sides are so short that their squares would. */
static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    double x_m = dm_extent_max_diff(origins->x_m, destinations->x_m);
    double y_m = dm_extent_max_diff(origins->y_m, destinations->y_m);
    double diagonal_m = hypot(x_m, y_m) * (1 + 1e-15);
    return nextafter(diagonal_m, INFINITY);
}

const struct dm_metric dm_metric_euclidean = {
    .name = "euclidean",
    .summary = "straight line between projected x, y in metres",
    .coordinates = DM_PLANAR,
    .prepare = prepare,
    .fill = fill,
    .longest = longest,
    .dispose = dispose,
    .embed = embed,
};
