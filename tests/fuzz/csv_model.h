/* csv_model.h - the meaning of a CSV file of locations where options say everything: delimiter,
 * quotes, header and columns by number. As simple as possible: one rule after another, without
 * regard to speed. Angles that are not plain numbers, and both coordinates in one text, are read by
 * the functions of load/angle.h and load/angle_pair.h, which have tests of their own. */
#ifndef FUZZ_CSV_MODEL_H
#define FUZZ_CSV_MODEL_H

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

enum { MODEL_ROWS = 128, MODEL_FIELDS = 24, MODEL_TEXT = 2048, MODEL_NAMES = 8, MODEL_PARTS = 4 };

struct model_field {
    const char *text; /* terminated */
    size_t length;
};

struct model_row {
    struct model_field fields[MODEL_FIELDS];
    size_t count; /* of fields, up to a misplaced quote */
    bool broken;  /* by a misplaced quote */
    bool unended; /* the text ends without a line end */
};

/* Columns, counted from 0. */
struct model_list {
    size_t column[MODEL_NAMES], count;
};

struct model_location {
    struct model_field name;
    double lat, lon;
};

struct model {
    /* What the file means: */
    bool valid;
    bool unsaid; /* the model does not know: too many rows or fields, or a first row that may be a
                  * title, a comment or units, which only the loader recognizes */
    struct model_location locations[MODEL_ROWS];
    size_t count;
    size_t skipped;  /* invalid rows ... */
    size_t missing;  /* ... of which so many for want of a coordinate ... */
    size_t outside;  /* ... and so many with coordinates out of range, which may be codes */
    size_t wrapped;  /* longitudes above 180 */
    size_t numbered; /* blank names */
    char decimal;
    char delimiter; /* of the options */

    /* and what leads to that: */
    struct model_row rows[MODEL_ROWS];
    size_t row_count;
    size_t fields;      /* of a row of data, with empty ones at its end */
    size_t usual;       /* fields of most rows of data */
    bool unclosed, nul; /* a quote at the end; a byte anywhere */
    struct model_list name, lat, lon, both;
    char *next_text, *next_name;
    char text[2 * MODEL_TEXT], names[2 * MODEL_NAMES * MODEL_TEXT]; /* for fields and names */
};

/* Return true if the options say all that the model needs. */
bool model_applies(const struct dm_load_options *options);

/* Read a text of up to MODEL_TEXT bytes. */
void model_read(struct model *model, const char *bytes, size_t length,
                const struct dm_load_options *options);

#endif
