/* table.h - asks a routing server for all pairs of a layout. */
#ifndef ROAD_TABLE_H
#define ROAD_TABLE_H

#include "road/asker.h"
#include "road/store.h"

#include <dmatrix/shape.h>

struct dm_table_options {
    const struct dm_layout *layout; /* dense */
    struct dm_asker *asker;
    struct dm_store *store;   /* NULL, for a plan: nothing is there */
    const char *needs_routes; /* name of the format that cannot hold pairs without a route: the
                               * first of them is an error; NULL: it can */
    double far_value;         /* that the error suggests for them */
    /* Called after each round with the number of pairs that are known; may be NULL. */
    void (*advances)(void *context, uint64_t pairs);
    void *context;
};

/* What is needed if the server takes as many cells as it usually does. */
struct dm_table_plan {
    uint64_t requests, cells; /* cells of those requests */
    uint64_t known;           /* pairs that are in the store, and not asked for */
};

/* Fill *plan. Nothing is asked. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_table_plan(const struct dm_table_options *options, struct dm_table_plan *plan,
                             struct dm_error *error);

/* Add the requests of dm_table_verify() to a plan. */
void dm_table_plan_verify(const struct dm_table_options *options, uint64_t cells,
                          struct dm_table_plan *plan);

/* Ask for all pairs that are not in the store, and put them there. Each round is in the store even
 * if a later one fails. Errors as of dm_asker_run(), and DM_IO, DM_MEMORY. */
enum dm_status dm_table_ask(const struct dm_table_options *options, struct dm_executor *executor,
                            struct dm_error *error);

/* Ask for `cells` random pairs again, beside other ones, and report how many differ. */
enum dm_status dm_table_verify(const struct dm_table_options *options, uint64_t cells,
                               struct dm_executor *executor, struct dm_road_report *report,
                               struct dm_error *error);

#endif
