#define _XOPEN_SOURCE 700 /* realpath() */
#include "fault/few_bands.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LOCATIONS = 200, MEMORY = 5 << 16, ROWS_MEMORY = 5 << 13 }; /* for a row, not a pair, each */

static void write_locations(const char *path)
{
    struct random random = {32};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (int i = 0; i < LOCATIONS; i++)
        fprintf(file, "place %d,%.4f,%.4f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    assert_int_equal(fclose(file), 0);
}

int few_bands_make(void **state)
{
    struct few_bands *run = malloc(sizeof *run);
    char *folder = make_folder();
    run->inputs = make_folder();
    run->outputs = realpath(folder, NULL);
    run->input = path_in(run->inputs, "places.csv");
    write_locations(run->input);
    free(folder);
    *state = run;
    return 0;
}

int few_bands_clean(void **state)
{
    struct few_bands *run = *state;
    free(run->input);
    remove_folder(run->inputs);
    remove_folder(run->outputs);
    free(run);
    return 0;
}

struct dm_run_options few_bands_options(const struct few_bands *run, const struct dm_format *format,
                                        const struct dm_executor_ops *executor)
{
    struct dm_run_options options = dm_run_defaults();
    options.origins = run->input;
    options.format = format;
    /* of geojson, a line for every pair would be 40 MB */
    options.shape = format->rows || format == &dm_format_geojson ? &dm_shape_sequence : NULL;
    options.executor = executor;
    options.executor_options.threads = 2;
    options.max_memory = format->rows ? ROWS_MEMORY : MEMORY;
    options.format_options.speed_kmh = 50; /* json needs one */
    return options;
}

enum dm_status few_bands_run(const struct dm_run_options *options, struct dm_error *error)
{
    struct dm_report report;
    enum dm_status status = dm_run(options, &report, error);
    dm_report_free(&report);
    return status;
}

char *few_bands_bytes(const struct few_bands *run, const struct dm_format *format, size_t *length)
{
    struct dm_run_options options = few_bands_options(run, format, &dm_executor_serial);
    char *path = path_in(run->inputs, "whole");
    options.output = path;
    assert_int_equal(few_bands_run(&options, NULL), DM_OK);
    char *bytes = read_file(path, length);
    assert_int_equal(unlink(path), 0);
    free(path);
    return bytes;
}
