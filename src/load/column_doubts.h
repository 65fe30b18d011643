/* column_doubts.h - what headers and values leave in doubt about columns that were found. */
#ifndef LOAD_COLUMN_DOUBTS_H
#define LOAD_COLUMN_DOUBTS_H

#include "load/choice.h"

/* Check the columns of coordinates, which no option chose, of one place or two in a row. DM_DATA:
 * they may mean something else than degrees or metres; the error, that of the choice, has the way
 * out. */
enum dm_status dm_columns_check_doubts(const struct dm_choice *choice,
                                       struct dm_place_columns places[DM_PLACES_MAX], size_t count);

#endif
