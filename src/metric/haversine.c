/* The distance along the great circle of a sphere. */
#include "metric/haversine.h"

#include "base/checked.h"
#include "base/stop.h"
#include "metric/degrees.h"

#include <dmatrix/metric.h>

#include <stdlib.h>
#include <string.h>

#define RADIUS_MAX_M 1e15 /* keeps every distance an ordinary number */

struct dm_prepared {
    struct dm_half_vectors half; /* in one allocation, which begins at half.x */
    double radius_m;
};

static enum dm_status allocate(size_t count, struct dm_prepared **prepared, struct dm_error *error)
{
    size_t column, bytes;
    struct dm_prepared *new = malloc(sizeof *new);
    bool fits = dm_add_size(count, DM_LANES, &column) &&
                dm_multiply_size(column, 3 * sizeof(double), &bytes);
    double *memory = fits ? malloc(bytes) : NULL;
    if (!new || !memory) {
        free(new);
        free(memory);
        return dm_fail_memory(error, "the locations' vectors");
    }
    new->half = (struct dm_half_vectors){memory, memory + column, memory + 2 * column};
    for (size_t i = count; i < column; i++)
        new->half.x[i] = new->half.y[i] = new->half.z[i] = 0;
    *prepared = new;
    return DM_OK;
}

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->half.x);
    free(prepared);
}

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    double radius_m = options->radius_m == 0 ? DM_EARTH_RADIUS_M : options->radius_m;
    if (!(radius_m > 0 && radius_m <= RADIUS_MAX_M))
        return dm_fail(error, DM_USAGE, "a sphere cannot have a radius of %g m", radius_m);
    struct dm_prepared *new = NULL;
    enum dm_status status = allocate(locations->count, &new, error);
    if (status != DM_OK)
        return status;
    new->radius_m = radius_m;
    for (size_t i = 0; i < locations->count; i++) {
        if (dm_stop_asked_at(options->stop, i)) {
            dispose(new);
            return dm_fail(error, DM_STOPPED, "stopped while preparing the locations");
        }
        struct dm_sine_cosine lat = dm_sine_cosine_deg(locations->lat_deg[i]);
        struct dm_sine_cosine lon = dm_sine_cosine_deg(locations->lon_deg[i]);
        new->half.x[i] = 0.5 * (lat.cosine * lon.cosine);
        new->half.y[i] = 0.5 * (lat.cosine * lon.sine);
        new->half.z[i] = 0.5 * lat.sine;
    }
    *prepared = new;
    return DM_OK;
}

static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *restrict metres)
{
    const struct dm_half_vectors *from = &origins->half, *to = &destinations->half;
    double x = from->x[origin], y = from->y[origin], z = from->z[origin];

    size_t whole = count / DM_LANES * DM_LANES;
    struct dm_half_vectors at = {to->x + first, to->y + first, to->z + first};
    dm_haversine_kernel(x, y, z, &at, whole, origins->radius_m, metres);

    /* The rest goes through the very same code in a group of its own, so that its bits do not
     * depend on where the row was cut. */
    size_t rest = count - whole;
    if (rest > 0) {
        double group[DM_LANES];
        at = (struct dm_half_vectors){at.x + whole, at.y + whole, at.z + whole};
        dm_haversine_kernel(x, y, z, &at, DM_LANES, origins->radius_m, group);
        memcpy(metres + whole, group, rest * sizeof *group);
    }
}

const struct dm_metric dm_metric_haversine = {
    .name = "haversine",
    .summary = "great circle on a sphere of 6371.0088 km",
    .coordinates = DM_GEOGRAPHIC,
    .prepare = prepare,
    .fill = fill,
    .dispose = dispose,
};
