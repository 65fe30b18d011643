/* Locations from a CSV file, using libcsv; no other file uses it.
 *
 * The file is read in blocks. libcsv splits them into fields and rows, which struct dm_rows
 * converts to locations. This file counts lines, and continues after a row that libcsv rejects.
 */
#include "base/text.h"
#include "base/try.h"
#include "load/crs.h"
#include "load/input.h"
#include "load/rows.h"

#include <csv.h>
#include <string.h>

enum { FIELD_ROOM_STEP = 1 << 16 }; /* growth of libcsv's buffer for one field, in bytes */

struct reader {
    struct csv_parser parser;
    struct dm_rows rows;
    struct dm_crs_reading *crs;
    bool after_return; /* a carriage return has just ended a line; a line feed now is part of it */
    bool skip_rest_of_line; /* ignore the rest of this line */
    bool has_quotes; /* in the file so far; without quotes no field can contain line breaks */
};

/* ---- libcsv's callbacks ---- */

/* Count the line ends in a text: LF, CR, and CR LF as one. */
static uint64_t count_lines(const char *text, size_t length)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
    return lines;
}

static void on_field(void *text, size_t length, void *data)
{
    struct reader *reader = data;
    dm_rows_field(&reader->rows, text, length);
    if (reader->has_quotes)
        reader->rows.line += count_lines(text, length);
    reader->after_return = false;
}

/* `terminator` is the character that ended the row, -1 at the end of the file. With CSV_REPALL_NL
 * libcsv also calls this for empty rows, and once for each character of CR LF. */
static void on_row(int terminator, void *data)
{
    struct reader *reader = data;
    dm_rows_end_row(&reader->rows);
    if (reader->rows.status != DM_OK)
        return; /* the error names this line */
    bool second_of_pair = terminator == '\n' && reader->after_return;
    reader->rows.line += !second_of_pair;
    reader->after_return = terminator == '\r';
}

/* ---- parsing ---- */

static bool open_parser(struct reader *reader)
{
    unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL;
    char delimiter = reader->rows.options->delimiter;
    if (csv_init(&reader->parser, options) != 0)
        return false;
    csv_set_delim(&reader->parser, (unsigned char)(delimiter ? delimiter : ','));
    csv_set_blk_size(&reader->parser, FIELD_ROOM_STEP);
    return true;
}

/* Quote the field that libcsv has not finished. */
static const char *quote_unfinished(const struct reader *reader, char quoted[DM_QUOTED_LENGTH])
{
    return dm_quote(quoted, (const char *)reader->parser.entry_buf, reader->parser.entry_pos);
}

/* Recover from a misplaced quote, at which libcsv stops. That row is invalid, and its columns may
 * be wrong from here on, so the rest of the line is ignored and a new parser continues after it. */
static void recover(struct reader *reader)
{
    struct dm_rows *rows = &reader->rows;
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error complaint;
    uint64_t lines = count_lines((const char *)reader->parser.entry_buf, reader->parser.entry_pos);
    quote_unfinished(reader, quoted);
    if (lines == 0)
        dm_fail(&complaint, DM_DATA,
                "column %zu, %s, has a quote inside; write it twice, and quotes around the field",
                rows->fields + 1, quoted);
    else
        dm_fail(&complaint, DM_DATA,
                "column %zu, %s, which a quote opened in line %llu, has another quote inside; was "
                "the first ever closed?",
                rows->fields + 1, quoted, (unsigned long long)rows->line);
    rows->line += lines;
    dm_rows_reject(rows, &complaint);
    dm_rows_end_row(rows);
    csv_free(&reader->parser);
    if (!open_parser(reader))
        rows->status = dm_fail_memory(rows->error, "the CSV parser");
    reader->skip_rest_of_line = true;
}

/* Return the start of the next line, or the end. */
static const char *skip_line(struct reader *reader, const char *text, const char *end)
{
    while (text < end && *text != '\n' && *text != '\r')
        text++;
    if (text == end)
        return end;
    reader->skip_rest_of_line = false;
    reader->after_return = *text == '\r';
    reader->rows.line++;
    return text + 1;
}

static void parse_block(struct reader *reader, const char *text, size_t length)
{
    struct dm_rows *rows = &reader->rows;
    const char *end = text + length;
    rows->has_nul = rows->has_nul || memchr(text, '\0', length);
    reader->has_quotes = reader->has_quotes || memchr(text, '"', length);
    while (text < end && rows->status == DM_OK) {
        if (reader->skip_rest_of_line) {
            text = skip_line(reader, text, end);
            continue;
        }
        text += csv_parse(&reader->parser, text, (size_t)(end - text), on_field, on_row, reader);
        if (text == end || rows->status != DM_OK)
            return;
        if (csv_error(&reader->parser) == CSV_EPARSE)
            recover(reader);
        else
            rows->status = dm_fail_memory(rows->error, "a field of the CSV file");
    }
}

static void parse_end(struct reader *reader)
{
    struct dm_rows *rows = &reader->rows;
    char quoted[DM_QUOTED_LENGTH];
    if (rows->status != DM_OK)
        return;
    if (csv_fini(&reader->parser, on_field, on_row, reader) != 0)
        /* The end of that row is unknown. It may contain most of the file, so it is not skipped. */
        rows->status = dm_fail(rows->error, DM_DATA,
                               "%s:%llu: the quote that opens column %zu, %s, is never closed",
                               rows->shown, (unsigned long long)rows->line, rows->fields + 1,
                               quote_unfinished(reader, quoted));
    dm_crs_convert(reader->crs, rows);
    dm_rows_finish(rows);
}

/* Return the length of the byte order mark. */
static size_t byte_order_mark(struct dm_rows *rows, const struct dm_input *input)
{
    const char *text = input->block;
    if (input->length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    if (input->length < 2 || (memcmp(text, "\xFF\xFE", 2) != 0 && memcmp(text, "\xFE\xFF", 2) != 0))
        return 0;
    rows->status =
        dm_fail(rows->error, DM_DATA, "%s:1: this is UTF-16; save it as CSV in UTF-8", rows->shown);
    dm_suggest(rows->error, DM_FIELD_ORIGINS, "iconv -f UTF-16 -t UTF-8");
    return 0;
}

static void parse_input(struct reader *reader, struct dm_input *input)
{
    struct dm_rows *rows = &reader->rows;
    rows->status = dm_input_read(input, rows->error);
    size_t mark = rows->status == DM_OK ? byte_order_mark(rows, input) : 0;
    while (rows->status == DM_OK && input->length > 0) {
        parse_block(reader, input->block + mark, input->length - mark);
        mark = 0;
        if (rows->status == DM_OK)
            rows->status = dm_input_read(input, rows->error);
    }
    parse_end(reader);
}

static enum dm_status load(const char *path, struct dm_crs_reading *crs,
                           struct dm_locations *locations, struct dm_load_notes *notes,
                           struct dm_error *error)
{
    struct dm_input input;
    DM_TRY(dm_input_open(path, crs->options.stop, &input, error));
    struct reader reader = {
        .rows = {.shown = input.shown, .options = &crs->options, .error = error, .line = 1},
        .crs = crs};
    reader.rows.growing.keeps_lines = crs->crs != NULL;
    struct dm_rows *rows = &reader.rows;
    if (open_parser(&reader))
        parse_input(&reader, &input);
    else
        rows->status = dm_fail_memory(error, "the CSV parser");
    if (rows->status == DM_OK) {
        *locations = dm_growing_finish(&rows->growing);
        *notes = rows->notes;
    }
    enum dm_status status = rows->status;
    dm_rows_free(rows);
    csv_free(&reader.parser);
    dm_input_close(&input);
    return status;
}

enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                           struct dm_locations *locations, struct dm_load_notes *notes,
                           struct dm_error *error)
{
    struct dm_crs_reading crs;
    DM_TRY(dm_crs_open(options, &crs, error));
    enum dm_status status = load(path, &crs, locations, notes, error);
    if (status == DM_OK)
        locations->coordinates = options->coordinates;
    dm_crs_close(&crs);
    return status;
}
