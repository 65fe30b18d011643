/* first_row.h - the first row, stored until its end shows if it is a header. */
#ifndef LOAD_FIRST_ROW_H
#define LOAD_FIRST_ROW_H

#include "load/roles.h"

#include <stdbool.h>
#include <stddef.h>

struct dm_cell {
    const char *text; /* terminated */
    size_t length;
};

struct dm_first_row {
    size_t count;           /* number of fields */
    struct dm_cell *fields; /* set by dm_first_row_end() */
    size_t *begin;          /* offset of each field in `text`, which may move while it grows */
    char *text;
    size_t capacity, used, text_capacity; /* of begin, in entries; of text, in bytes */
};

/* Copy a field. Return false if out of memory. */
bool dm_first_row_add(struct dm_first_row *row, const char *text, size_t length);

/* Create row->fields. Return false if out of memory. */
bool dm_first_row_end(struct dm_first_row *row);

void dm_first_row_free(struct dm_first_row *row); /* zeroes it; a zeroed struct is allowed */

/* Return true if the field is a number, or is missing or empty. */
bool dm_cell_is_number(const struct dm_first_row *row, size_t column);
bool dm_cell_is_empty(const struct dm_first_row *row, size_t column);

/* Find the two columns that look like coordinates: the only ones with decimals or, failing that,
 * the only numbers. Return false if there are fewer or more. */
bool dm_first_row_guess(const struct dm_first_row *row, size_t columns[2]);

/* Return how well a header matches some words, ended by NULL: 2 if it is one of them; 1 if it
 * contains one, as in "Latitude (WGS84)"; 0 otherwise. */
int dm_cell_match(const char *const *words, const struct dm_cell *field);

#endif
