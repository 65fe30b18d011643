#include "testing/uneven.h"

#include "base/mix.h"
#include "metric/degrees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define STEP 0.05 /* between the factors of distances */

enum { FACTORS = 4 };

struct point {
    double vector[3];
    uint64_t bits; /* a hash of the coordinates */
};

struct dm_prepared {
    double radius_m;
    struct point *points;
};

static double radius_of(const struct dm_metric_options *options)
{
    return options->radius_m > 0 ? options->radius_m : DM_EARTH_RADIUS_M;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void to_vector(const struct dm_locations *locations, size_t i, double *vector)
{
    struct dm_sine_cosine lat = dm_sine_cosine_deg(locations->lat_deg[i]);
    struct dm_sine_cosine lon = dm_sine_cosine_deg(locations->lon_deg[i]);
    vector[0] = lat.cosine * lon.cosine;
    vector[1] = lat.cosine * lon.sine;
    vector[2] = lat.sine;
}

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    struct dm_prepared *new = malloc(sizeof *new);
    (void)error;
    if (!new)
        return DM_MEMORY;
    new->radius_m = radius_of(options);
    new->points = malloc((locations->count + 1) * sizeof *new->points);
    if (!new->points) {
        free(new);
        return DM_MEMORY;
    }
    for (size_t i = 0; i < locations->count; i++) {
        to_vector(locations, i, new->points[i].vector);
        new->points[i].bits =
            dm_mix(bits_of(locations->lat_deg[i]) + 3 * bits_of(locations->lon_deg[i]));
    }
    *prepared = new;
    return DM_OK;
}

static void dispose(struct dm_prepared *prepared)
{
    if (prepared)
        free(prepared->points);
    free(prepared);
}

static double angle(const double *a, const double *b)
{
    double apart = 0, together = 0;
    for (int axis = 0; axis < 3; axis++) {
        apart += (a[axis] - b[axis]) * (a[axis] - b[axis]);
        together += (a[axis] + b[axis]) * (a[axis] + b[axis]);
    }
    return 2 * atan2(sqrt(apart), sqrt(together));
}

static double from_to(double radius_m, const struct point *from, const struct point *to)
{
    double factor = 1 + STEP * (double)(dm_mix(from->bits + 5 * to->bits) % FACTORS);
    return radius_m * angle(from->vector, to->vector) * factor;
}

static void fill_reversed(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, size_t reversed,
                          double *metres)
{
    const struct point *from = &origins->points[origin];
    for (size_t i = 0; i < count; i++) {
        const struct point *to = &destinations->points[first + i];
        metres[i] = i < reversed ? from_to(origins->radius_m, to, from)
                                 : from_to(origins->radius_m, from, to);
    }
}

/* Within one set, compute each pair from its lower index to its higher one. */
static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *metres)
{
    size_t reversed = 0;
    if (origins == destinations && first < origin)
        reversed = origin - first < count ? origin - first : count;
    fill_reversed(origins, destinations, origin, first, count, reversed, metres);
}

static void fill_symmetric(const struct dm_prepared *origins,
                           const struct dm_prepared *destinations, size_t origin, size_t first,
                           size_t count, double *metres)
{
    const struct point *a = &origins->points[origin];
    for (size_t i = 0; i < count; i++) {
        const struct point *b = &destinations->points[first + i];
        metres[i] =
            a->bits < b->bits ? from_to(origins->radius_m, a, b) : from_to(origins->radius_m, b, a);
    }
}

static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    (void)destinations;
    return origins->radius_m * PI * (1 + FACTORS * STEP);
}

static struct dm_embedding embed(const struct dm_metric_options *options,
                                 const struct dm_locations *locations, size_t begin, size_t end,
                                 double (*vectors)[3])
{
    double radius_m = radius_of(options);
    for (size_t i = begin; i < end; i++)
        to_vector(locations, i, vectors[i - begin]);
    return (struct dm_embedding){true, radius_m, radius_m * (1 + (FACTORS - 1) * STEP)};
}

#define COMMON                                                                                     \
    .coordinates = DM_GEOGRAPHIC, .uses = DM_FIELD_BIT(DM_FIELD_RADIUS), .prepare = prepare,       \
    .longest = longest, .dispose = dispose

const struct dm_metric metric_uneven = {.name = "uneven",
                                        .summary = "with vectors, depends on the direction",
                                        COMMON,
                                        .fill = fill,
                                        .fill_reversed = fill_reversed,
                                        .embed = embed};

const struct dm_metric metric_symmetric = {.name = "symmetric",
                                           .summary = "with vectors, the same in both directions",
                                           COMMON,
                                           .fill = fill_symmetric,
                                           .embed = embed};

const struct dm_metric metric_unembedded = {.name = "unembedded",
                                            .summary = "without vectors, depends on the direction",
                                            COMMON,
                                            .fill = fill};

const struct dm_metric *const user_metrics[] = {&metric_uneven, &metric_symmetric,
                                                &metric_unembedded, NULL};
