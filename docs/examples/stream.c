/* The farthest location from each in a CSV file: n * n distances go by, and none is kept. */
#include <dmatrix/dmatrix.h>

#include <stdio.h>
#include <stdlib.h>

struct farthest {
    size_t location;
    double metres;
};

/* A piece of the row of one origin. */
static enum dm_status take(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    struct farthest *farthest = (struct farthest *)context + segment->origin;
    (void)error;
    for (size_t i = 0; i < segment->count; i++) {
        size_t location = dm_segment_destination(segment, i);
        if (segment->distances[i] > farthest->metres)
            *farthest = (struct farthest){location, segment->distances[i]};
    }
    return DM_OK;
}

static void print_name(const struct dm_locations *locations, size_t index)
{
    size_t length;
    const char *name = dm_location_name(locations, index, &length);
    fwrite(name, 1, length, stdout);
}

static enum dm_status find(const struct dm_locations *locations, struct dm_error *error)
{
    struct farthest *farthest = calloc(locations->count, sizeof *farthest);
    if (!farthest)
        return dm_fail_memory(error, "the farthest");
    struct dm_points points = {locations->count, locations->lat_deg, locations->lon_deg};
    struct dm_matrix_options options = {.metric = &dm_metric_geodesic};
    struct dm_sink sink = {take, farthest};
    enum dm_status status = dm_distance_stream(&points, NULL, &options, &sink, error);
    for (size_t i = 0; status == DM_OK && i < locations->count; i++) {
        print_name(locations, i);
        printf(" - ");
        print_name(locations, farthest[i].location);
        printf(": %.3f km\n", farthest[i].metres / 1000);
    }
    free(farthest);
    return status;
}

int main(int argc, char **argv)
{
    struct dm_error error;
    struct dm_load_notes notes;
    struct dm_locations locations = {0};
    enum dm_status status = dm_load_csv(argc > 1 ? argv[1] : "-", &(struct dm_load_options){0},
                                        &locations, &notes, &error);
    if (status == DM_OK)
        status = find(&locations, &error);
    dm_locations_free(&locations);
    if (status != DM_OK)
        fprintf(stderr, "%s\n", error.message);
    return status != DM_OK;
}
