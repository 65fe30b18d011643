/* both_columns.h - finding columns that hold both coordinates, "48.85, 2.35". */
#ifndef LOAD_BOTH_COLUMNS_H
#define LOAD_BOTH_COLUMNS_H

#include "load/choice.h"

/* Find the column in which each row has both coordinates, and set the place's `both`: of several
 * that whose header says so, and of several such ones the first, if all say the same. Return false
 * if there is none, or no single one. */
bool dm_both_find(const struct dm_choice *choice, struct dm_place_columns *place);

/* Find two such columns, of the start and of the end of a trip by their headers. */
bool dm_both_find_two(const struct dm_choice *choice, struct dm_place_columns places[2]);

/* Return a column in which most rows have both coordinates, and in *all whether all have, or
 * DM_NO_COLUMN. */
size_t dm_both_likely(const struct dm_choice *choice, bool *all);

#endif
