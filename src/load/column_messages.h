/* column_messages.h - why the columns of coordinates cannot be chosen, and the way out. */
#ifndef LOAD_COLUMN_MESSAGES_H
#define LOAD_COLUMN_MESSAGES_H

#include "base/text.h"
#include "load/choice.h"
#include "load/coordinate_columns.h"

/* Quote the headers of two columns. */
void dm_choice_quote_two(const struct dm_choice *choice, size_t first, size_t second,
                         char quoted[2][DM_QUOTED_LENGTH]);

/* Suggest the columns of both coordinates. */
void dm_choice_suggest_pair(const struct dm_choice *choice, size_t lat, size_t lon);

/* Each fills the error of the choice and returns its status. */

/* There is no column for a coordinate, or for both if `missing` is NULL. */
enum dm_status dm_fail_missing(const struct dm_choice *choice, const struct dm_role *missing);

/* Several columns match. */
enum dm_status dm_fail_rivals(const struct dm_choice *choice,
                              const struct dm_coordinate_headers *found);

/* The columns have degrees where metres are expected. */
enum dm_status dm_fail_degrees(const struct dm_choice *choice);

/* The columns are called x and y, or easting and northing, where degrees are expected. `metres`:
 * the headers or the values say so. */
enum dm_status dm_fail_planar(const struct dm_choice *choice,
                              const struct dm_coordinate_headers *found, bool metres);

/* The chosen columns are those of the other coordinate. */
enum dm_status dm_fail_swapped(const struct dm_choice *choice,
                               const struct dm_place_columns *place);

/* The columns may mean something else: write the message after the place of the header, and suggest
 * them by their numbers, which are used as given. */
enum dm_status dm_fail_doubt(const struct dm_choice *choice, const struct dm_place_columns *place,
                             const char *format, ...) DM_PRINTF(3, 4);

/* There is no header, and the coordinates are not where they are without one. */
enum dm_status dm_fail_position(const struct dm_choice *choice);

/* The chosen columns are the same. */
enum dm_status dm_fail_same(const struct dm_choice *choice, size_t column);

/* Numbers seem to be cut at their decimal commas. */
enum dm_status dm_fail_cut_decimals(const struct dm_choice *choice);

#endif
