/* off_road.h - finds the places that a server refuses because there is no road near them. */
#ifndef ROAD_OFF_ROAD_H
#define ROAD_OFF_ROAD_H

#include "road/asker.h"

/* Call this if a run over the requests of a round failed and its answers have been kept: they are
 * overwritten. If the server said that one of the places of a request is far from any road, and not
 * which, ask it for fewer and fewer of them, and let the error name some that are. It stays as it
 * was if none is found, if that would take long, or if the failure was another. Return DM_STOPPED,
 * or `status`. */
enum dm_status dm_off_road_find(struct dm_asker *asker, struct dm_executor *executor,
                                enum dm_status status, struct dm_error *error);

#endif
