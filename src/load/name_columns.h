/* name_columns.h - choosing the columns of the names. */
#ifndef LOAD_NAME_COLUMNS_H
#define LOAD_NAME_COLUMNS_H

#include "load/choice.h"

/* Choose the columns of the names of two places in a row: those that the options name, or the best
 * that say start and end, else for both the same as for one place. Errors as below. */
enum dm_status dm_names_choose_two(const struct dm_choice *choice,
                                   struct dm_place_columns places[2]);

/* Choose the columns of the names, which the options name or which the headers and values suggest;
 * none: rows are numbered. Set *repeats to the column that would have been the best if its names
 * did not repeat, else to DM_NO_COLUMN. The columns of the coordinates are set. DM_USAGE: a chosen
 * column does not exist. DM_MEMORY. */
enum dm_status dm_names_choose(const struct dm_choice *choice, struct dm_place_columns *place,
                               size_t *repeats);

#endif
