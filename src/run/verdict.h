/* verdict.h - which trials of a comparison are fastest, and by how much. */
#ifndef RUN_VERDICT_H
#define RUN_VERDICT_H

#include <dmatrix/compare.h>

/* Fill `relative`, `speedup`, `behind` and `fastest` of all trials, from their times in
 * comparison->rounds rounds. DM_MEMORY. */
enum dm_status dm_verdict(struct dm_comparison *comparison, struct dm_error *error);

#endif
