/* The shortest distance on an ellipsoid of revolution. The kernel computes it on ellipsoids like
 * the Earth; on others the scalar solver does, one pair at a time. */
#include "base/stop.h"
#include "base/try.h"
#include "metric/columns.h"
#include "metric/degrees.h"
#include "metric/extent.h"
#include "metric/geodesic_expansion.h"
#include "metric/kernel/kernels.h"

#include <dmatrix/metric.h>

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

enum { KERNEL_COLUMNS = 9 + DM_END_TERMS, SOLVER_COLUMNS = 2 };

struct dm_prepared {
    const struct dm_kernels *kernels; /* NULL: use the scalar solver */
    struct dm_geodesic solver;
    struct dm_geodesic_expansion expansion;
    struct dm_geodesic_ends ends;
    struct dm_geodesic_points points; /* one allocation, which begins at points.lat_deg; with the
                                       * scalar solver only latitudes and longitudes */
    struct dm_box box;
};

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->points.lat_deg);
    free(prepared);
}

/* Set the columns, which are `stride` entries apart. */
static void set_columns(double *memory, size_t stride, bool use_kernel,
                        struct dm_geodesic_points *points)
{
    *points = (struct dm_geodesic_points){.lat_deg = memory, .lon_deg = memory + stride};
    if (!use_kernel)
        return;
    double **const columns[] = {&points->sine,       &points->cosine, &points->sine_lon,
                                &points->cosine_lon, &points->x,      &points->y};
    memory += 2 * stride;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++, memory += stride)
        *columns[i] = memory;
    for (size_t i = 0; i < DM_END_TERMS; i++, memory += stride)
        points->end[i] = memory;
    points->guess_end = (float *)memory;
}

/* Return a coefficient of E(sin b; z), that of one power of z. */
static double end_of(const double powers[DM_END_POWERS], double sine)
{
    double square = sine * sine, sum = 0;
    for (int i = DM_END_POWERS - 1; i >= 0; i--)
        sum = sum * square + powers[i];
    return sum * sine;
}

/* Return sine and cosine of the reduced latitude b, tan b = (1 - f) tan(latitude). */
static struct dm_sine_cosine reduced_latitude(double lat_deg, double f)
{
    struct dm_sine_cosine lat = dm_sine_cosine_deg(lat_deg);
    double flattened = (1 - f) * lat.sine;
    double scale = hypot(flattened, lat.cosine);
    return (struct dm_sine_cosine){flattened / scale, lat.cosine / scale};
}

/* Prepare point i for the kernel. */
static void convert(struct dm_prepared *prepared, size_t i)
{
    struct dm_geodesic_points *points = &prepared->points;
    struct dm_sine_cosine lat = reduced_latitude(points->lat_deg[i], prepared->solver.f);
    struct dm_sine_cosine lon = dm_sine_cosine_deg(points->lon_deg[i]);
    points->sine[i] = lat.sine;
    points->cosine[i] = lat.cosine;
    points->sine_lon[i] = lon.sine;
    points->cosine_lon[i] = lon.cosine;
    points->x[i] = lat.cosine * lon.cosine;
    points->y[i] = lat.cosine * lon.sine;
    for (int k = 0; k < DM_END_TERMS; k++)
        points->end[k][i] = end_of(prepared->ends.end[k], lat.sine);
    points->guess_end[i] = (float)(prepared->ends.guess_end * lat.sine);
}

static enum dm_status prepare_points(const struct dm_locations *locations, const dm_flag *stop,
                                     struct dm_prepared *prepared, struct dm_error *error)
{
    bool use_kernel = prepared->kernels != NULL;
    for (size_t i = 0; i < locations->count; i++) {
        if (dm_stop_asked_at(stop, i))
            return dm_fail(error, DM_STOPPED, "stopped while preparing the locations");
        prepared->points.lat_deg[i] = locations->lat_deg[i];
        prepared->points.lon_deg[i] = locations->lon_deg[i];
        dm_box_add(&prepared->box, locations->lat_deg[i], locations->lon_deg[i]);
        if (use_kernel)
            convert(prepared, i);
    }
    return DM_OK;
}

static const struct dm_ellipsoid *ellipsoid_of(const struct dm_metric_options *options)
{
    bool given = options->ellipsoid.a_m != 0 || options->ellipsoid.rf != 0;
    return given ? &options->ellipsoid : &dm_ellipsoid_wgs84;
}

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    const struct dm_ellipsoid *ellipsoid = ellipsoid_of(options);
    double f = dm_flattening(ellipsoid);
    bool use_kernel = dm_geodesic_kernel_accurate(f);
    double *memory;
    size_t stride;
    const struct dm_kernels *kernels;
    struct dm_prepared *new = NULL;
    DM_TRY(dm_ellipsoid_check(ellipsoid, error));
    DM_TRY(dm_kernels_choose(options->isa, &kernels, error));
    DM_TRY(dm_prepared_make(sizeof *new, locations->count,
                            use_kernel ? KERNEL_COLUMNS : SOLVER_COLUMNS, &new, &memory, &stride,
                            error));
    set_columns(memory, stride, use_kernel, &new->points);
    new->box = dm_box_empty();
    dm_geodesic_init(&new->solver, ellipsoid->a_m, f);
    if (use_kernel) {
        new->kernels = kernels;
        dm_geodesic_expand(ellipsoid->a_m, f, &new->expansion, &new->ends);
    }
    enum dm_status status = prepare_points(locations, options->stop, new, error);
    if (status != DM_OK) {
        dispose(new);
        return status;
    }
    *prepared = new;
    return DM_OK;
}

static void fill_reversed(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, size_t reversed,
                          double *restrict metres)
{
    const struct dm_geodesic_points *from = &origins->points, *to = &destinations->points;
    if (origins->kernels) {
        origins->kernels->geodesic(&origins->expansion, &origins->solver, from, to, origin, first,
                                   count, reversed, metres);
        return;
    }
    for (size_t i = 0; i < count; i++) /* the same bits in both directions */
        metres[i] =
            dm_geodesic_inverse_m(&origins->solver, from->lat_deg[origin], from->lon_deg[origin],
                                  to->lat_deg[first + i], to->lon_deg[first + i]);
}

/* Within one set, compute each pair from its lower index to its higher one. */
static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *restrict metres)
{
    size_t reversed = 0;
    if (origins == destinations && first < origin)
        reversed = origin - first < count ? origin - first : count;
    fill_reversed(origins, destinations, origin, first, count, reversed, metres);
}

/* Write unit vectors of the reduced latitudes. docs/nearest.md proves the bounds. */
static struct dm_embedding embed(const struct dm_metric_options *options,
                                 const struct dm_locations *locations, size_t begin, size_t end,
                                 double (*vectors)[3])
{
    const struct dm_ellipsoid *ellipsoid = ellipsoid_of(options);
    double f = dm_flattening(ellipsoid), a_m = ellipsoid->a_m, b_m = (1 - f) * a_m;
    for (size_t i = begin; i < end; i++)
        dm_unit_vector(reduced_latitude(locations->lat_deg[i], f),
                       dm_sine_cosine_deg(locations->lon_deg[i]), vectors[i - begin]);
    return (struct dm_embedding){true, fmin(a_m, b_m), fmax(a_m, b_m)};
}

/* Return an upper bound of the distances: half the longer great ellipse, or a parallel plus a
 * meridian, whose radius of curvature is at most long^2 / short. */
static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    double a_m = origins->solver.a_m, b_m = origins->solver.b_m, long_m = fmax(a_m, b_m);
    double arc = dm_box_max_arc_deg(&origins->box, &destinations->box) * (PI / 180);
    return fmin(PI * long_m * (1 + 1e-15), long_m / fmin(a_m, b_m) * long_m * arc);
}

const struct dm_metric dm_metric_geodesic = {
    .name = "geodesic",
    .summary = "shortest path on an ellipsoid, by default WGS84",
    .coordinates = DM_GEOGRAPHIC,
    .uses = DM_FIELD_BIT(DM_FIELD_ELLIPSOID),
    .prepare = prepare,
    .fill = fill,
    .longest = longest,
    .dispose = dispose,
    .embed = embed,
    .fill_reversed = fill_reversed,
};
