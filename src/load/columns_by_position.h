/* columns_by_position.h - the columns of coordinates in a table without a header. */
#ifndef LOAD_COLUMNS_BY_POSITION_H
#define LOAD_COLUMNS_BY_POSITION_H

#include "load/choice.h"

/* Take columns 2 and 3, unless one column holds both coordinates. DM_DATA: they seem to be
 * elsewhere, or numbers are cut at their decimal commas. */
enum dm_status dm_columns_by_position(const struct dm_choice *choice,
                                      struct dm_place_columns *place);

#endif
