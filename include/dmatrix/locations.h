/* locations.h - named points, as columns. */
#ifndef DMATRIX_LOCATIONS_H
#define DMATRIX_LOCATIONS_H

#include <dmatrix/api.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The largest planar coordinate, in metres: a tenth of a light year, and small enough for every
 * distance to be an ordinary number. */
#define DM_PLANAR_MAX_M 1e15

enum dm_coordinates {
    DM_GEOGRAPHIC, /* degrees: latitude within -90..90, longitude within -180..180 */
    DM_PLANAR      /* metres: projected x (east) and y (north), within DM_PLANAR_MAX_M of 0 */
};

/* `count` points. Each column has `count` entries; the names stand one after another in `names`,
 * unterminated, name i from name_begin[i] up to name_begin[i + 1]. Where points come from memory
 * (distance_matrix.h), names and name_begin are NULL. The struct owns all of it:
 * dm_locations_free() gives it back. Start from a zeroed struct. */
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
};

/* Name `index`, not terminated; its length in bytes goes to *length. Where there are no names, it
 * is empty. */
DM_API const char *dm_location_name(const struct dm_locations *locations, size_t index,
                                    size_t *length);

/* Frees the columns and zeroes the struct. A zeroed struct is fine. */
DM_API void dm_locations_free(struct dm_locations *locations);

#ifdef __cplusplus
}
#endif

#endif
