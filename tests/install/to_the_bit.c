/* The square of distances between the locations of a CSV file, in km, as bytes on standard output:
 * what the command writes as npy, without the header.
 *
 *     to_the_bit LOCATIONS.csv METRIC EXECUTOR
 */
#include <dmatrix/dmatrix.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct dm_locations locations;
    struct dm_load_notes notes;
    struct dm_error error = {.message = "three words are expected"};
    struct dm_matrix_options options = {.unit = &dm_unit_km, .executor_options.threads = 2};
    if (argc != 4 || dm_metric_find(argv[2], &options.metric, &error) != DM_OK ||
        dm_executor_find(argv[3], &options.executor, &error) != DM_OK ||
        dm_load_csv(argv[1], &(struct dm_load_options){0}, &locations, &notes, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    struct dm_points points = {locations.count, locations.lat_deg, locations.lon_deg};
    size_t count = locations.count * locations.count;
    double *distances = malloc(count * sizeof *distances);
    if (!distances || dm_distance_matrix(&points, NULL, &options, distances, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    bool written = fwrite(distances, sizeof *distances, count, stdout) == count;
    free(distances);
    dm_locations_free(&locations);
    return fflush(stdout) == 0 && written ? 0 : 1;
}
