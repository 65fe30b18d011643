/* first_row.h - the first row, kept until its end shows whether it is a header, and what can be
 * told from its fields. */
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
    size_t count;           /* of fields */
    struct dm_cell *fields; /* once dm_first_row_end() was called */
    size_t *begin;          /* of each field in `text`, which may move while it grows */
    char *text;
    size_t room, used, text_room; /* of begin, in entries; of text, in bytes */
};

/* Copies a field. False: out of memory. */
bool dm_first_row_add(struct dm_first_row *row, const char *text, size_t length);

/* Makes row->fields. False: out of memory. */
bool dm_first_row_end(struct dm_first_row *row);

void dm_first_row_free(struct dm_first_row *row); /* zeroes it; a zeroed struct is fine */

/* Whether the field is a number, or is missing or empty. */
bool dm_field_is_number(const struct dm_first_row *row, size_t column);
bool dm_field_is_empty(const struct dm_first_row *row, size_t column);

/* Finds the two columns that look like coordinates: the only ones with decimals, or else the only
 * numbers. False: there are fewer, or more. */
bool dm_first_row_guess(const struct dm_first_row *row, size_t columns[2]);

/* How well a header fits some words, ended by NULL: 2, it is one of them; 1, one of its words is
 * ("Latitude (WGS84)"); 0, not at all. */
int dm_field_fit(const char *const *words, const struct dm_cell *field);

#endif
