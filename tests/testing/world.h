/* world.h - the files of a whole run, in a folder of their own. */
#ifndef TESTING_WORLD_H
#define TESTING_WORLD_H

#include <dmatrix/run.h>

struct world {
    char *folder, *origins, *destinations, *output; /* paths; there is only the folder yet */
};

/* A test's setup and teardown. */
int world_make(void **state);
int world_clean(void **state);

/* Writes random places with the columns name, lat, lon and kind, which is a, b or c. */
void world_write_places(const char *path, size_t count, uint64_t seed);

/* Of a run from these files to that output. */
struct dm_run_options world_options(const struct world *world, const struct dm_shape *shape,
                                    const struct dm_format *format);

/* Runs, which must succeed; dm_report_free() the report. */
struct dm_report must_run(const struct dm_run_options *options);

/* The same, for what it writes, of *length bytes and terminated; free() it. */
char *output_of(const struct dm_run_options *options, size_t *length);

#endif
