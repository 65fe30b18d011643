/* asker.h - makes requests to a routing server on an executor, some at a time, until each is
 * answered: waits when the server is busy, and tries again. */
#ifndef ROAD_ASKER_H
#define ROAD_ASKER_H

#include "road/asker_options.h"

#include <dmatrix/executor.h>
#include <dmatrix/status.h>

struct dm_asker;

/* Load the module, prepare for the server and allocate what tasks write, so before the executor is
 * opened. All options must outlive it. DM_SYSTEM (no module), DM_USAGE (of the options), DM_MEMORY.
 */
enum dm_status dm_asker_open(const struct dm_asker_options *options, struct dm_asker **asker,
                             struct dm_error *error);

const struct dm_server_facts *dm_asker_facts(const struct dm_asker *asker);
const struct dm_asker_options *dm_asker_options(const struct dm_asker *asker);

/* Return the number of cells that a request may have. It shrinks when the server refuses some. */
uint64_t dm_asker_cells(const struct dm_asker *asker);

/* Return the number of requests to be made in the next round: they take a second or two, so that
 * progress is seen, and keep all threads busy. */
size_t dm_asker_round_size(const struct dm_asker *asker);

/* Return the greatest number of requests of a round. */
size_t dm_asker_capacity(const struct dm_asker *asker);

/* The steps of a round. Clear the list of requests; add one between origins and destinations, rows
 * of the two sets of locations; make all of them. */
void dm_asker_clear(struct dm_asker *asker);

/* Return false if the request is too big: it has more than dm_asker_cells(), more places than
 * DM_ASK_PLACES, or a longer address than servers take. Nothing is added then. There must be room:
 * at most dm_asker_round_size() can be added. */
bool dm_asker_add(struct dm_asker *asker, const uint32_t *origins, size_t origin_count,
                  const uint32_t *destinations, size_t destination_count);

/* Make the requests, in as many runs of the executor as it takes. Afterwards each has a table or,
 * if the server wants smaller ones, none; those that are to be divided have the kind SPLIT. The
 * error names the server, the request and the place. DM_STOPPED; DM_USAGE: max_requests are not
 * enough; DM_DATA: there is no road near a place, or the answer is wrong; DM_IO: the server
 * refuses, or cannot be reached. What was answered before is there even after a failure. */
enum dm_status dm_asker_run(struct dm_asker *asker, struct dm_executor *executor,
                            struct dm_error *error);

/* Return a request of the round and the rows of its places, origins first. */
const struct dm_ask *dm_asker_answer(const struct dm_asker *asker, size_t index,
                                     const uint32_t **rows);

/* Return the number of requests of the round. */
size_t dm_asker_count(const struct dm_asker *asker);

/* For measuring: the work of one run of an executor over all requests of the round. Before each run
 * the answers of the last one must be forgotten. */
struct dm_work dm_asker_work(struct dm_asker *asker);
void dm_asker_forget(struct dm_asker *asker);

/* Set the error of the first request of such a run that has no table. Never DM_OK. */
enum dm_status dm_asker_fail_first(struct dm_asker *asker, struct dm_error *error);

void dm_asker_close(struct dm_asker *asker); /* NULL is allowed */

#endif
