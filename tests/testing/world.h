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

/* Of a run from these files to that output. */
struct dm_run_options world_options(const struct world *world, const struct dm_shape *shape,
                                    const struct dm_format *format);

#endif
