/* A metric of one's own, handed in as an object: city blocks, |x1 - x2| + |y1 - y2|. */
#include <dmatrix/dmatrix.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* What it needs to know of a set of points: each metric has its own struct of this name. */
struct dm_prepared {
    size_t count;
    double farthest; /* from 0, of all x and y */
    double xy[];
};

static enum dm_status prepare(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error)
{
    (void)options;
    struct dm_prepared *new = malloc(sizeof *new + 2 * locations->count * sizeof *new->xy);
    if (!new)
        return dm_fail_memory(error, "the points");
    *new = (struct dm_prepared){.count = locations->count};
    for (size_t i = 0; i < locations->count; i++) {
        new->xy[2 * i] = locations->x_m[i];
        new->xy[2 * i + 1] = locations->y_m[i];
        new->farthest = fmax(new->farthest, fmax(fabs(locations->x_m[i]), fabs(locations->y_m[i])));
    }
    *prepared = new;
    return DM_OK;
}

/* Called in many threads at once. */
static void fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *metres)
{
    const double *from = origins->xy + 2 * origin, *to = destinations->xy + 2 * first;
    for (size_t i = 0; i < count; i++)
        metres[i] = fabs(to[2 * i] - from[0]) + fabs(to[2 * i + 1] - from[1]);
}

static double longest(const struct dm_prepared *origins, const struct dm_prepared *destinations)
{
    return 2 * (origins->farthest + destinations->farthest);
}

static void dispose(struct dm_prepared *prepared)
{
    free(prepared);
}

static const struct dm_metric city_blocks = {
    .name = "city-blocks",
    .summary = "along the axes of the plane",
    .coordinates = DM_PLANAR,
    .prepare = prepare,
    .fill = fill,
    .longest = longest,
    .dispose = dispose,
};

int main(void)
{
    double x[] = {0, 300, 300}, y[] = {0, 0, 400}, metres[3];
    struct dm_points corners = {3, y, x};
    struct dm_matrix_options options = {.metric = &city_blocks, .shape = &dm_shape_pairs};
    struct dm_error error;
    if (dm_distance_matrix(&corners, NULL, &options, metres, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    printf("%g %g %g\n", metres[0], metres[1], metres[2]);
    return 0;
}
