/* Rows of fields, using libcsv; no other file uses it.
 *
 * This file counts lines, continues after a row that libcsv rejects, and squeezes blanks where they
 * are the delimiter, since libcsv would see an empty field between two of them.
 */
#include "load/records.h"

#include "base/room.h"
#include "base/text.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_ROOM_STEP = 1 << 16 }; /* growth of libcsv's buffer for one field, in bytes */

struct dm_records {
    struct csv_parser parser;
    struct dm_dialect dialect;
    struct dm_record_reader *reader;
    size_t fields;     /* of the current row so far */
    bool after_return; /* a carriage return has just ended a line; a line feed now is part of it */
    bool skip_rest_of_line; /* ignore the rest of this line */
    bool has_quotes; /* in the text so far; without quotes no field can contain line breaks */

    /* If blanks are the delimiter: */
    bool blank_pending, line_begun, within_quotes, after_quote;
    char *squeezed;
    size_t squeezed_capacity;
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
    struct dm_records *records = data;
    struct dm_record_reader *reader = records->reader;
    uint64_t lines = records->has_quotes ? count_lines(text, length) : 0;
    records->fields++;
    records->after_return = false;
    if (reader->done)
        return;
    reader->field(reader->context, text, length, lines);
    if (!reader->done) /* an error names this line */
        reader->line += lines;
}

/* `terminator` is the character that ended the row, -1 at the end of the file. With CSV_REPALL_NL
 * libcsv also calls this for empty rows, and once for each character of CR LF. */
static void on_row(int terminator, void *data)
{
    struct dm_records *records = data;
    struct dm_record_reader *reader = records->reader;
    records->fields = 0;
    if (reader->done)
        return;
    reader->end_row(reader->context);
    if (reader->done)
        return;
    bool second_of_pair = terminator == '\n' && records->after_return;
    reader->line += !second_of_pair;
    records->after_return = terminator == '\r';
}

/* ---- the parser ---- */

static bool open_parser(struct dm_records *records)
{
    unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL;
    if (csv_init(&records->parser, options) != 0)
        return false;
    csv_set_delim(&records->parser, (unsigned char)records->dialect.delimiter);
    if (!records->dialect.quotes)
        csv_set_quote(&records->parser, '\0'); /* which never gets there */
    csv_set_blk_size(&records->parser, FIELD_ROOM_STEP);
    return true;
}

struct dm_records *dm_records_open(const struct dm_dialect *dialect,
                                   struct dm_record_reader *reader)
{
    struct dm_records *records = calloc(1, sizeof *records);
    if (!records)
        return NULL;
    records->dialect = *dialect;
    records->reader = reader;
    if (open_parser(records))
        return records;
    free(records);
    return NULL;
}

void dm_records_close(struct dm_records *records)
{
    if (!records)
        return;
    csv_free(&records->parser);
    free(records->squeezed);
    free(records);
}

/* Quote the field that libcsv has not finished. */
static const char *quote_unfinished(const struct dm_records *records, char quoted[DM_QUOTED_LENGTH])
{
    return dm_quote(quoted, (const char *)records->parser.entry_buf, records->parser.entry_pos);
}

/* Take a quote within a field that is not quoted as a character of it: libcsv refuses that with
 * CSV_STRICT, and without it would also take a quote that follows the end of a quoted field. */
static const char *take_quote(struct dm_records *records, const char *text)
{
    unsigned char strict = (unsigned char)csv_get_opts(&records->parser);
    csv_set_opts(&records->parser, strict & (unsigned char)~CSV_STRICT);
    csv_parse(&records->parser, text, 1, on_field, on_row, records);
    csv_set_opts(&records->parser, strict);
    return text + 1;
}

/* Recover from a misplaced quote, at which libcsv stops. That row is invalid, and its columns may
 * be wrong from here on, so the rest of the line is ignored and a new parser continues after it. */
static enum dm_status recover(struct dm_records *records, struct dm_error *error)
{
    struct dm_record_reader *reader = records->reader;
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error complaint;
    uint64_t lines =
        count_lines((const char *)records->parser.entry_buf, records->parser.entry_pos);
    quote_unfinished(records, quoted);
    if (lines == 0)
        dm_fail(
            &complaint, DM_DATA,
            "column %zu, %s, goes on after its closing quote; write quotes within a quoted field "
            "twice, or say that quotes are characters like any other",
            records->fields + 1, quoted);
    else
        dm_fail(&complaint, DM_DATA,
                "column %zu, %s, which a quote opened in line %llu, has another quote inside; was "
                "the first ever closed?",
                records->fields + 1, quoted, (unsigned long long)reader->line);
    dm_suggest(&complaint, DM_FIELD_QUOTE, "no");
    reader->line += lines;
    reader->misplaced(reader->context, &complaint);
    reader->end_row(reader->context);
    records->fields = 0;
    csv_free(&records->parser);
    records->skip_rest_of_line = true;
    return open_parser(records) ? DM_OK : dm_fail_memory(error, "the CSV parser");
}

/* Return the start of the next line, or the end. */
static const char *skip_line(struct dm_records *records, const char *text, const char *end)
{
    while (text < end && *text != '\n' && *text != '\r')
        text++;
    if (text == end)
        return end;
    records->skip_rest_of_line = false;
    records->after_return = *text == '\r';
    records->reader->line++;
    return text + 1;
}

static enum dm_status parse(struct dm_records *records, const char *text, const char *end,
                            struct dm_error *error)
{
    enum dm_status status = DM_OK;
    while (text < end && status == DM_OK && !records->reader->done) {
        if (records->skip_rest_of_line) {
            text = skip_line(records, text, end);
            continue;
        }
        text += csv_parse(&records->parser, text, (size_t)(end - text), on_field, on_row, records);
        if (text == end || records->reader->done)
            break;
        if (csv_error(&records->parser) != CSV_EPARSE)
            status = dm_fail_memory(error, "a field of the CSV file");
        else if (records->parser.quoted)
            status = recover(records, error);
        else
            text = take_quote(records, text);
    }
    return status;
}

/* ---- blanks as the delimiter ---- */

/* Follow the quotes: one that begins a field opens, and so does the second of two. */
static void follow_quote(struct dm_records *records, bool is_quote)
{
    bool may_open = !records->line_begun || records->blank_pending || records->after_quote;
    bool was_within = records->within_quotes;
    if (is_quote && records->dialect.quotes)
        records->within_quotes = !was_within && may_open;
    records->after_quote = is_quote && was_within;
}

/* Copy the text with one blank for each run of blanks and tabs, and none where a line begins or
 * ends. Blanks in quotes stay. Return the new length. */
static size_t squeeze(struct dm_records *records, const char *text, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool end = c == '\n' || c == '\r';
        if ((c == ' ' || c == '\t') && !records->within_quotes) {
            records->blank_pending = records->line_begun;
            continue;
        }
        follow_quote(records, c == '"');
        end = end && !records->within_quotes;
        if (records->blank_pending && !end)
            records->squeezed[used++] = ' ';
        records->blank_pending = false;
        records->line_begun = !end;
        records->squeezed[used++] = c;
    }
    return used;
}

static enum dm_status parse_blanks(struct dm_records *records, const char *text, size_t length,
                                   struct dm_error *error)
{
    /* A blank that is pending from before is one more character. */
    if (!dm_grow(&records->squeezed, &records->squeezed_capacity, length + 1, 1))
        return dm_fail_memory(error, "reading");
    size_t used = squeeze(records, text, length);
    return parse(records, records->squeezed, records->squeezed + used, error);
}

/* ---- the text ---- */

enum dm_status dm_records_parse(struct dm_records *records, const char *text, size_t length,
                                struct dm_error *error)
{
    const char *nul = memchr(text, '\0', length);
    size_t good = nul ? (size_t)(nul - text) : length;
    records->has_quotes = records->has_quotes || memchr(text, '"', good);
    enum dm_status status = records->dialect.delimiter == ' '
                                ? parse_blanks(records, text, good, error)
                                : parse(records, text, text + good, error);
    if (status != DM_OK || !nul || records->reader->done)
        return status;
    char quoted[DM_QUOTED_LENGTH];
    uint64_t lines =
        count_lines((const char *)records->parser.entry_buf, records->parser.entry_pos);
    records->reader->line += lines;
    return dm_fail(error, DM_DATA,
                   "column %zu, which begins with %s, holds a NUL byte; is this "
                   "text? Save it as UTF-8",
                   records->fields + 1, quote_unfinished(records, quoted));
}

enum dm_status dm_records_end(struct dm_records *records, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    if (records->reader->done || csv_fini(&records->parser, on_field, on_row, records) == 0)
        return DM_OK;
    /* The end of that row is unknown. It may contain most of the file, so it is not skipped. */
    dm_fail(error, DM_DATA, "the quote that opens column %zu, %s, is never closed",
            records->fields + 1, quote_unfinished(records, quoted));
    dm_suggest(error, DM_FIELD_QUOTE, "no");
    return DM_DATA;
}
