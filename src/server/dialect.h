/* dialect.h - what a kind of routing server is asked, and how its answers are read. A new kind is a
 * file that defines a struct dm_dialect, and a line in dialects.c. */
#ifndef SERVER_DIALECT_H
#define SERVER_DIALECT_H

#include "road/server_module.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What all requests to a server have in common. The texts are owned by others. */
struct dm_query {
    const char *base;    /* "http://host:5000/prefix" */
    const char *profile; /* not escaped */
    const char *extras;  /* as the dialect takes them: "&K=V..." or ",\"K\":V..."; "": none */
    double max_snap_m;   /* farther from a road, a place is an error; above 0 */
};

/* What a server complains of. */
struct dm_complaint {
    enum dm_answer_kind kind; /* NONE: it does not; TABLE: it says in this way that no pair of the
                               * request has a route; else TOO_BIG, OFF_ROAD or REFUSED */
    const char *code;         /* words of the server, part of the answer; NULL: none */
    const char *message;
    bool own; /* it has a code, as complaints of this kind of server have */
};

struct dm_dialect {
    const char *name;
    const char *profile; /* the usual one, for cars */
    uint64_t cells;      /* of a request, with the server's usual configuration */
    bool snaps;          /* answers say how far places are from a road */
    bool ignores_profile;
    const char *const *own_keys; /* parameters that it writes itself, ended by NULL */

    void (*write_url)(FILE *out, const struct dm_query *query, const struct dm_ask *ask);

    /* Write the body, JSON without its closing brace: the extras follow. NULL: it has none, the
     * request is a GET, and write_url() writes the extras. */
    void (*write_body)(FILE *out, const struct dm_query *query, const struct dm_ask *ask);

    /* Find the complaint in an answer, a JSON object that came with any status. */
    struct dm_complaint (*find_complaint)(const json_t *answer, const struct dm_ask *ask);

    /* Read the cells and, if it has them, the distances to roads. On false the reason is in
     * ask->message. ask->snaps_m has been filled with NaN. */
    bool (*read_table)(const json_t *answer, struct dm_ask *ask);
};

extern const struct dm_dialect dm_dialect_osrm, dm_dialect_valhalla, dm_dialect_ors;

/* Return all dialects, ended by NULL. */
const struct dm_dialect *const *dm_dialects(void);

/* Find a dialect. On NULL the known ones are listed in `message`. */
const struct dm_dialect *dm_dialect_find(const char *name, char message[DM_ERROR_LENGTH]);

/* Return place `index` of a request: origins come first, then destinations. */
static inline const struct dm_lat_lon *dm_ask_place(const struct dm_ask *ask, size_t index)
{
    return index < ask->origin_count ? &ask->origins[index]
                                     : &ask->destinations[index - ask->origin_count];
}

static inline size_t dm_ask_places(const struct dm_ask *ask)
{
    return ask->origin_count + ask->destination_count;
}

#endif
