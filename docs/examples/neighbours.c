/* The three nearest other places of each in a CSV file, and how many are within 100 km. */
#include <dmatrix/dmatrix.h>

#include <stdio.h>

static void print_name(const struct dm_locations *locations, size_t index)
{
    size_t length;
    const char *name = dm_location_name(locations, index, &length);
    fwrite(name, 1, length, stdout);
}

static void print(const struct dm_locations *locations, const struct dm_neighbour_lists *nearest,
                  const struct dm_neighbour_lists *near)
{
    for (size_t i = 0; i < nearest->origins; i++) {
        print_name(locations, i);
        printf(" (%lld within 100 km):", (long long)(near->row_begin[i + 1] - near->row_begin[i]));
        for (int64_t k = nearest->row_begin[i]; k < nearest->row_begin[i + 1]; k++) {
            printf(" ");
            print_name(locations, (size_t)nearest->destinations[k]);
            printf(" %.3f", nearest->distances[k]);
        }
        printf("\n");
    }
}

static enum dm_status find(const struct dm_locations *locations, struct dm_error *error)
{
    struct dm_points points = {locations->count, locations->lat_deg, locations->lon_deg};
    struct dm_matrix_options options = {.metric = &dm_metric_geodesic, .unit = &dm_unit_km};
    struct dm_neighbour_lists nearest = {0}, near = {0};
    enum dm_status status = dm_nearest(&points, NULL, 3, &options, &nearest, error);
    if (status == DM_OK)
        status = dm_within(&points, NULL, 100, &options, &near, error);
    if (status == DM_OK)
        print(locations, &nearest, &near);
    dm_neighbour_lists_free(&nearest);
    dm_neighbour_lists_free(&near);
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
