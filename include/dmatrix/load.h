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

/* Options; all zero selects the defaults: columns found by their usual names, comma, automatic
 * header. Choose a column by its header, ignoring case, or by its number, counted from 1; NULL
 * finds it. With planar coordinates, `lat` is the column of y and `lon` that of x; columns whose
 * headers say that they are degrees are then used only if they are chosen here.
 *
 * With `crs`, anything that names a coordinate reference system to PROJ ("EPSG:27700", a name, a
 * PROJ string, WKT), the coordinates of the file are converted to degrees on WGS84; DM_GEOGRAPHIC
 * must be wanted. If the system is projected, the columns are x and y as for planar coordinates, in
 * its unit; otherwise latitude and longitude. x is the easting and y the northing, whichever the
 * system puts first. */
struct dm_load_options {
    const char *name;
    const char *lat; /* or y */
    const char *lon; /* or x */
    char delimiter;  /* 0: comma */
    enum dm_header header;
    bool skip_invalid;               /* leave out invalid rows instead of failing on the first */
    enum dm_coordinates coordinates; /* kind of coordinates wanted */
    const dm_flag *stop;             /* read between blocks; may be NULL */
    const char *crs;                 /* NULL: the coordinates in the file are those wanted */
    uint64_t reserved[7];
};

/* How the coordinates of a file were converted. */
struct dm_crs_notes {
    char name[160];         /* "EPSG:27700, OSGB36 / British National Grid"; "": not converted */
    char operations[400];   /* names of the operations that PROJ used, in quotes */
    bool projected;         /* false: the file has longitude and latitude */
    double accuracy_m;      /* of the least accurate of the operations; -1: unknown ... */
    size_t uncertain;       /* ... for this many locations */
    char grid[96];          /* file of a grid that PROJ lacks for a better operation, or "" ... */
    double grid_accuracy_m; /* ... whose accuracy is this */
    uint64_t reserved[4];
};

/* Notes for the user about a load that succeeded. */
struct dm_load_notes {
    char columns[320];   /* columns in use: name "City", latitude "Lat", longitude "Lon" */
    bool header_skipped; /* columns were chosen by number; the first row seems to be a header */
    size_t skipped;      /* rows left out under skip_invalid ... */
    char first_skipped[DM_ERROR_LENGTH]; /* ... and the error of the first of them */
    struct dm_crs_notes crs;
    uint64_t reserved[8];
};

/* Read the locations of the CSV file at `path` ("-" is standard input) into *locations, which the
 * caller frees with dm_locations_free(). Fields may be quoted and contain delimiters and line
 * breaks. LF, CRLF, CR, a UTF-8 byte order mark and empty lines are accepted. Spaces and tabs
 * around unquoted fields are removed; quoted names are kept byte for byte. Without a name column a
 * location's name is its row number, counted from 1 after the header. A row may lack unused columns
 * and have empty ones at its end, but must not have more fields than the first row.
 *
 * DM_DATA: a row is invalid, with file, line, column and value; or there are no locations.
 * DM_USAGE: a chosen column does not exist, or `crs` cannot be used. DM_SYSTEM: the module that
 * `crs` needs is missing. DM_IO, DM_MEMORY, DM_STOPPED. */
DM_API enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                                  struct dm_locations *locations, struct dm_load_notes *notes,
                                  struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
