/* server_module.h - the contract between the library and the module server.so (src/server), which
 * asks routing servers for tables. The module exports one object, `const struct dm_server_module
 * dm_server_module`. */
#ifndef ROAD_SERVER_MODULE_H
#define ROAD_SERVER_MODULE_H

#include <dmatrix/flag.h>
#include <dmatrix/road.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* To be increased with every change of this file. */
enum { DM_SERVER_MODULE_VERSION = 4 };

#define DM_SERVER_MODULE_SYMBOL "dm_server_module"

/* Return the distance between a place and its road above which it is an error. */
static inline double dm_road_max_snap(const struct dm_road_options *options)
{
    return options->max_snap_m > 0 ? options->max_snap_m : DM_ROAD_MAX_SNAP_M;
}

/* Return the speed that a search takes no road to exceed. */
static inline double dm_road_max_speed_kmh(const struct dm_road_options *options)
{
    return options->max_speed_kmh > 0 ? options->max_speed_kmh : DM_ROAD_MAX_SPEED_KMH;
}

struct dm_lat_lon {
    double lat_deg, lon_deg; /* WGS84 */
};

/* A pair by road. Both are NaN if there is no route. */
struct dm_road_cell {
    double distance_m, duration_s;
};

/* What became of a request. */
enum dm_answer_kind {
    DM_ANSWER_NONE,    /* none yet, or it was held and never made */
    DM_ANSWER_TABLE,   /* the cells are there */
    DM_ANSWER_TOO_BIG, /* the server wants smaller requests; of a single pair: it will not answer */
    DM_ANSWER_SPLIT,   /* its places cannot be in one request, but others can be as many; never of a
                        * single pair */
    DM_ANSWER_LATER,   /* the server is busy, or was not reached: it may answer another time */
    DM_ANSWER_OFF_ROAD, /* there is no road near one of the places, and it is not known which */
    DM_ANSWER_REFUSED,  /* it will not answer this */
    DM_ANSWER_STOPPED   /* the stop flag was seen */
};

enum { DM_ANSWER_MESSAGE = 512 };

/* A request for a table, and the answer. The caller owns all of it. */
struct dm_ask {
    const struct dm_lat_lon *origins, *destinations;
    size_t origin_count, destination_count; /* each at least 1 */
    uint64_t not_before_ns;                 /* when it may be made, by dm_clock_ns() */
    const dm_flag *hold;                    /* set: it shall not be made any more, unless it is
                                             * under way; may be NULL */

    enum dm_answer_kind kind;
    struct dm_road_cell *cells; /* room for all cells; of a TABLE set, row by row */
    double *snaps_m;   /* room for one of each origin, then of each destination; of a TABLE set: the
                        * distance between the place and the road where the route begins or ends.
                        * NaN: unknown, or there is no road near (then its cells are NaN as well) */
    uint64_t later_ns; /* of LATER: how long the server asks to wait, an hour at most; 0: it does
                        * not say */
    bool reached;      /* bytes came from the server ... */
    bool own;          /* ... in words of its kind: also an error can have them */
    uint64_t waited_ns; /* from ask() or begin() to the last byte of the answer: waiting for
                         * `not_before_ns` and for the server */
    char message[DM_ANSWER_MESSAGE]; /* unless it is a TABLE: what the server or the network said,
                                      * printable, terminated, without the URL of the request, keys
                                      * and passwords; of a TABLE "" */
};

enum { DM_ADDRESS_SHOWN = 160 }; /* bytes of an address in a message, at most */

/* What a kind of server takes. */
struct dm_server_facts {
    const char *kind;     /* "osrm" */
    const char *profile;  /* in use */
    uint64_t cells;       /* of a request, with the server's usual configuration */
    bool snaps;           /* answers say how far places are from a road */
    bool ignores_profile; /* the server has one profile, whatever is asked for */
    const char *address;  /* "http://localhost:5000", without a user's name and password */
};

struct dm_server;

struct dm_server_module {
    unsigned version; /* DM_SERVER_MODULE_VERSION */

    /* Prepare for a server; nothing is asked. The options and the flag, which may be NULL, must
     * outlive it. `at_once` is the number of requests that may be under way at a time, at least 1.
     * On failure write the reason, terminated, without keys and passwords, to `message`. DM_USAGE:
     * the kind of server is unknown (the message lists those that are known); the address, the
     * profile, the header or an extra is malformed; or the module itself writes that extra.
     * DM_MEMORY, DM_SYSTEM. */
    enum dm_status (*open)(const struct dm_road_options *options, unsigned at_once,
                           const dm_flag *stop, struct dm_server **server,
                           char message[DM_ERROR_LENGTH]);

    /* Return the facts, which are valid until close(). */
    const struct dm_server_facts *(*facts)(const struct dm_server *server);

    /* Return the bytes of the URL of a request for these places, which servers and what is between
     * limit; 0: the places are not in it. */
    size_t (*address_bytes)(const struct dm_server *server, const struct dm_ask *ask);

    /* Make a request, when it is due, and wait for the answer. In any thread, up to `at_once` at a
     * time, or in a process that was forked after open() while no request was under way; there it
     * makes connections of its own. A set flag is noticed within 100 ms. */
    void (*ask)(struct dm_server *server, struct dm_ask *ask);

    /* The same in two steps, in one thread: begin() returns at once, and finish_any() makes the
     * requests that are due. It waits, for up to `timeout_ms`, until any request that was begun has
     * ended, and sets *index to that given to begin(); false: none has. At most `at_once` may have
     * been begun and not returned. Once the stop flag is seen, all end as STOPPED, one a call. The
     * ask must stay in place until its request has ended or was dropped. */
    void (*begin)(struct dm_server *server, struct dm_ask *ask, size_t index);
    bool (*finish_any)(struct dm_server *server, int timeout_ms, size_t *index);

    /* Drop the requests that were begun, and close all connections. The server stays open. */
    void (*drop)(struct dm_server *server);

    void (*close)(struct dm_server *server); /* NULL is allowed */
};

#endif
