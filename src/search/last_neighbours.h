/* last_neighbours.h - finds the last of the nearest places of each place, for symmetric neighbours.
 */
#ifndef SEARCH_LAST_NEIGHBOURS_H
#define SEARCH_LAST_NEIGHBOURS_H

#include "base/arena.h"
#include "search/mutual.h"
#include "search/order.h"
#include "search/query.h"

/* Fill *mutual. The query is of one set, without groups, and is not symmetric itself. The arrays
 * are in *arena, which the caller closes, also on failure. DM_MEMORY, and errors as of
 * dm_phase_begin() and dm_phase_run(). */
enum dm_status dm_last_neighbours(const struct dm_query *query, const struct dm_order *order,
                                  bool either, struct dm_phase *phase, struct dm_arena *arena,
                                  struct dm_mutual *mutual, struct dm_error *error);

#endif
