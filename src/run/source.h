/* source.h - sources, which fill bands. Each kind's struct begins with struct dm_source. */
#ifndef RUN_SOURCE_H
#define RUN_SOURCE_H

#include "output/band.h"

#include <dmatrix/status.h>

#include <stdbool.h>
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

    /* The tasks of a band in two steps, as in struct dm_work, and the time that one waited. All
     * three are NULL if tasks do not wait. */
    void (*begin)(const struct dm_source *source, struct dm_band *band, size_t index);
    bool (*finish_any)(const struct dm_source *source, struct dm_band *band, int timeout_ms,
                       size_t *index);
    uint64_t (*waited)(const struct dm_source *source, const struct dm_band *band, size_t index);
};

struct dm_source {
    const struct dm_source_ops *ops;
    unsigned at_once; /* tasks that may wait at a time */
};

#endif
