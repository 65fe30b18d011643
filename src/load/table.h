/* table.h - what the text of a table means: how it is split, which rows are data, and which columns
 * are used. */
#ifndef LOAD_TABLE_H
#define LOAD_TABLE_H

#include "load/records.h"

#include <dmatrix/load.h>

enum { DM_NAMES_MAX = 8, DM_PLACES_MAX = 2 };
#define DM_NO_COLUMN SIZE_MAX

/* Columns are counted from 0; DM_NO_COLUMN: there is none. */

/* Columns of one coordinate: its degrees or metres, or a whole text such as 48°51'24"N. */
struct dm_axis_columns {
    size_t degrees, minutes, seconds, hemisphere;
    size_t doubt;   /* column that may hold the minutes or the hemisphere, or something else */
    size_t watched; /* column in which that would show only in a later row */
    bool watched_minutes;
    char o_means; /* 'E' or 'W' if the hemispheres hold O, which is east in German and west in
                   * Romance languages, beside W or E; else '\0' */
    char fixed; /* 'N', 'S', 'E' or 'W' if the header says that all are there, with numbers without
                 * a sign; '?': south or west, but some have a sign */
};

#define DM_NO_AXIS                                                                                 \
    {                                                                                              \
        .degrees = DM_NO_COLUMN, .minutes = DM_NO_COLUMN, .seconds = DM_NO_COLUMN,                 \
        .hemisphere = DM_NO_COLUMN, .doubt = DM_NO_COLUMN, .watched = DM_NO_COLUMN                 \
    }

/* Columns of a place. With planar coordinates, lat is y and lon is x. */
struct dm_place_columns {
    struct dm_axis_columns lat, lon;
    size_t both;       /* column with both coordinates; lat and lon are then not used */
    bool lon_first;    /* in it, unless the text itself says so */
    bool both_assumed; /* neither an option, nor the header, nor the values say which is first */
    size_t name[DM_NAMES_MAX], name_count; /* joined by ", "; without any, rows are numbered */
};

struct dm_table {
    struct dm_dialect dialect;
    bool quotes_unseen;  /* the sample has no quotes, and in this dialect they may be literal */
    size_t skipped;      /* rows above the data, the header included */
    size_t header_row;   /* one of them, counted from 0; SIZE_MAX: none */
    bool header_guessed; /* it is recognized only by its lack of numbers in chosen columns */
    bool units;          /* the row below the header has units */
    bool row_names;      /* the header lacks the first column, of row names */
    size_t width;        /* fields of the header or, without one, of the first row */
    size_t fields;       /* of a row: at least the width, and what is beyond it is empty */
    size_t usual;        /* fields of most rows */
    size_t repeats;      /* the column of the names if they did not repeat in it, or DM_NO_COLUMN */
    struct dm_place_columns places[DM_PLACES_MAX]; /* of a row: one, or its start and its end */
    size_t place_count;
    size_t value[DM_VALUE_COLUMNS]; /* columns whose values are kept, and their headers */
    char value_name[DM_VALUE_COLUMNS][64];
};

#endif
