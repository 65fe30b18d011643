/* load.h - locations from a CSV file. */
#ifndef DMATRIX_LOAD_H
#define DMATRIX_LOAD_H

#include <dmatrix/api.h>
#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdint.h>

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dm_header {
    DM_HEADER_AUTO, /* the first row is a header if it looks like one */
    DM_HEADER_YES,
    DM_HEADER_NO
};

/* All zero is a good default: columns found by their usual names, comma, automatic header.
 * A column is a header name (any case) or a number counted from 1; NULL finds it. Where the
 * coordinates are planar, `lat` is the column of y and `lon` that of x; columns whose headers say
 * that they are degrees are then taken only where they are chosen here. */
struct dm_load_options {
    const char *name;
    const char *lat; /* or y */
    const char *lon; /* or x */
    char delimiter;  /* 0 means a comma */
    enum dm_header header;
    bool skip_invalid; /* leave out rows that cannot be used instead of failing on the first */
    enum dm_coordinates coordinates; /* what the file has */
    const dm_flag *stop;             /* looked at between reads; may be NULL */
    uint64_t reserved[8];
};

/* What a person should know of a load that succeeded. */
struct dm_load_notes {
    char columns[320];   /* which were taken: name "City", latitude "Lat", longitude "Lon" */
    bool header_skipped; /* columns were given by number, and the first row taken for a header */
    size_t skipped;      /* rows left out under skip_invalid ... */
    char first_skipped[DM_ERROR_LENGTH]; /* ... and why the first of them was */
    uint64_t reserved[8];
};

/* Reads the locations of the CSV file at `path` ("-" is standard input) into *locations, which
 * the caller frees with dm_locations_free(). Fields may be quoted and hold delimiters and line
 * breaks; LF, CRLF, CR, a UTF-8 byte order mark and blank lines are understood. Unquoted fields
 * lose the blanks around them, quoted names stay byte for byte. Without a name column a location
 * is called by the number of its row, counted from 1 after the header. A row may lack columns that
 * are not in use and have empty ones at its end, but no more fields than the first row.
 *
 * DM_DATA: a row that cannot be used, with file, line, column and value; or no locations at all.
 * DM_USAGE: the columns asked for are not there. DM_IO, DM_MEMORY, DM_STOPPED. */
DM_API enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                                  struct dm_locations *locations, struct dm_load_notes *notes,
                                  struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
