/* road.h - asking a routing server, before the pairs of a run flow. */
#ifndef RUN_ROAD_H
#define RUN_ROAD_H

#include "road/asker.h"
#include "road/found.h"
#include "road/store.h"
#include "run/places.h"
#include "search/phase.h"

#include <dmatrix/run.h>

/* Start from a zeroed struct; end it with dm_road_end(). */
struct dm_road {
    struct dm_asker *asker;
    struct dm_store *store; /* of all pairs; NULL: nothing was asked, or a search keeps nothing */
    struct dm_found found;  /* of a search */
    struct dm_by_road subject;
};

/* Ask the server for all pairs of the layout that an earlier run has not left, and sum them up in
 * report->road. Errors as of dm_asker_open(), dm_table_ask(). */
enum dm_status dm_road_ask(const struct dm_run_options *options, struct dm_phase *phase,
                           struct dm_places *places, struct dm_road *road, struct dm_report *report,
                           struct dm_error *error);

/* The same for the neighbours that options->search asks for: the layout becomes sparse. */
enum dm_status dm_road_search(const struct dm_run_options *options, struct dm_phase *phase,
                              struct dm_places *places, struct dm_road *road,
                              struct dm_report *report, struct dm_error *error);

/* The context of dm_road_advance(), which tells the observer how many pairs or origins of all are
 * done. */
struct dm_road_advance {
    const struct dm_observer *observer;
    uint64_t all;
};
void dm_road_advance(void *context, uint64_t done);

/* The steps that both have in common. Load the module and prepare for the server. */
enum dm_status dm_road_open(const struct dm_run_options *options, unsigned at_once,
                            const struct dm_places *places, struct dm_road *road,
                            struct dm_report *report, struct dm_error *error);

/* Open the store for `pairs` pairs. */
enum dm_status dm_road_open_store(const struct dm_run_options *options,
                                  const struct dm_places *places, uint64_t pairs,
                                  struct dm_road *road, struct dm_error *error);

/* After a failure of a run that goes on later, note how many pairs are known of `pairs`, 0 for a
 * search. Return `status`. */
enum dm_status dm_road_note_kept(const struct dm_run_options *options, enum dm_status status,
                                 uint64_t pairs, const struct dm_road *road,
                                 struct dm_report *report);

/* Close all connections and sum up the answers. */
enum dm_status dm_road_sum_up(const struct dm_run_options *options, const struct dm_places *places,
                              struct dm_road *road, struct dm_report *report,
                              struct dm_error *error);

/* Only find out how many requests there would be. */
enum dm_status dm_road_plan(const struct dm_run_options *options, const struct dm_phase *phase,
                            const struct dm_places *places, struct dm_road *road,
                            struct dm_report *report, struct dm_error *error);

/* Free everything. The answers of a run that is not `complete` stay for another one, if it was
 * asked for. */
void dm_road_end(struct dm_road *road, bool complete);

#endif
