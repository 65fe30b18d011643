/* row_errors.h - what becomes of a row that is not right: it is invalid, so that it may be skipped,
 * or the reading of all that follows is in doubt. */
#ifndef LOAD_ROW_ERRORS_H
#define LOAD_ROW_ERRORS_H

#include "load/row_state.h"

/* End the load. */
void dm_row_fail(struct dm_rows *rows, const struct dm_error *error);
void dm_row_fail_memory(struct dm_rows *rows, const char *what);

/* Mark the current row as invalid, for its first fault. */
void dm_row_reject(struct dm_rows *rows, const struct dm_complaint *complaint);

/* The same for a value. Where others before it are right, such rows can be left out. */
void dm_row_reject_value(struct dm_rows *rows, struct dm_complaint *complaint);

/* Add to a row's error that such rows can be left out, unless it has a suggestion. */
void dm_row_offer_to_skip(const struct dm_rows *rows, struct dm_error *error);

/* End the load for the invalid row or, with skip_invalid, count it. */
void dm_row_report_invalid(struct dm_rows *rows);

/* End the load, whatever the options say: the reading of all that follows is in doubt. */
void dm_row_refuse(struct dm_rows *rows, const struct dm_error *error);

#endif
