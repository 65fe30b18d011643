/* crs_module.h - the contract between the loader and the module crs.so (src/crs), which converts
 * coordinates of any coordinate reference system to WGS84. The module exports one object,
 * `const struct dm_crs_module dm_crs_module`. */
#ifndef LOAD_CRS_MODULE_H
#define LOAD_CRS_MODULE_H

#include <dmatrix/load.h>

#include <stddef.h>

/* To be increased with every change of this file and of struct dm_crs_notes. */
enum { DM_CRS_MODULE_VERSION = 2 };

#define DM_CRS_MODULE_SYMBOL "dm_crs_module"

struct dm_crs; /* a conversion; for one thread at a time */

struct dm_crs_module {
    unsigned version; /* DM_CRS_MODULE_VERSION */

    /* Find the system of that name and prepare its conversion, to be closed by the caller. Set the
     * name and the kind in *notes. On failure write the reason, terminated, to `message`.
     * DM_USAGE: the name is unknown, or the system has no longitude and latitude. DM_SYSTEM: the
     * database of systems cannot be used. DM_MEMORY. */
    enum dm_status (*open)(const char *name, struct dm_crs **crs, struct dm_crs_notes *notes,
                           char message[DM_ERROR_LENGTH]);

    /* Convert x[i], y[i] (easting and northing, or longitude and latitude, in units of the system)
     * to longitude and latitude in degrees on WGS84. Both become HUGE_VAL if that fails. */
    void (*convert)(struct dm_crs *crs, double *x, double *y, size_t count);

    /* Return the reason why the last point that failed did so; valid until the next call. */
    const char *(*reason)(const struct dm_crs *crs);

    /* Describe in *notes how the points so far were converted. `bounds` are the west, south, east
     * and north limits of the results in degrees. */
    void (*describe)(struct dm_crs *crs, const double bounds[4], struct dm_crs_notes *notes);

    void (*close)(struct dm_crs *crs); /* NULL is allowed */
};

#endif
