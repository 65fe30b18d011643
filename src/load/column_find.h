/* column_find.h - the columns that options name. */
#ifndef LOAD_COLUMN_FIND_H
#define LOAD_COLUMN_FIND_H

#include "load/choice.h"

/* Find a column by its header, ignoring case, or by its number. DM_USAGE: there is none, or the
 * header is not unique. `role` is for messages. */
enum dm_status dm_column_find(const struct dm_choice *choice, const struct dm_role *role,
                              const char *chosen, size_t *column);

/* Find the columns of a list such as "lat_deg,lat_min": one whose header is the whole text or,
 * failing that, those that the commas separate, at most `most`. DM_USAGE as above. */
enum dm_status dm_columns_find(const struct dm_choice *choice, const struct dm_role *role,
                               const char *chosen, size_t most, size_t *columns, size_t *count);

#endif
