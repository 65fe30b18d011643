/* row_doubts.h - signs in a row that the table is not what it seems: too many fields or too few,
 * quotes that swallow rows, values in columns that had none. */
#ifndef LOAD_ROW_DOUBTS_H
#define LOAD_ROW_DOUBTS_H

#include "load/row_state.h"

/* Reject a field beyond the columns: it is the sign of an unquoted delimiter, after which a number
 * may be in a wrong column. */
void dm_row_reject_extra(struct dm_rows *rows, const char *text, size_t length);

/* Check the number of fields at the end of a row. */
void dm_row_check_fields(struct dm_rows *rows);

/* Refuse a field for its quotes. */
void dm_row_refuse_quoted(struct dm_rows *rows, const char *text, size_t length, const char *why);

/* Check a field of several lines: it may contain rows, which a stray quote has swallowed. */
void dm_row_check_swallowed(struct dm_rows *rows, const char *text, size_t length);

/* Refuse a hemisphere in the south or west, or minutes, in a column that had none in the sample. */
void dm_row_watch(struct dm_rows *rows, const struct dm_use *use, const char *text, size_t length);

/* Take the hemisphere that a header names for all: a sign beside it is in doubt. */
void dm_row_take_fixed(struct dm_rows *rows, const struct dm_axis_columns *axis,
                       const struct dm_role *role, double *value);

#endif
