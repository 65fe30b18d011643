/* export_columns.h - what is exported of each result, the same in CSV and in JSON. */
#ifndef REPORT_EXPORT_COLUMNS_H
#define REPORT_EXPORT_COLUMNS_H

#include "report/results.h"

enum dm_column_kind {
    DM_COLUMN_TEXT,  /* const char *; NULL: not known */
    DM_COLUMN_ARRAY, /* char[]; empty: not known */
    DM_COLUMN_REAL,  /* double; NAN: not known */
    DM_COLUMN_COUNT, /* uint64_t */
    DM_COLUMN_SMALL, /* unsigned */
    DM_COLUMN_GRAIN, /* uint64_t as a text: a number, or "auto" for 0 */
};

struct dm_column {
    const char *csv; /* its name in CSV; NULL: it is not there */
    const char *object,
        *json; /* its name in JSON, in an object of the result or, NULL, in itself */
    enum dm_column_kind kind;
    size_t place; /* in struct dm_result, in bytes */
    enum dm_column_of { DM_COLUMN_OF_ALL, DM_COLUMN_OF_RUN, DM_COLUMN_OF_TRIAL } of;
};

extern const struct dm_column dm_export_columns[]; /* ended by one without names */

/* Return whether these results have the column. */
bool dm_column_applies(const struct dm_column *column, const struct dm_results *results);

/* A value in a form that both formats can write. */
struct dm_column_value {
    enum { DM_VALUE_NONE, DM_VALUE_TEXT, DM_VALUE_REAL, DM_VALUE_COUNT } type;
    const char *text;
    double real;
    uint64_t count;
};

/* Return a result's value. A grain's text is written to `room`. */
struct dm_column_value dm_column_value(const struct dm_column *column,
                                       const struct dm_result *result, char room[DM_GRAIN_LENGTH]);

#endif
