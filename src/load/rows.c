#include "load/rows.h"

#include "base/text.h"
#include "load/row_doubts.h"
#include "load/row_errors.h"
#include "load/row_places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- fields ---- */

/* Return true for rows that are kept: the header and all rows below it or, without one, the data.
 */
static bool is_kept(const struct dm_rows *rows)
{
    size_t header = rows->table->header_row;
    return rows->keeps && rows->row >= (header == SIZE_MAX ? rows->table->skipped : header);
}

/* Keep a field. Empty ones beyond the columns of the table are left out at the end of a row. */
static void keep_field(struct dm_rows *rows, const char *text, size_t length)
{
    if (rows->fields >= rows->table->width && length == 0)
        return;
    bool lacks_first = rows->table->row_names && rows->row == rows->table->header_row;
    if (!dm_kept_rows_pad(&rows->kept, rows->fields + lacks_first) ||
        !dm_kept_rows_field(&rows->kept, text, length))
        dm_row_fail_memory(rows, "the rows");
}

static void on_field(void *context, const char *text, size_t length, uint64_t lines)
{
    struct dm_rows *rows = context;
    if (rows->row >= rows->table->skipped) {
        rows->filled = rows->filled || text[strspn(text, " \t")] != '\0';
        rows->comment = rows->fields == 0 ? *text == '#' : rows->comment;
        if (rows->fields == rows->after)
            rows->number = *text != '\0' && strchr("+-.0123456789", *text);
        if (rows->fields >= rows->table->width && length > 0)
            dm_row_reject_extra(rows, text, length);
        if (rows->table->quotes_unseen && *text == '"')
            dm_row_refuse_quoted(rows, text, length, "begins with a quote, the first in the file");
        if (lines > 0)
            dm_row_check_swallowed(rows, text, length);
        while (rows->next < rows->uses.count && rows->uses.use[rows->next].column == rows->fields &&
               rows->status == DM_OK)
            dm_row_use_field(rows, &rows->uses.use[rows->next++], text, length);
    }
    if (is_kept(rows))
        keep_field(rows, text, length);
    rows->fields++;
}

static void on_misplaced(void *context, const struct dm_error *error)
{
    struct dm_rows *rows = context;
    if (rows->row >= rows->table->skipped && rows->keeps)
        dm_row_refuse(rows, error); /* its columns are not known, so it cannot be written again */
    else if (rows->row >= rows->table->skipped)
        dm_row_reject(rows, &(struct dm_complaint){.error = *error});
    rows->filled = true;
    rows->fields += rows->fields == 0; /* so that it is no empty line */
}

static void end_data_row(struct dm_rows *rows)
{
    dm_row_check_fields(rows);
    dm_row_read_places(rows);
    for (size_t k = 0; k < rows->table->place_count && rows->status == DM_OK; k++) {
        if (rows->invalid)
            dm_growing_discard_name(&rows->places[k].growing);
        else
            dm_row_add_location(rows, &rows->places[k]);
    }
    if (rows->invalid && !rows->filled)
        return; /* as an empty line */
    if (rows->invalid && rows->comment)
        dm_row_offer_to_skip(rows, &rows->complaint.error);
    if (rows->invalid)
        dm_row_report_invalid(rows);
    rows->data_rows++;
}

/* Keep the row, with a field for each column of the table. */
static void keep_row(struct dm_rows *rows)
{
    struct dm_kept_rows *kept = &rows->kept;
    bool good = dm_kept_rows_pad(kept, rows->table->width) && dm_kept_rows_end(kept);
    if (good && rows->row == rows->table->header_row)
        good = dm_kept_rows_take_header(kept);
    else if (good && rows->row >= rows->table->skipped && !rows->invalid)
        good = dm_kept_rows_take_location(kept);
    if (!good)
        dm_row_fail_memory(rows, "the rows");
}

static void on_row(void *context)
{
    struct dm_rows *rows = context;
    if (rows->fields == 0)
        return;
    if (rows->row >= rows->table->skipped)
        end_data_row(rows);
    if (is_kept(rows) && rows->status == DM_OK)
        keep_row(rows);
    rows->row++;
    rows->fields = 0;
    rows->next = 0;
    rows->invalid = rows->filled = rows->number = false;
}

/* ---- all rows ---- */

/* Return the column after the coordinates of a place. */
static size_t column_after(const struct dm_place_columns *place)
{
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    return 1 + (place->both != DM_NO_COLUMN ? place->both : lat > lon ? lat : lon);
}

struct dm_rows *dm_rows_open(const struct dm_load_options *options, const struct dm_crs_notes *crs,
                             const struct dm_table *table, const struct dm_sample *sample,
                             const char *shown)
{
    struct dm_rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return NULL;
    rows->shown = shown;
    rows->options = options;
    rows->crs = crs;
    rows->table = table;
    rows->sample = sample;
    rows->roles = dm_roles_of(options->coordinates);
    rows->uses = dm_uses_of(table);
    rows->after = column_after(&table->places[0]);
    rows->keeps = options->keep_rows;
    rows->kept = dm_kept_rows_begin(&table->dialect, options->row_delimiter);
    for (size_t k = 0; k < table->place_count; k++) {
        rows->places[k].columns = &table->places[k];
        rows->places[k].growing.keeps_lines = options->crs != NULL;
    }
    rows->coordinates =
        (struct dm_coordinate_reader){.options = options, .delimiter = table->dialect.delimiter};
    rows->reader = (struct dm_record_reader){.field = on_field,
                                             .misplaced = on_misplaced,
                                             .end_row = on_row,
                                             .context = rows,
                                             .line = 1};
    return rows;
}

struct dm_record_reader *dm_rows_reader(struct dm_rows *rows)
{
    return &rows->reader;
}

struct dm_growing *dm_rows_growing(struct dm_rows *rows, size_t place)
{
    return &rows->places[place].growing;
}

enum dm_status dm_rows_reject(struct dm_rows *rows, uint64_t line,
                              const struct dm_complaint *complaint)
{
    rows->reader.line = line;
    rows->invalid = false;
    dm_row_reject(rows, complaint);
    dm_row_report_invalid(rows);
    rows->invalid = false;
    return rows->status;
}

void dm_rows_discard_nan(struct dm_rows *rows)
{
    const struct dm_locations *locations = &rows->places[0].growing.locations;
    if (rows->keeps)
        dm_kept_rows_skip_nan(&rows->kept, locations->lat_deg);
    for (size_t k = 0; k < rows->table->place_count; k++)
        dm_growing_discard_nan(&rows->places[k].growing);
}

/* Fail because there are no locations. */
static void fail_empty(struct dm_rows *rows)
{
    struct dm_error all = rows->first_error;
    if (rows->notes.skipped > 0)
        dm_append(all.message, sizeof all.message, "%s: all %zu rows are invalid, the first: %s",
                  rows->shown, rows->notes.skipped, rows->first_error.message);
    else
        dm_fail(&all, DM_DATA, "%s: there are no locations in it, only a header", rows->shown);
    dm_row_fail(rows, &all);
}

enum dm_status dm_rows_finish(struct dm_rows *rows, struct dm_locations locations[DM_PLACES_MAX],
                              struct dm_load_notes *notes, struct dm_error *error)
{
    if (rows->status == DM_OK && rows->places[0].growing.locations.count == 0)
        fail_empty(rows);
    if (rows->status == DM_OK && rows->keeps && !dm_kept_rows_close(&rows->kept))
        dm_row_fail_memory(rows, "the rows");
    if (rows->status != DM_OK) {
        if (error)
            *error = rows->error;
        return rows->status;
    }
    if (rows->notes.skipped > 0)
        dm_append(rows->notes.first_skipped, sizeof rows->notes.first_skipped, "%s",
                  rows->first_error.message);
    rows->notes.decimal = rows->coordinates.decimal;
    *notes = rows->notes;
    for (size_t k = 0; k < DM_PLACES_MAX; k++) {
        locations[k] = (struct dm_locations){0};
        if (k < rows->table->place_count)
            locations[k] = dm_growing_finish(&rows->places[k].growing);
    }
    for (size_t k = 0; k < rows->table->place_count; k++)
        for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
            memcpy(locations[k].values[i].name, rows->table->value_name[i],
                   sizeof locations[k].values[i].name);
    if (rows->keeps) {
        dm_kept_rows_finish(&rows->kept, &locations[0]);
        locations[0].row_decimal = rows->coordinates.decimal;
    }
    return DM_OK;
}

void dm_rows_close(struct dm_rows *rows)
{
    if (!rows)
        return;
    for (size_t k = 0; k < DM_PLACES_MAX; k++) {
        for (size_t i = 0; i < DM_NAMES_MAX; i++)
            free(rows->places[k].names[i].text);
        dm_growing_free(&rows->places[k].growing);
    }
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
        free(rows->values[i].text);
    dm_kept_rows_free(&rows->kept);
    free(rows);
}
