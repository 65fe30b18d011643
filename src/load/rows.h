/* rows.h - converting the fields of a table to locations.
 *
 * For each row only its name and its two numbers are kept. The name is appended to the names of the
 * locations, and stays there if the row is valid. The first row is stored until its end shows if it
 * is a header; if it is not, its fields are processed like all others.
 */
#ifndef LOAD_ROWS_H
#define LOAD_ROWS_H

#include "load/columns.h"
#include "load/growing.h"

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stdint.h>

/* Start from a zeroed struct with the first group set. */
struct dm_rows {
    const char *shown; /* the file's name, for messages */
    const struct dm_load_options *options;
    struct dm_error *error;
    uint64_t line; /* current line of the file, from 1; the caller counts it */
    bool has_nul;  /* the file contains NUL bytes, so fields are searched for them */

    enum dm_status status; /* not DM_OK: loading has ended; `error` has the reason */
    struct dm_growing growing;
    struct dm_load_notes notes;

    struct dm_first_row first;
    bool has_columns; /* the first row has ended */
    struct dm_csv_columns columns;
    size_t width; /* number of fields of the first row */

    /* The current row. */
    uint64_t data_rows; /* number of data rows before it */
    size_t fields;      /* fields so far */
    double lat, lon;    /* or y and x */
    bool invalid;       /* its error has been reported */

    struct dm_error first_error; /* of the first invalid row, with its place */
    uint64_t first_line;         /* ... its line */
};

/* Add the next field of the row; text[length] is '\0'. */
void dm_rows_field(struct dm_rows *rows, const char *text, size_t length);

/* End the row. A row without fields is an empty line, which is ignored. */
void dm_rows_end_row(struct dm_rows *rows);

/* Reject the current row: end the load or, with skip_invalid, skip the row. The complaint does not
 * contain the place. */
void dm_rows_reject(struct dm_rows *rows, const struct dm_error *complaint);

/* End the rows. DM_DATA: there are no locations. */
void dm_rows_finish(struct dm_rows *rows);

void dm_rows_free(struct dm_rows *rows);

#endif
