/* dialect.h - choosing how a table is split into fields, by what gives columns of coordinates. */
#ifndef LOAD_DIALECT_H
#define LOAD_DIALECT_H

#include "load/sample.h"
#include "load/table.h"

/* The first part of a file's text, with a complete row at least. */
struct dm_head {
    const char *text;
    size_t length;
    bool whole;    /* it is all of the text */
    uint64_t line; /* its first line in the file, from 1 */
    size_t places; /* how many a row may have, 1 or 2 */
};

/* Read the line "sep=;" with which spreadsheets begin: return the delimiter and move the head past
 * the line; '\0': there is none. */
char dm_dialect_separator(struct dm_head *head);

/* Choose the dialect, the header and the columns. *sample has the first rows in that dialect; the
 * caller frees it, also on failure. DM_DATA: several delimiters make a table; or as
 * dm_columns_choose(). DM_USAGE, DM_MEMORY. */
enum dm_status dm_table_choose(const struct dm_load_options *options, const struct dm_head *head,
                               char separator, const char *shown, struct dm_table *table,
                               struct dm_sample *sample, struct dm_error *error);

#endif
