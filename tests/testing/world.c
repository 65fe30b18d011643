#include "testing/world.h"

#include "testing/testing.h"

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
