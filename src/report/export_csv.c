/* A line for each result, as RFC 4180 has it but for the newlines, which are those of Unix. */
#include "report/export_columns.h"
#include "report/export_text.h"

#include <inttypes.h>
#include <string.h>

static void put_text(FILE *stream, const char *text)
{
    const char *quote = text[strcspn(text, "\",\r\n")] ? "\"" : "";
    fputs(quote, stream);
    for (; *text; text++)
        fprintf(stream, *text == '"' ? "\"%c" : "%c", *text);
    fputs(quote, stream);
}

static void put_value(FILE *stream, const struct dm_column *column, const struct dm_result *result)
{
    char room[DM_GRAIN_LENGTH];
    struct dm_column_value value = dm_column_value(column, result, room);
    switch (value.type) {
    case DM_VALUE_NONE:
        break;
    case DM_VALUE_TEXT:
        put_text(stream, value.text);
        break;
    case DM_VALUE_REAL:
        fprintf(stream, "%.9g", value.real);
        break;
    case DM_VALUE_COUNT:
        fprintf(stream, "%" PRIu64, value.count);
        break;
    }
}

/* Write the names of the columns, or the values of a result. */
static void put_line(FILE *stream, const struct dm_results *results, const struct dm_result *result)
{
    const char *comma = "";
    for (const struct dm_column *column = dm_export_columns; column->json; column++) {
        if (!column->csv || !dm_column_applies(column, results))
            continue;
        fputs(comma, stream);
        comma = ",";
        if (result)
            put_value(stream, column, result);
        else
            fputs(column->csv, stream);
    }
    fputc('\n', stream);
}

enum dm_status dm_results_csv(const struct dm_results *results, char **text, struct dm_error *error)
{
    struct dm_export_text made;
    dm_export_text_begin(&made);
    if (made.stream) {
        put_line(made.stream, results, NULL);
        for (size_t i = 0; i < results->count; i++)
            put_line(made.stream, results, &results->list[i]);
    }
    return dm_export_text_end(&made, true, text, error);
}
