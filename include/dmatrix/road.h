/* road.h - distances and durations by road, from a routing server.
 *
 * A run by road has two phases. It asks the server for tables of distances and durations until all
 * cells are known; then it writes them as any other run does.
 */
#ifndef DMATRIX_ROAD_H
#define DMATRIX_ROAD_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Which of the two is written where only one can be, and compared by a search. */
enum dm_quantity { DM_DISTANCE, DM_DURATION };

/* Defaults. */
#define DM_ROAD_MAX_SNAP_M 1000.0      /* of max_snap_m */
#define DM_ROAD_MAX_SPEED_KMH 150.0    /* of max_speed_kmh */
#define DM_ROAD_TIMEOUT_NS 60000000000 /* of timeout_ns */
enum { DM_ROAD_THREADS = 4 /* requests at once, of dm_executor_options.threads */ };

/* Options. Start from a zeroed struct and set the server. Pointers may be NULL where noted. */
struct dm_road_options {
    const char *server;        /* kind and address: "osrm:http://localhost:5000" */
    const char *profile;       /* means of transport; NULL: the server's usual one for cars */
    const char *const *extras; /* "KEY=VALUE", added to each request ... */
    size_t extra_count;        /* ... so many */
    const char *header; /* "Name: value" of each request, which nothing prints or stores; or NULL */
    double rate;        /* requests a second, at most; 0: no limit */
    uint64_t max_requests; /* in all, with those that are made again; 0: no limit */
    uint64_t timeout_ns;   /* of a request; 0: DM_ROAD_TIMEOUT_NS */
    double max_snap_m; /* a place that is further from a road is an error; 0: DM_ROAD_MAX_SNAP_M */
    uint64_t verify;   /* so many cells are asked again, in other requests */
    enum dm_quantity quantity;
    bool replaces;        /* cells without a route have ... */
    double unreachable;   /* ... this value, in the unit of the output or in seconds */
    double max_speed_kmh; /* no road is faster, which a search by duration relies on; 0:
                           * DM_ROAD_MAX_SPEED_KMH */
    bool crow;            /* also the distance as the crow flies, and the detour */
    const char *scratch;  /* folder for answers that are too many for memory, if the output is no
                           * file; NULL: /tmp */
    uint64_t reserved[6];
};

enum { DM_ROAD_NAME_LENGTH = 96, DM_ROAD_DETOURS = 3 };

/* A pair whose road is much longer than the crow's flight. */
struct dm_detour {
    char origin[DM_ROAD_NAME_LENGTH], destination[DM_ROAD_NAME_LENGTH]; /* names, quoted */
    double road_m, crow_m;
};

/* What asking a server took and found. */
struct dm_road_report {
    char server[160]; /* kind and address, without a user's name and a key */
    char profile[64];
    bool ignores_profile; /* a profile was asked for, but the server has one, whatever is asked */
    uint64_t cells;       /* of all pairs of origins and destinations */
    uint64_t asked;       /* cells in the requests that were answered ... */
    uint64_t kept;        /* ... and those that an earlier run had asked for */
    unsigned at_once; /* of a comparison: requests under way at a time, where one thread waits for
                       * all of them */
    uint64_t requests, again; /* made, and how many of them were repetitions */
    uint64_t halved;          /* times that the server refused a request as too big */
    uint64_t block_origins, block_destinations; /* of the largest request that was answered */
    uint64_t ask_ns;                            /* wall time */
    struct dm_timing timing;                    /* of the executor's runs */
    unsigned workers;                           /* entries of timing.stats.workers */

    uint64_t unreachable;                            /* pairs without a route ... */
    uint64_t most_unreachable;                       /* ... most of them from or to one place ... */
    char most_unreachable_name[DM_ROAD_NAME_LENGTH]; /* ... and its name, quoted */

    bool snaps; /* the server says how far places are from a road */
    double snap_median_m, snap_greatest_m;
    char snap_name[DM_ROAD_NAME_LENGTH]; /* place with the greatest, quoted */
    uint64_t roadless; /* places whose distance to a road the server does not say, though servers of
                        * this kind do: there may be none near. Of a search, destinations. */
    char roadless_name[DM_ROAD_NAME_LENGTH]; /* the first of them, quoted */

    uint64_t verified, different; /* cells asked again, and how many differed ... */
    uint64_t differ_routes;       /* ... which of them had a route once and none the other time */
    double differ_m, differ_s;    /* ... by at most so much */

    double fastest_kmh; /* of a search by duration, the fastest road of more than a minute, if it is
                         * faster than max_speed_kmh: neighbours may be missing; else 0 */
    double detour_median;                      /* with dm_road_options.crow; 0: no pair has one */
    struct dm_detour detours[DM_ROAD_DETOURS]; /* the greatest ... */
    uint64_t detour_count;                     /* ... so many */
    double longest_m, longest_s;               /* greatest distance and duration */

    /* Of a dry run: */
    uint64_t planned_requests, planned_cells;
    uint64_t planned_bytes; /* of the file with the answers; 0: they are in memory */
    uint64_t reserved[6];
};

#ifdef __cplusplus
}
#endif

#endif
