/* unit_doubts.h - coordinates that may be in another unit than degrees or metres, or in another
 * system. */
#ifndef LOAD_UNIT_DOUBTS_H
#define LOAD_UNIT_DOUBTS_H

#include "load/choice.h"

/* Check the columns of coordinates, which no option chose. DM_DATA: a header, a row of units or the
 * values say that they are in another unit or system. */
enum dm_status dm_units_check(const struct dm_choice *choice, const struct dm_place_columns *place);

#endif
