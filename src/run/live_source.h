/* live_source.h - the source of a comparison by road: each task is a request to a server. */
#ifndef RUN_LIVE_SOURCE_H
#define RUN_LIVE_SOURCE_H

#include "road/asker.h"
#include "run/places.h"
#include "run/source.h"

#include <dmatrix/run.h>

/* The requests of a comparison, all with the same number of places. The layout has a row for each
 * request and a column for each of its cells. */
struct dm_live_sample {
    size_t requests;              /* at most DM_LIVE_REQUESTS */
    size_t origins, destinations; /* of a request */
    const struct dm_places *places;
    unsigned at_once; /* where one thread waits for all requests */
};

enum { DM_LIVE_REQUESTS = 64 };

struct dm_live_source {
    struct dm_source base;
    struct dm_asker *asker;
    struct dm_work work; /* of the asker: its functions and its context */
    size_t cells;        /* of a request */
    struct dm_road_report unused;
};

/* Choose requests that cover the places, and make *layout that of the comparison. DM_DATA: there
 * are no pairs. DM_RANGE. */
enum dm_status dm_live_sample(const struct dm_places *places, struct dm_live_sample *sample,
                              struct dm_layout *layout, struct dm_error *error);

/* Prepare the requests, before the executor is opened. The source must not be moved in memory; end
 * it with dm_live_close(). Errors as of dm_asker_open(). */
enum dm_status dm_live_open(const struct dm_live_sample *sample,
                            const struct dm_run_options *options, unsigned at_once,
                            struct dm_live_source *source, struct dm_error *error);

void dm_live_close(struct dm_live_source *source); /* a zeroed struct is allowed */

#endif
