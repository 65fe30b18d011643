/* source.h - sources, which fill bands. Each kind's struct begins with struct dm_source. */
#ifndef RUN_SOURCE_H
#define RUN_SOURCE_H

#include "output/band.h"

#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

struct dm_source;

struct dm_source_ops {
    /* Return the number of tasks that fill a band. */
    size_t (*tasks)(const struct dm_source *source, const struct dm_band *band);

    /* Run task `index` of the band, in any thread or process. Cannot fail: if a distance is
     * invalid, set band->spoilt. */
    void (*fill)(const struct dm_source *source, struct dm_band *band, size_t index);

    /* Report what is wrong with a spoilt band. Called in the calling thread. Never DM_OK. */
    enum dm_status (*explain)(const struct dm_source *source, const struct dm_band *band,
                              struct dm_error *error);
};

struct dm_source {
    const struct dm_source_ops *ops;
};

#endif
