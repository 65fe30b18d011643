#include "testing/world.h"

#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>

int world_make(void **state)
{
    struct world *world = malloc(sizeof *world);
    world->folder = make_folder();
    world->origins = path_in(world->folder, "origins.csv");
    world->destinations = path_in(world->folder, "destinations.csv");
    world->output = path_in(world->folder, "output");
    *state = world;
    return 0;
}

int world_clean(void **state)
{
    struct world *world = *state;
    remove_folder(world->folder);
    free(world->origins);
    free(world->destinations);
    free(world->output);
    free(world);
    return 0;
}

void world_write_places(const char *path, size_t count, uint64_t seed)
{
    struct dm_locations made = random_locations(count, seed);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon,kind\n");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "L%zu,%.6f,%.6f,%c\n", i, made.lat_deg[i], made.lon_deg[i],
                (char)('a' + i % 3));
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&made);
}

struct dm_run_options world_options(const struct world *world, const struct dm_shape *shape,
                                    const struct dm_format *format)
{
    struct dm_run_options options = dm_run_defaults();
    options.origins = world->origins;
    options.destinations = shape->sets == 2 ? world->destinations : NULL;
    options.shape = shape;
    options.format = format;
    options.output = world->output;
    options.format_options.speed_kmh = 50; /* json needs one */
    return options;
}

struct dm_report must_run(const struct dm_run_options *options)
{
    struct dm_report report;
    struct dm_error error;
    if (dm_run(options, &report, &error) != DM_OK)
        fail_msg("%s: %s", options->executor->name, error.message);
    return report;
}

char *output_of(const struct dm_run_options *options, size_t *length)
{
    struct dm_report report = must_run(options);
    char *bytes = read_file(options->output, length);
    assert_int_equal(report.bytes, *length);
    dm_report_free(&report);
    return bytes;
}
