/* csv_model.h - the meaning of a CSV file of locations, as simply as possible: by what the
 * documentation says, one rule after another, without regard to speed. */
#ifndef FUZZ_CSV_MODEL_H
#define FUZZ_CSV_MODEL_H

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

enum { MODEL_ROWS = 128, MODEL_FIELDS = 24, MODEL_TEXT = 2048 };

struct model_field {
    const char *text; /* terminated, but it may hold NUL */
    size_t length;
};

struct model_row {
    struct model_field fields[MODEL_FIELDS];
    size_t count;
    bool broken; /* a quote where none may be */
};

struct model_location {
    struct model_field name;
    double lat, lon;
};

struct model {
    /* What it means, where it means something: */
    bool valid;
    struct model_location locations[MODEL_ROWS];
    size_t count, skipped;
    bool beyond; /* more than the model has room for: it says nothing */

    /* and on the way to that: */
    struct model_row rows[MODEL_ROWS];
    size_t row_count;
    bool unclosed; /* the last field's quote */
    char text[2 * MODEL_TEXT], numbers[MODEL_ROWS][8];
};

/* Reads it all. `length` is at most MODEL_TEXT. */
void model_read(struct model *model, const char *bytes, size_t length,
                const struct dm_load_options *options);

#endif
