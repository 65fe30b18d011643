/* row_places.h - the places of a row from its fields. */
#ifndef LOAD_ROW_PLACES_H
#define LOAD_ROW_PLACES_H

#include "load/row_state.h"

/* Read a coordinate or keep a text of the current row. text[length] is '\0'. */
void dm_row_use_field(struct dm_rows *rows, const struct dm_use *use, const char *text,
                      size_t length);

/* Read the places at the end of a row, and check that they are in range. */
void dm_row_read_places(struct dm_rows *rows);

/* Add a place of a valid row to the locations, with its name. */
void dm_row_add_location(struct dm_rows *rows, struct dm_row_place *place);

#endif
