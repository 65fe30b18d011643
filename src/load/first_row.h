/* first_row.h - the fields of the first row, kept until its end shows whether it is a header. */
#ifndef LOAD_FIRST_ROW_H
#define LOAD_FIRST_ROW_H

#include "load/columns.h"

#include <stdbool.h>

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

#endif
