/* sample.h - the first rows of a text as a table in memory, from which its meaning is decided. */
#ifndef LOAD_SAMPLE_H
#define LOAD_SAMPLE_H

#include "load/records.h"

struct dm_cell {
    const char *text; /* terminated */
    size_t length;
};

struct dm_sample_row {
    uint64_t line; /* on which it begins */
    size_t first;  /* its cells in struct dm_sample */
    size_t count;
    bool broken; /* by a misplaced quote */
};

struct dm_sample {
    struct dm_sample_row *rows;
    struct dm_cell *cells;
    char *text;
    size_t row_count, row_capacity, cell_count, cell_capacity, used;
    bool unclosed;  /* the last quote in the text is never closed */
    bool nul;       /* the text has a NUL byte after these rows */
    bool row_names; /* the first row was given an empty cell in front (below) */
};

enum { DM_SAMPLE_ROWS = 1000 };

/* Split the first `length` bytes of a text, at most DM_SAMPLE_ROWS rows. Without `whole` the text
 * goes on after them, and a row that is not complete is left out, as are those from a NUL byte on.
 * `line` is its first line. DM_MEMORY. */
enum dm_status dm_sample_read(struct dm_sample *sample, const char *text, size_t length, bool whole,
                              const struct dm_dialect *dialect, uint64_t line,
                              struct dm_error *error);

/* If the first row has no numbers and one cell less than each of the others, give it an empty one
 * in front: R writes row names without a header. DM_MEMORY. */
enum dm_status dm_sample_add_row_names(struct dm_sample *sample, struct dm_error *error);

void dm_sample_free(struct dm_sample *sample); /* zeroes it; a zeroed struct is allowed */

/* Return a cell; an empty one if the row has fewer, or if there is no such row. */
const struct dm_cell *dm_sample_cell(const struct dm_sample *sample, size_t row, size_t column);

/* Return the most common number of cells among the rows from `first` on, the greater of two equally
 * common ones. */
size_t dm_sample_width(const struct dm_sample *sample, size_t first);

/* Return true if all cells of a row are empty or blank. */
bool dm_sample_row_is_blank(const struct dm_sample *sample, size_t row);

bool dm_cell_is_empty(const struct dm_cell *cell);  /* or blank */
bool dm_cell_is_number(const struct dm_cell *cell); /* with a decimal comma too */

#endif
