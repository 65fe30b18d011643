/* kept_rows.h - the rows of a table as CSV, kept to be written again with one more column. */
#ifndef LOAD_KEPT_ROWS_H
#define LOAD_KEPT_ROWS_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>

/* Start from a zeroed struct with the delimiter set. */
struct dm_kept_rows {
    char delimiter;
    char *text, *header;
    size_t used, capacity;
    size_t *begin; /* of the text of each location ... */
    size_t count, begin_capacity;
    size_t row_begin; /* ... and of the current row */
};

/* Each returns false if out of memory. */

/* Add a field to the current row. */
bool dm_kept_rows_field(struct dm_kept_rows *rows, const char *text, size_t length);

/* End the current row: it is the header, one that is left out, or that of the next location. */
bool dm_kept_rows_end_header(struct dm_kept_rows *rows);
bool dm_kept_rows_end_skipped(struct dm_kept_rows *rows);
bool dm_kept_rows_end_location(struct dm_kept_rows *rows);

/* Discard the current row. */
void dm_kept_rows_discard(struct dm_kept_rows *rows);

/* Move the rows to the locations. */
bool dm_kept_rows_finish(struct dm_kept_rows *rows, struct dm_locations *locations);

void dm_kept_rows_free(struct dm_kept_rows *rows); /* a zeroed struct is allowed */

#endif
