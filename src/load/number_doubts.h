/* number_doubts.h - numbers that may mean others: packed degrees, decimals that are cut, thousands.
 */
#ifndef LOAD_NUMBER_DOUBTS_H
#define LOAD_NUMBER_DOUBTS_H

#include "load/choice.h"

/* Check the columns of coordinates, which no option chose. DM_DATA: their numbers are in doubt. */
enum dm_status dm_numbers_check(const struct dm_choice *choice,
                                const struct dm_place_columns *place);

#endif
