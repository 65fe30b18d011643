/* columns.h - choosing the columns of names and coordinates. */
#ifndef LOAD_COLUMNS_H
#define LOAD_COLUMNS_H

#include "load/first_row.h"

#include <dmatrix/load.h>

/* The columns in use, counted from 0. With planar coordinates, lat is y and lon is x. */
struct dm_csv_columns {
    size_t lat, lon, name;
    bool named;          /* there is a name column */
    bool header;         /* the first row is a header ... */
    bool header_guessed; /* ... recognized only by its lack of numbers */
    bool called_x_and_y; /* by their headers */
};

/* Check the options without a file. DM_USAGE: they contradict each other. */
enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error);

/* Choose the columns from the options and the first row. `place` is "file:line" for messages.
 * DM_USAGE: the options name a column that does not exist, or contradict each other. DM_DATA: there
 * is no column for a role, or more than one. */
enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_first_row *row, const char *place,
                                 struct dm_csv_columns *columns, struct dm_error *error);

#endif
