/* crs.h - converting the coordinates of a file from its coordinate reference system to WGS84, in
 * the module crs.so. */
#ifndef LOAD_CRS_H
#define LOAD_CRS_H

#include "load/crs_module.h"
#include "load/rows.h"

/* The conversion of one file. */
struct dm_crs_reading {
    struct dm_load_options options; /* for reading it: its own kind of coordinates */
    const struct dm_crs_module *module;
    struct dm_crs *crs; /* NULL: nothing is converted */
    struct dm_crs_notes notes;
};

/* Check the options without a file. DM_USAGE: they contradict each other. */
enum dm_status dm_crs_check(const struct dm_load_options *options, struct dm_error *error);

/* Find the system that the options name, if any. Close it with dm_crs_close(). DM_USAGE: it is
 * unknown or cannot be used. DM_SYSTEM: the module is missing. DM_MEMORY. */
enum dm_status dm_crs_open(const struct dm_load_options *options, struct dm_crs_reading *reading,
                           struct dm_error *error);

/* Convert the locations of all rows, which were read with reading->options, and fill
 * reading->notes. Rows that cannot be converted are rejected; after such an error, DM_DATA,
 * dm_rows_finish() has its message. DM_STOPPED. */
enum dm_status dm_crs_convert(struct dm_crs_reading *reading, struct dm_rows *rows,
                              struct dm_error *error);

void dm_crs_close(struct dm_crs_reading *reading);

#endif
