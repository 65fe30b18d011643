/* snaps.h - how far places are from the roads where their routes begin or end. */
#ifndef ROAD_SNAPS_H
#define ROAD_SNAPS_H

#include "road/asker.h"
#include "road/store.h"

#include <dmatrix/shape.h>

/* Put the snaps of an answered request into the store, whose places are the origins of the layout
 * and then, if there are two sets, the destinations. DM_IO. */
enum dm_status dm_snaps_keep(struct dm_store *store, const struct dm_layout *layout,
                             const struct dm_ask *ask, const uint32_t *rows,
                             struct dm_error *error);

/* Check that no place of the round is further from a road than allowed. DM_DATA: some are; the
 * message lists them. */
enum dm_status dm_snaps_check(const struct dm_asker *asker, struct dm_error *error);

/* The same for all places in the store of an earlier run. DM_IO, DM_DATA. */
enum dm_status dm_snaps_check_store(const struct dm_store *store, const struct dm_asker *asker,
                                    struct dm_error *error);

/* Sum up the snaps, those of a search or else, if it is NULL, of the store in the report. DM_IO,
 * DM_MEMORY. */
enum dm_status dm_snaps_sum_up(const struct dm_store *store, const double *found_m,
                               const struct dm_locations *origins,
                               const struct dm_locations *destinations,
                               struct dm_road_report *report, struct dm_error *error);

#endif
