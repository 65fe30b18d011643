/* rows.h - from the fields of a table to locations.
 *
 * Of each row we keep the few things that count: its name, which grows at the end of the arena and
 * stays there if the row is good, and its two numbers. The first row is kept whole instead, until
 * its end shows whether it is a header; if not, its fields take the same way as all others.
 */
#ifndef LOAD_ROWS_H
#define LOAD_ROWS_H

#include "load/columns.h"
#include "load/growing.h"

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stdint.h>

/* Start from a zeroed struct with the first group filled in. */
struct dm_rows {
    const char *shown; /* the file's name, for messages */
    const struct dm_load_options *options;
    struct dm_error *error;
    uint64_t line; /* the physical line at hand, from 1; the caller's to count */
    bool has_nul;  /* there are NUL bytes in the file, so that fields are searched for them */

    enum dm_status status; /* not DM_OK: it is over, and `error` says why */
    struct dm_growing growing;
    struct dm_load_notes notes;

    struct dm_first_row first;
    bool has_columns; /* the first row is behind us */
    struct dm_columns columns;
    size_t width; /* fields of the first row */

    /* The row at hand. */
    uint64_t before; /* data rows before it */
    size_t fields;   /* so far */
    double lat, lon; /* or y and x */
    bool bad;        /* it cannot be used, and what is wrong has been said */

    struct dm_error refused; /* what was wrong with the first of those rows, and where it is */
};

/* Takes the next field of the row; text[length] is '\0'. */
void dm_rows_field(struct dm_rows *rows, const char *text, size_t length);

/* Ends the row. Without a field before it is a blank line, which is nothing. */
void dm_rows_end_row(struct dm_rows *rows);

/* The row at hand cannot be used: the end of the load or, under skip_invalid, one row less. The
 * complaint does not say where. */
void dm_rows_refuse(struct dm_rows *rows, const struct dm_error *complaint);

/* There are no more rows. DM_DATA: none of them was a location. */
void dm_rows_finish(struct dm_rows *rows);

void dm_rows_free(struct dm_rows *rows);

#endif
