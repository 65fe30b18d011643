/* kept_rows.h - the rows of a table as CSV, kept to be written again with one more column.
 *
 * A row is a line with a blank field at its end. Functions return false if out of memory.
 */
#ifndef LOAD_KEPT_ROWS_H
#define LOAD_KEPT_ROWS_H

#include "load/records.h"

#include <dmatrix/locations.h>

#include <stdbool.h>
#include <stddef.h>

struct dm_kept_rows {
    char delimiter;
    bool quotes; /* false: fields are written as they are */
    char *text, *header;
    size_t used, capacity;        /* bytes of text */
    size_t *begin;                /* where the text of each location begins; count + 1 offsets */
    size_t count, begin_capacity; /* locations */
    size_t line_fields;           /* of the current row */
};

/* Return rows with this delimiter (0: that of the table). If quotes are characters like any other
 * in the table, they are that in its rows too, unless these have another delimiter. */
struct dm_kept_rows dm_kept_rows_begin(const struct dm_dialect *dialect, char delimiter);

/* Add a field to the current row. */
bool dm_kept_rows_field(struct dm_kept_rows *rows, const char *text, size_t length);

/* Add empty fields up to that number. */
bool dm_kept_rows_pad(struct dm_kept_rows *rows, size_t fields);

/* End the current row. It has no location unless the next call says so. */
bool dm_kept_rows_end(struct dm_kept_rows *rows);

/* The row that has just ended is the header, or that of the next location. */
bool dm_kept_rows_take_header(struct dm_kept_rows *rows);
bool dm_kept_rows_take_location(struct dm_kept_rows *rows);

/* Discard the locations whose latitude is NAN, but not their rows. */
void dm_kept_rows_skip_nan(struct dm_kept_rows *rows, const double *lat_deg);

/* Complete the rows, of which at least one has a location. */
bool dm_kept_rows_close(struct dm_kept_rows *rows);

/* Move the rows, which are complete, to the locations. */
void dm_kept_rows_finish(struct dm_kept_rows *rows, struct dm_locations *locations);

void dm_kept_rows_free(struct dm_kept_rows *rows); /* a zeroed struct is allowed */

#endif
