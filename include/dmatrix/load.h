/* load.h - locations from a table in a text file, such as CSV. */
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

enum dm_quote {
    DM_QUOTE_AUTO, /* fields may be quoted; in tab-separated text only if quotes are so used there
                    */
    DM_QUOTE_YES,
    DM_QUOTE_NO /* quotes are characters like any other */
};

/* Options; all zero selects the defaults: delimiter, header and columns are found. Choose a column
 * by its header, ignoring case, or by its number, counted from 1; NULL finds it. Several columns
 * are a list, "lat_deg,lat_min,ns": degrees, minutes, seconds and hemisphere of a coordinate, or
 * the parts of a name. With planar coordinates, `lat` is the column of y and `lon` that of x;
 * columns whose headers say that they are degrees are then used only if they are chosen here.
 *
 * With `crs`, anything that names a coordinate reference system to PROJ ("EPSG:27700", a name, a
 * PROJ string, WKT), the coordinates of the file are converted to degrees on WGS84; DM_GEOGRAPHIC
 * must be wanted. If the system is projected, the columns are x and y as for planar coordinates, in
 * its unit; otherwise latitude and longitude. x is the easting and y the northing, whichever the
 * system puts first. */
struct dm_load_options {
    const char *name;   /* several are separated by commas and joined; "": none; NULL: found */
    const char *lat;    /* or y */
    const char *lon;    /* or x */
    const char *latlon; /* column with both, latitude (or y) first ... */
    const char
        *lonlat;    /* ... or longitude (or x) first; texts that say it themselves are read so */
    char delimiter; /* ' ': one or more blanks or tabs; 0: the one of comma, semicolon, tab and
                     * vertical bar that makes a table with coordinates */
    enum dm_header header;
    enum dm_quote quote;
    uint64_t skip_rows;              /* leave out so many lines at the beginning */
    bool skip_invalid;               /* leave out invalid rows instead of failing on the first */
    bool degrees;                    /* columns called x and y may be longitude and latitude */
    bool keep_rows;                  /* keep the rows of the table as CSV (locations.h) ... */
    char row_delimiter;              /* ... with this delimiter; 0: that of the table */
    enum dm_coordinates coordinates; /* kind of coordinates wanted */
    const dm_flag *stop;             /* read between blocks; may be NULL */
    const char *encoding; /* one of iconv's names; NULL: UTF-8. A byte order mark of UTF-8, UTF-16
                           * or UTF-32 at the start of a file decides about that file in any case */
    const char *to_name;  /* columns of a second place in each row; NULL: found */
    const char *to_lat;
    const char *to_lon;
    const char *crs; /* NULL: the coordinates in the file are those wanted */
    const char *by;  /* columns whose values are kept (struct dm_locations); NULL: none */
    const char *per;
    uint64_t reserved[1];
};

/* What is odd about coordinates that are valid. */
enum dm_oddity {
    DM_ODD_ZEROS = 1 << 0,   /* several locations are at 0, 0 */
    DM_ODD_RADIANS = 1 << 1, /* all are within pi/2 and pi, as radians would be */
    DM_ODD_EQUAL = 1 << 2,   /* latitude and longitude are equal in all rows */
    DM_ODD_TURNS = 1 << 3    /* some longitudes are above 180 and others are negative */
};

/* How the coordinates of a file were converted. */
struct dm_crs_notes {
    char name[160];         /* "EPSG:27700, OSGB36 / British National Grid"; "": not converted */
    char operations[400];   /* names of the operations that PROJ used, in quotes */
    bool projected;         /* false: the file has longitude and latitude ... */
    bool degrees;           /* ... in degrees */
    bool guessed;           /* no system has the name that was given, but one is called similarly */
    double accuracy_m;      /* of the least accurate of the operations; -1: unknown ... */
    size_t uncertain;       /* ... for this many locations */
    char grid[96];          /* file of a grid that PROJ lacks for a better operation, or "" ... */
    double grid_accuracy_m; /* ... whose accuracy is this */
    size_t far;             /* locations more than 1 degree outside the area of the system */
    uint64_t reserved[3];
};

/* The columns in use, counted from 1; 0: there is none. */
struct dm_load_columns {
    uint32_t name[8];        /* joined; none: rows are numbered */
    uint32_t lat[4], lon[4]; /* degrees (or y and x), minutes, seconds, hemisphere */
    uint32_t both;           /* both coordinates; then lat and lon are 0 */
};

/* Notes for the user about a load that succeeded. */
struct dm_load_notes {
    char columns[640];   /* columns in use: name "City", latitude "Lat", longitude "Lon" */
    char delimiter;      /* in use */
    char decimal;        /* mark of decimals: '.', ',' or, if there are none, 0 */
    bool literal_quotes; /* quotes are characters like any other */
    bool no_header;
    bool header_skipped;    /* columns were chosen by number; the first row seems to be a header */
    bool units_skipped;     /* the row below the header has units */
    bool row_names;         /* the header lacks the first column, of row names */
    uint64_t header_line;   /* line of the header, 0: none */
    uint64_t skipped_above; /* rows above the header, or above the data if there is none */
    bool two_places;        /* each row has two: the columns of the second follow "; to " */
    bool order_assumed;   /* both coordinates are in one column, and nothing says which is first */
    bool longitude_first; /* in that column */
    char names[96];       /* first column of the names, quoted, or "" ... */
    char not_names[96];   /* ... and the column that would be it if its names did not repeat */
    char both[96];        /* column with both coordinates, quoted, or "" */

    size_t skipped;         /* rows left out under skip_invalid ... */
    size_t skipped_missing; /* ... of which so many because a coordinate is missing ... */
    char first_skipped[DM_ERROR_LENGTH]; /* ... and the error of the first of them */

    size_t wrapped;         /* longitudes above 180, from which 360 was subtracted */
    size_t numbered;        /* names that were blank, so that the row's number is the name */
    size_t repeated;        /* locations whose name an earlier one has ... */
    char repeated_name[96]; /* ... and the first such name, quoted */
    size_t not_utf8;        /* names that are not valid UTF-8 ... */
    char not_utf8_name[96]; /* ... and the first of them, quoted */
    unsigned odd;           /* bits of enum dm_oddity ... */
    size_t zeros;           /* ... and the number of locations at 0, 0 */
    struct dm_crs_notes crs;
    struct dm_load_columns used[2]; /* the columns of `columns`, and those of second places */
    uint64_t reserved[8];
};

/* Read the locations of the table at `path` ("-" is standard input) into *locations, which the
 * caller frees with dm_locations_free(). What the table means is decided on its first rows;
 * docs/input.md has the rules. Fields may be quoted and contain delimiters and line breaks. LF,
 * CRLF, CR and empty lines are accepted. The file may be compressed with gzip. Names are UTF-8, and
 * checked if the file was in another encoding or `encoding` is given. Spaces and tabs around
 * unquoted fields are removed; quoted names are kept byte for byte. A location without a name is
 * called by its row number, counted from 1 after the header. A row may lack unused columns and have
 * empty ones at its end, but must not have more fields than the header or, without one, the first
 * row.
 *
 * DM_DATA: a row is invalid, with file, line, column and value; there are no locations; the file is
 * damaged, or not a table but a spreadsheet, say. DM_USAGE: a chosen column does not exist, the
 * encoding is unknown, or `crs` cannot be used. DM_SYSTEM: the module that `crs` needs is missing.
 * DM_IO, DM_MEMORY, DM_STOPPED. */
DM_API enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                                  struct dm_locations *locations, struct dm_load_notes *notes,
                                  struct dm_error *error);

/* Same for a table whose rows may have two places each, such as start_lat, start_lon, end_lat and
 * end_lon: locations[0] are the first ones and locations[1], as many, the second ones; none if each
 * row has one place. The caller frees both. */
DM_API enum dm_status dm_load_places(const char *path, const struct dm_load_options *options,
                                     struct dm_locations locations[2], struct dm_load_notes *notes,
                                     struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
