/* locations.h - named points, stored as columns. */
#ifndef DMATRIX_LOCATIONS_H
#define DMATRIX_LOCATIONS_H

#include <dmatrix/api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limit of planar coordinates, in metres: a tenth of a light year, and small enough that every
 * distance is finite. */
#define DM_PLANAR_MAX_M 1e15

enum dm_coordinates {
    DM_GEOGRAPHIC, /* degrees: latitude within -90..90, longitude within -180..180 */
    DM_PLANAR      /* metres: projected x (east) and y (north), within DM_PLANAR_MAX_M of 0 */
};

/* The values of a column of the table, each kept once, numbered from 1 in the order of their first
 * location. Start from a zeroed struct. */
struct dm_values {
    uint32_t *number; /* of each location's value; 0: it is blank, which is no value. NULL: the
                       * values were not kept */
    size_t count;     /* different values */
    char *text;       /* value v is text[begin[v - 1] .. begin[v]) */
    size_t *begin;    /* count + 1 offsets; NULL if count is 0 */
    char name[64];    /* header of the column, terminated and cut if it is too long; "": none */
};

/* The columns whose values are kept (dm_load_options.by and per). */
enum dm_value_column { DM_BY, DM_PER, DM_VALUE_COLUMNS };

/* `count` points. Each column has `count` entries. The names are concatenated in `names`, without
 * terminators; name i is from name_begin[i] up to name_begin[i + 1]. If the points come from memory
 * (distance_matrix.h), names and name_begin are NULL. The struct owns all of it; free it with
 * dm_locations_free(). Start from a zeroed struct. */
struct dm_locations {
    size_t count;
    enum dm_coordinates coordinates;
    union {
        double *lat_deg;
        double *y_m;
    };
    union {
        double *lon_deg;
        double *x_m;
    };
    char *names;
    size_t *name_begin; /* count + 1 offsets into names */

    /* The rows of the table, if dm_load_options.keep_rows asked for them; else all of this is 0.
     * Each row is a line of CSV with a blank field at its end, the place of one more column. Text i
     * is from row_begin[i] up to row_begin[i + 1]: rows without a location, if there are any, then
     * the row of location i. Text `count` has the rows after that of the last location. */
    char *rows;
    size_t *row_begin;  /* count + 2 offsets into rows */
    char *row_header;   /* line of the header, in the same form and terminated; "": there is none */
    char row_delimiter; /* between the fields */
    char row_decimal;   /* decimal mark of the coordinates in the rows; 0: none has decimals */
    bool rows_plain;    /* quotes in the rows are characters like any other */

    struct dm_values values[DM_VALUE_COLUMNS];
};

/* Return name `index`, not terminated, or an empty one without names. Set *length to its bytes. */
DM_API const char *dm_location_name(const struct dm_locations *locations, size_t index,
                                    size_t *length);

DM_API void dm_values_free(struct dm_values *values); /* a zeroed struct is allowed */

/* Free the columns and zero the struct. A zeroed struct is allowed. */
DM_API void dm_locations_free(struct dm_locations *locations);

#ifdef __cplusplus
}
#endif

#endif
