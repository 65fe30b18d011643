/* round.h - the requests of a round, in memory that all tasks share. */
#ifndef ROAD_ROUND_H
#define ROAD_ROUND_H

#include "base/arena.h"
#include "road/asker_options.h"

#include <stdatomic.h>

/* A request and its memory. */
struct dm_slot {
    struct dm_ask ask;
    uint32_t *rows;            /* of the places, origins first; DM_ASK_PLACES entries */
    struct dm_lat_lon *places; /* same */
    unsigned attempts;         /* that failed while no other request was answered */
    unsigned made;             /* times that it was made */
};

/* What tasks change for each other. All accesses are relaxed: nothing else depends on the order in
 * which they are seen, and a request more or less does no harm but to `requests`, which is counted
 * before a request is made. */
struct dm_round_control {
    dm_flag paused;            /* something went wrong: requests that have not begun shall not */
    atomic_bool exhausted;     /* because max_requests have been made */
    _Atomic uint64_t requests; /* made so far */
    _Atomic uint64_t next_ns;  /* with a rate: when the next request may be made */
};

struct dm_asker {
    struct dm_asker_options options;
    const struct dm_server_module *module;
    struct dm_server *server;
    uint64_t cells;    /* that a request may have */
    double request_ns; /* time of a round divided by its requests; 0: none has been made */
    bool answered;     /* at least one request was, as this kind of server does */
    size_t *skipped;   /* of a run in two steps: begun without a request, and not finished yet */
    size_t skip_count; /* at most options.at_once */

    struct dm_arena arena; /* holds the rest */
    struct dm_round_control *control;
    struct dm_slot *slots;
    uint32_t *order; /* slots of the requests of the current run */
    size_t capacity, count, left;
};

/* Set the error of a request that has failed for good. Never DM_OK. */
enum dm_status dm_round_fail(const struct dm_asker *asker, const struct dm_slot *slot,
                             struct dm_error *error);

#endif
