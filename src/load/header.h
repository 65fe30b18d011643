/* header.h - where the data of a table begin: after titles, comments, the header and its units. */
#ifndef LOAD_HEADER_H
#define LOAD_HEADER_H

#include "load/choice.h"

/* How the header was recognized. */
struct dm_header_rows {
    bool guessed; /* only by its lack of numbers in chosen columns */
    bool units;   /* the row below it may have units, and is left out of the data */
};

/* Find the header and set it, its width and the first row of data in *choice, which has the options
 * and the sample. DM_MEMORY. */
enum dm_status dm_header_find(struct dm_choice *choice, struct dm_header_rows *rows);

/* Return true if a row has units in the columns of the coordinates. */
bool dm_header_has_units(const struct dm_sample *sample, size_t row,
                         const struct dm_place_columns *place);

#endif
