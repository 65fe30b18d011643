#include "load/sample.h"

#include "base/number.h"
#include "base/room.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 14 }; /* the rows are counted after each */

/* ---- reading ---- */

struct reading {
    struct dm_record_reader reader;
    struct dm_sample *sample;
    uint64_t row_line;
    bool row_begun, out_of_memory;
};

static struct dm_sample_row *current_row(struct reading *reading)
{
    struct dm_sample *sample = reading->sample;
    if (!reading->row_begun) {
        if (!dm_grow(&sample->rows, &sample->row_capacity, sample->row_count + 1,
                     sizeof *sample->rows)) {
            reading->out_of_memory = reading->reader.done = true;
            return NULL;
        }
        sample->rows[sample->row_count] =
            (struct dm_sample_row){.line = reading->reader.line, .first = sample->cell_count};
        reading->row_begun = true;
    }
    return &sample->rows[sample->row_count];
}

static void take_field(void *context, const char *text, size_t length, uint64_t lines)
{
    (void)lines;
    struct reading *reading = context;
    struct dm_sample *sample = reading->sample;
    struct dm_sample_row *row = current_row(reading);
    if (!row)
        return;
    if (!dm_grow(&sample->cells, &sample->cell_capacity, sample->cell_count + 1,
                 sizeof *sample->cells)) {
        reading->out_of_memory = reading->reader.done = true;
        return;
    }
    char *copy = sample->text + sample->used;
    memcpy(copy, text, length);
    copy[length] = '\0';
    sample->used += length + 1;
    sample->cells[sample->cell_count++] = (struct dm_cell){copy, length};
    row->count++;
}

static void take_misplaced(void *context, const struct dm_error *complaint)
{
    (void)complaint;
    struct dm_sample_row *row = current_row(context);
    if (row)
        row->broken = true;
}

static void end_row(void *context)
{
    struct reading *reading = context;
    struct dm_sample *sample = reading->sample;
    sample->row_count += reading->row_begun;
    reading->row_begun = false;
    reading->reader.done = reading->reader.done || sample->row_count == DM_SAMPLE_ROWS;
}

/* Split the text in pieces, so that little more is split than is wanted. */
static enum dm_status split(struct reading *reading, struct dm_records *records, const char *text,
                            size_t length, bool whole)
{
    enum dm_status status = DM_OK;
    for (size_t at = 0; at < length && status == DM_OK && !reading->reader.done;) {
        size_t piece = length - at < PIECE_BYTES ? length - at : PIECE_BYTES;
        status = dm_records_parse(records, text + at, piece, NULL);
        at += piece;
    }
    if (status == DM_OK && whole && !reading->reader.done)
        reading->sample->unclosed = dm_records_end(records, NULL) != DM_OK;
    reading->sample->nul = status == DM_DATA;
    return status == DM_DATA ? DM_OK : status;
}

enum dm_status dm_sample_read(struct dm_sample *sample, const char *text, size_t length, bool whole,
                              const struct dm_dialect *dialect, uint64_t line,
                              struct dm_error *error)
{
    struct reading reading = {.sample = sample};
    reading.reader = (struct dm_record_reader){.field = take_field,
                                               .misplaced = take_misplaced,
                                               .end_row = end_row,
                                               .context = &reading,
                                               .line = line};
    *sample = (struct dm_sample){0};
    struct dm_records *records = dm_records_open(dialect, &reading.reader);
    /* Each field takes its bytes and a terminator, where the text has a delimiter or line end. */
    sample->text = malloc(length + 2);
    enum dm_status status =
        records && sample->text ? split(&reading, records, text, length, whole) : DM_MEMORY;
    if (status == DM_MEMORY || reading.out_of_memory)
        status = dm_fail_memory(error, "the first rows");
    dm_records_close(records);
    if (status != DM_OK)
        dm_sample_free(sample);
    return status;
}

/* Return true if only a header for row names is missing in the first row. */
static bool lacks_row_names(const struct dm_sample *sample)
{
    size_t count = sample->row_count > 1 ? sample->rows[0].count : 0;
    for (size_t i = 0; i < count; i++)
        if (dm_cell_is_number(dm_sample_cell(sample, 0, i)))
            return false;
    for (size_t i = 1; i < sample->row_count; i++)
        if (sample->rows[i].count != count + 1 || sample->rows[i].broken)
            return false;
    return count > 1 && !sample->rows[0].broken &&
           !dm_cell_is_empty(dm_sample_cell(sample, 1, count));
}

enum dm_status dm_sample_add_row_names(struct dm_sample *sample, struct dm_error *error)
{
    if (!lacks_row_names(sample))
        return DM_OK;
    struct dm_sample_row *row = &sample->rows[0];
    size_t wanted = sample->cell_count + row->count + 1;
    if (!dm_grow(&sample->cells, &sample->cell_capacity, wanted, sizeof *sample->cells))
        return dm_fail_memory(error, "the first rows");
    struct dm_cell *cells = sample->cells + sample->cell_count;
    cells[0] = (struct dm_cell){"", 0};
    memcpy(cells + 1, sample->cells + row->first, row->count * sizeof *cells);
    row->first = sample->cell_count;
    row->count++;
    sample->cell_count = wanted;
    sample->row_names = true;
    return DM_OK;
}

void dm_sample_free(struct dm_sample *sample)
{
    free(sample->rows);
    free(sample->cells);
    free(sample->text);
    *sample = (struct dm_sample){0};
}

/* ---- looking at it ---- */

const struct dm_cell *dm_sample_cell(const struct dm_sample *sample, size_t row, size_t column)
{
    static const struct dm_cell empty = {"", 0};
    if (row >= sample->row_count)
        return &empty;
    const struct dm_sample_row *found = &sample->rows[row];
    return column < found->count ? &sample->cells[found->first + column] : &empty;
}

size_t dm_sample_width(const struct dm_sample *sample, size_t first)
{
    size_t width = 0, most = 0;
    for (size_t i = first; i < sample->row_count; i++) {
        size_t count = 0;
        for (size_t j = first; j < sample->row_count; j++)
            count += sample->rows[j].count == sample->rows[i].count;
        if (count > most || (count == most && sample->rows[i].count > width)) {
            most = count;
            width = sample->rows[i].count;
        }
        if (most > sample->row_count / 2)
            break; /* no other is more common */
    }
    return width;
}

bool dm_sample_row_is_blank(const struct dm_sample *sample, size_t row)
{
    for (size_t i = 0; i < sample->rows[row].count; i++)
        if (!dm_cell_is_empty(dm_sample_cell(sample, row, i)))
            return false;
    return true;
}

bool dm_cell_is_empty(const struct dm_cell *cell)
{
    return cell->text[strspn(cell->text, " \t")] == '\0';
}

bool dm_cell_is_number(const struct dm_cell *cell)
{
    double value;
    enum dm_number_fault fault = dm_number_parse(cell->text, cell->length, &value);
    return fault == DM_NUMBER_OK || fault == DM_NUMBER_DECIMAL_COMMA;
}
