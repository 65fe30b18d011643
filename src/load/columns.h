/* columns.h - which column is which. */
#ifndef LOAD_COLUMNS_H
#define LOAD_COLUMNS_H

#include "load/first_row.h"

#include <dmatrix/load.h>

/* The columns in use, counted from 0. Where coordinates are planar, lat is y and lon is x. */
struct dm_columns {
    size_t lat, lon, name;
    bool named;          /* there is a name column */
    bool header;         /* the first row is a header ... */
    bool header_guessed; /* ... which only its lack of numbers gave away */
    bool called_x_and_y; /* by the header */
};

/* Whether the options alone make sense. DM_USAGE: they contradict each other. */
enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error);

/* Decides from the options and the first row. `place` is "file:line" for messages. DM_USAGE: the
 * options name a column that is not there, or contradict each other. DM_DATA: no columns can be
 * told, or more than one for a role. */
enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_first_row *row, const char *place,
                                 struct dm_columns *columns, struct dm_error *error);

#endif
