/* columns.h - which column is which. */
#ifndef LOAD_COLUMNS_H
#define LOAD_COLUMNS_H

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

/* The columns in use, counted from 0. Where coordinates are planar, lat is y and lon is x. */
struct dm_columns {
    size_t lat, lon, name;
    bool named;          /* there is a name column */
    bool header;         /* the first row is a header ... */
    bool header_guessed; /* ... which only its lack of numbers gave away */
};

/* The fields of a row. */
struct dm_cell {
    const char *text; /* terminated */
    size_t length;
};

/* Whether the options alone make sense. DM_USAGE: they contradict each other. */
enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error);

/* Decides from the options and the first row. `place` is "file:line" for messages. DM_USAGE: the
 * options name a column that is not there, or contradict each other. DM_DATA: no columns can be
 * told, or more than one for a role. */
enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_cell *fields, size_t count, const char *place,
                                 struct dm_columns *columns, struct dm_error *error);

/* The two columns that look like coordinates: the only ones with decimals, or else the only
 * numbers. False: there are fewer, or more. */
bool dm_columns_guess(const struct dm_cell *fields, size_t count, size_t columns[2]);

#endif
