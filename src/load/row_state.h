/* row_state.h - what the files that read rows share: the current row, and the locations before it.
 */
#ifndef LOAD_ROW_STATE_H
#define LOAD_ROW_STATE_H

#include "load/growing.h"
#include "load/kept_rows.h"
#include "load/range.h"
#include "load/uses.h"

enum { DM_PART_LENGTH = 64 };

/* A text that is kept until the row ends. */
struct dm_kept_text {
    char *text;
    size_t length, capacity;
};

/* A place of the current row, and the locations before it. */
struct dm_row_place {
    const struct dm_place_columns *columns;
    double lat, lon; /* or y and x */
    char parts[DM_PARTS][DM_PART_LENGTH];
    struct dm_kept_text names[DM_NAMES_MAX];
    struct dm_growing growing;
    bool has_context; /* what the sample shows of the columns, for messages: */
    struct dm_range_context context;
};

struct dm_rows {
    struct dm_record_reader reader;
    const char *shown;
    const struct dm_load_options *options;
    const struct dm_crs_notes *crs; /* the system, if the options choose one */
    const struct dm_table *table;
    const struct dm_sample *sample;
    const struct dm_roles *roles;
    struct dm_uses uses;
    size_t after; /* the column after the coordinates */

    struct dm_coordinate_reader coordinates;
    struct dm_load_notes notes;
    enum dm_status status; /* not DM_OK: loading has ended; `error` has the reason */
    struct dm_error error;
    struct dm_error first_error; /* of the first invalid row, with its place */
    uint64_t first_line;         /* ... of that row */

    /* The current row. */
    size_t row;    /* number of rows of the text before it */
    size_t fields; /* so far */
    size_t next;   /* the first use that is still to come */
    bool filled;   /* one of its fields is not blank */
    bool comment;  /* it begins with # */
    bool number;   /* the field after the coordinates begins as a number does */
    bool invalid;  /* for this reason, on this line: */
    struct dm_complaint complaint;
    uint64_t complaint_line;
    uint64_t data_rows; /* number of data rows before it */
    struct dm_row_place places[DM_PLACES_MAX];
    struct dm_kept_text values[DM_VALUE_COLUMNS];
    bool keeps; /* the rows, as the options say ... */
    struct dm_kept_rows kept;
};

#endif
