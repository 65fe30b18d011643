/* Locations from a CSV file, by way of libcsv; the only file that knows it.
 *
 * The file comes in blocks. libcsv hands over field after field and says where a row ends, and we
 * keep the few things a row consists of: its name, which grows at the end of the arena and stays
 * there if the row is good, and its two numbers. The first row is kept whole instead, until its
 * end shows whether it is a header; if not, its fields take the same way as all others.
 */
#include "base/number.h"
#include "base/text.h"
#include "load/columns.h"
#include "load/coordinate.h"
#include "load/growing.h"

#include <dmatrix/load.h>

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 18,    /* of a read */
    FIELD_ROOM_STEP = 1 << 16 /* libcsv's buffer for one field grows by so much */
};

#define NUL_COMPLAINT "column %zu holds a NUL byte (is this text? save it as UTF-8)"

/* The fields of the first row, copied. */
struct first_row {
    struct dm_field *fields;
    size_t *begin; /* of each in `text` while it grows */
    size_t count, room;
    char *text;
    size_t used, text_room;
};

struct reader {
    const char *shown; /* the file's name, for messages */
    const struct dm_load_options *options;
    struct dm_growing growing;
    struct dm_load_notes notes;
    struct csv_parser parser;

    uint64_t line;     /* the physical line that libcsv has come to, from 1 */
    bool after_return; /* a carriage return has just ended a line: a line feed now belongs to it */
    bool has_nul;      /* there are NUL bytes somewhere, so fields are searched for them */
    bool skip_to_line; /* leave out the rest of this line */

    bool has_columns; /* the first row is behind us */
    struct dm_columns columns;
    struct first_row first;
    size_t width; /* fields of the first row */

    /* The row at hand. */
    size_t fields;
    uint64_t row_number, row_line; /* data rows from 1; the line it ends on */
    double lat, lon;
    bool bad; /* it cannot be used, and what is wrong has been said */

    enum dm_status status; /* not DM_OK: the load has failed */
    struct dm_error *error;
};

/* ---- what is wrong with a row ---- */

/* Notes that the row at hand cannot be used: the end of the load, or one row less. */
static void refuse(struct reader *reader, const char *complaint)
{
    if (reader->bad || reader->status != DM_OK)
        return;
    reader->bad = true;
    if (!reader->options->skip_invalid) {
        reader->status = dm_fail(reader->error, DM_DATA, "%s:%llu: %s", reader->shown,
                                 (unsigned long long)reader->line, complaint);
        return;
    }
    if (reader->notes.skipped++ == 0)
        snprintf(reader->notes.first_skipped, sizeof reader->notes.first_skipped, "%s:%llu: %s",
                 reader->shown, (unsigned long long)reader->line, complaint);
}

/* Where the columns were taken for granted, the first row may show that they are others. */
static const char *column_hint(const struct reader *reader)
{
    const struct dm_load_options *options = reader->options;
    bool granted = !reader->columns.header && !options->lat && !options->lon;
    if (reader->row_number > 1 || !granted)
        return "";
    return " (without a header, columns are name, latitude, longitude: else --lat=N --lon=N)";
}

static void refuse_coordinate(struct reader *reader, const char *which, const char *complaint,
                              const char *hint)
{
    char text[2 * DM_COMPLAINT_LENGTH];
    snprintf(text, sizeof text, "%s %s%s", which, complaint, hint);
    refuse(reader, text);
}

/* ---- one row ---- */

static void begin_row(struct reader *reader)
{
    reader->row_number++;
    reader->bad = false;
}

static double read_coordinate(struct reader *reader, const char *which, const char *text,
                              size_t length)
{
    char complaint[DM_COMPLAINT_LENGTH];
    double value = 0;
    bool hinted = false;
    if (!dm_coordinate_read(text, length, reader->fields, &value, complaint, &hinted))
        refuse_coordinate(reader, which, complaint, hinted ? "" : column_hint(reader));
    return value;
}

/* Takes field number reader->fields of a data row. */
static void take_field(struct reader *reader, const char *text, size_t length)
{
    const struct dm_columns *columns = &reader->columns;
    if (reader->fields == 0)
        begin_row(reader);
    if (reader->has_nul && memchr(text, '\0', length)) {
        char complaint[96];
        snprintf(complaint, sizeof complaint, NUL_COMPLAINT, reader->fields + 1);
        refuse(reader, complaint);
    } else if (reader->fields >= reader->width && length > 0) {
        char quoted[DM_QUOTED_LENGTH], complaint[DM_COMPLAINT_LENGTH];
        snprintf(complaint, sizeof complaint,
                 "%s in column %zu is one more than the first row has (quote names that hold the "
                 "delimiter; write decimals with a point)",
                 dm_quote(quoted, text, length), reader->fields + 1);
        refuse(reader, complaint);
    }
    if (reader->fields == columns->lat)
        reader->lat = read_coordinate(reader, "latitude", text, length);
    if (reader->fields == columns->lon)
        reader->lon = read_coordinate(reader, "longitude", text, length);
    if (reader->fields == columns->name && columns->named && reader->status == DM_OK)
        reader->status = dm_growing_name(&reader->growing, text, length, reader->error);
    reader->fields++;
}

static void check_width(struct reader *reader)
{
    const struct dm_columns *columns = &reader->columns;
    size_t last = columns->lat > columns->lon ? columns->lat : columns->lon;
    const char *what = columns->lat > columns->lon ? "latitude" : "longitude";
    if (columns->named && columns->name > last) {
        last = columns->name;
        what = "the name";
    }
    if (reader->fields > last)
        return;
    char complaint[DM_COMPLAINT_LENGTH];
    snprintf(complaint, sizeof complaint,
             "the row ends after %zu field%s, but %s is in column %zu%s", reader->fields,
             reader->fields == 1 ? "" : "s", what, last + 1, column_hint(reader));
    refuse(reader, complaint);
}

static void check_range(struct reader *reader)
{
    if (reader->bad || reader->options->coordinates == DM_PLANAR)
        return;
    char complaint[DM_COMPLAINT_LENGTH];
    bool lon;
    size_t columns[2] = {reader->columns.lat, reader->columns.lon};
    if (!dm_coordinates_check(reader->lat, reader->lon, columns, &lon, complaint))
        refuse_coordinate(reader, lon ? "longitude" : "latitude", complaint, "");
}

static void end_row(struct reader *reader)
{
    check_width(reader);
    check_range(reader);
    if (reader->bad) {
        dm_growing_drop(&reader->growing);
    } else if (reader->status == DM_OK) {
        if (!reader->columns.named) {
            char number[24];
            int length =
                snprintf(number, sizeof number, "%llu", (unsigned long long)reader->row_number);
            reader->status =
                dm_growing_name(&reader->growing, number, (size_t)length, reader->error);
        }
        if (reader->status == DM_OK)
            reader->status =
                dm_growing_add(&reader->growing, reader->lat, reader->lon, reader->error);
    }
    reader->fields = 0;
}

/* ---- the first row ---- */

static bool make_room(void **block, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return true;
    size_t more = wanted + *room + 64;
    void *new = more <= SIZE_MAX / size ? realloc(*block, more * size) : NULL;
    if (!new)
        return false;
    *block = new;
    *room = more;
    return true;
}

static void keep_field(struct reader *reader, const char *text, size_t length)
{
    struct first_row *first = &reader->first;
    if (reader->has_nul && memchr(text, '\0', length)) {
        reader->status = dm_fail(reader->error, DM_DATA, "%s:%llu: " NUL_COMPLAINT, reader->shown,
                                 (unsigned long long)reader->line, first->count + 1);
        return;
    }
    void *begin = first->begin, *copy = first->text;
    bool fits = make_room(&begin, &first->room, first->count + 1, sizeof *first->begin);
    first->begin = begin;
    fits = fits && make_room(&copy, &first->text_room, first->used + length + 1, 1);
    first->text = copy;
    if (!fits) {
        reader->status = dm_fail_memory(reader->error, "the first row");
        return;
    }
    first->begin[first->count++] = first->used;
    memcpy(first->text + first->used, text, length);
    first->text[first->used + length] = '\0';
    first->used += length + 1;
}

static void drop_first_row(struct first_row *first)
{
    free(first->fields);
    free(first->begin);
    free(first->text);
    *first = (struct first_row){0};
}

static void end_first_row(struct reader *reader)
{
    struct first_row *first = &reader->first;
    char place[DM_ERROR_LENGTH / 2];
    int room = (int)sizeof place - 24; /* the end of a long path says more than its beginning */
    size_t length = strlen(reader->shown);
    snprintf(place, sizeof place, "%s:%llu",
             reader->shown + (length > (size_t)room ? length - (size_t)room : 0),
             (unsigned long long)reader->line);
    first->fields = calloc(first->count, sizeof *first->fields);
    if (!first->fields) {
        reader->status = dm_fail_memory(reader->error, "the first row");
        return;
    }
    for (size_t i = 0; i < first->count; i++) {
        size_t end = i + 1 < first->count ? first->begin[i + 1] : first->used;
        first->fields[i] =
            (struct dm_field){first->text + first->begin[i], end - first->begin[i] - 1};
    }
    reader->status = dm_columns_choose(reader->options, first->fields, first->count, place,
                                       &reader->columns, reader->error);
    if (reader->status != DM_OK)
        return;
    reader->has_columns = true;
    reader->width = first->count;
    reader->notes.header_skipped = reader->columns.header_sly;
    if (!reader->columns.header) {
        for (size_t i = 0; i < first->count; i++)
            take_field(reader, first->fields[i].text, first->fields[i].length);
        end_row(reader);
    }
    drop_first_row(first);
}

/* ---- libcsv's callbacks ---- */

static void on_field(void *text, size_t length, void *data)
{
    struct reader *reader = data;
    if (reader->status != DM_OK)
        return;
    reader->after_return = false;
    if (reader->has_columns)
        take_field(reader, text, length);
    else
        keep_field(reader, text, length);
    const char *at = text, *end = at + length;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        reader->line++;
        at++;
    }
}

/* `terminator` is the character that ended the row, -1 at the end of the file. With CSV_REPALL_NL
 * libcsv calls for empty rows too, and once for each character of CR LF. */
static void on_row(int terminator, void *data)
{
    struct reader *reader = data;
    if (reader->status != DM_OK)
        return;
    if (reader->fields > 0)
        end_row(reader);
    else if (reader->first.count > 0)
        end_first_row(reader);
    bool line_feed_of_pair = terminator == '\n' && reader->after_return;
    reader->line += !line_feed_of_pair;
    reader->after_return = terminator == '\r';
}

/* ---- the file ---- */

static bool open_parser(struct reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL) !=
        0)
        return false;
    csv_set_delim(&reader->parser,
                  (unsigned char)(reader->options->delimiter ? reader->options->delimiter : ','));
    csv_set_blk_size(&reader->parser, FIELD_ROOM_STEP);
    return true;
}

static uint64_t count_lines(const void *text, size_t length)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += ((const char *)text)[i] == '\n';
    return lines;
}

/* libcsv met a quote where none may be: that row is bad. Its columns may be off from here on, so
 * the rest of the line is left out, and parsing begins anew behind it. */
static void recover(struct reader *reader)
{
    const struct csv_parser *parser = &reader->parser;
    char quoted[DM_QUOTED_LENGTH], complaint[256];
    size_t column = (reader->has_columns ? reader->fields : reader->first.count) + 1;
    dm_quote(quoted, (const char *)parser->entry_buf, parser->entry_pos);
    uint64_t lines = count_lines(parser->entry_buf, parser->entry_pos);
    if (lines == 0)
        snprintf(complaint, sizeof complaint,
                 "column %zu, %s, has a quote inside (write it twice, and quotes around the field)",
                 column, quoted);
    else
        snprintf(complaint, sizeof complaint,
                 "a quote within column %zu, %s, which a quote opened in line %llu: was that ever "
                 "closed?",
                 column, quoted, (unsigned long long)reader->line);
    reader->line += lines;
    if (!reader->has_columns) {
        reader->status = dm_fail(reader->error, DM_DATA, "%s:%llu: %s", reader->shown,
                                 (unsigned long long)reader->line, complaint);
        return;
    }
    if (reader->fields == 0)
        begin_row(reader);
    refuse(reader, complaint);
    if (reader->status != DM_OK)
        return;
    dm_growing_drop(&reader->growing);
    reader->fields = 0;
    reader->skip_to_line = true;
    csv_free(&reader->parser);
    if (!open_parser(reader))
        reader->status = dm_fail_memory(reader->error, "the CSV parser");
}

static void parse_block(struct reader *reader, const char *block, size_t length)
{
    const char *end = block + length;
    reader->has_nul = reader->has_nul || memchr(block, '\0', length);
    while (block < end && reader->status == DM_OK) {
        if (reader->skip_to_line) {
            while (block < end && *block != '\n' && *block != '\r')
                block++;
            if (block == end)
                return;
            reader->line++;
            reader->after_return = *block++ == '\r';
            reader->skip_to_line = false;
            continue;
        }
        block += csv_parse(&reader->parser, block, (size_t)(end - block), on_field, on_row, reader);
        if (block == end || reader->status != DM_OK)
            return;
        if (csv_error(&reader->parser) == CSV_EPARSE)
            recover(reader);
        else
            reader->status = dm_fail_memory(reader->error, "a field of the CSV file");
    }
}

static void parse_end(struct reader *reader)
{
    if (reader->status != DM_OK)
        return;
    if (csv_fini(&reader->parser, on_field, on_row, reader) != 0) {
        /* Where the row was meant to end cannot be told, so this is not a row to skip: it may
         * have swallowed most of the file. */
        size_t column = (reader->has_columns ? reader->fields : reader->first.count) + 1;
        char quoted[DM_QUOTED_LENGTH];
        dm_quote(quoted, (const char *)reader->parser.entry_buf, reader->parser.entry_pos);
        reader->status = dm_fail(reader->error, DM_DATA,
                                 "%s:%llu: the quote that opens column %zu, %s, is never closed",
                                 reader->shown, (unsigned long long)reader->line, column, quoted);
    }
}

/* Reads until the block is full or the file at its end. */
static enum dm_status read_block(int file, const struct reader *reader, char *block, size_t *length)
{
    *length = 0;
    while (*length < BLOCK_BYTES) {
        ssize_t bytes = read(file, block + *length, BLOCK_BYTES - *length);
        if (reader->options->stop && atomic_load(reader->options->stop))
            return dm_fail(reader->error, DM_STOPPED, "%s: stopped while reading", reader->shown);
        if (bytes < 0 && errno == EINTR)
            continue;
        if (bytes < 0)
            return dm_fail(reader->error, DM_IO, "%s: cannot read: %s", reader->shown,
                           strerror(errno));
        if (bytes == 0)
            break;
        *length += (size_t)bytes;
    }
    return DM_OK;
}

/* The bytes before the text proper. */
static size_t byte_order_mark(struct reader *reader, const char *block, size_t length)
{
    if (length >= 3 && memcmp(block, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    if (length >= 2 && (memcmp(block, "\xFF\xFE", 2) == 0 || memcmp(block, "\xFE\xFF", 2) == 0))
        reader->status = dm_fail(reader->error, DM_DATA,
                                 "%s:1: this is UTF-16 (save it as CSV in UTF-8)", reader->shown);
    return 0;
}

static void parse_file(struct reader *reader, int file)
{
    char *block = malloc(BLOCK_BYTES);
    if (!block) {
        reader->status = dm_fail_memory(reader->error, "reading");
        return;
    }
    size_t length;
    bool first = true;
    do {
        reader->status = read_block(file, reader, block, &length);
        if (reader->status != DM_OK)
            break;
        size_t mark = first ? byte_order_mark(reader, block, length) : 0;
        first = false;
        if (reader->status == DM_OK)
            parse_block(reader, block + mark, length - mark);
    } while (length == BLOCK_BYTES && reader->status == DM_OK);
    parse_end(reader);
    free(block);
}

static enum dm_status open_file(const char *path, const char *shown, const dm_flag *stop, int *file,
                                struct dm_error *error)
{
    int opened;
    if (strcmp(path, "-") == 0) {
        opened = STDIN_FILENO;
    } else {
        do
            opened = open(path, O_RDONLY | O_CLOEXEC);
        while (opened < 0 && errno == EINTR && !(stop && atomic_load(stop)));
        if (opened < 0 && errno == EINTR)
            return dm_fail(error, DM_STOPPED, "%s: stopped while opening", path);
        if (opened < 0)
            return dm_fail(error, DM_IO, "%s: cannot open: %s", path, strerror(errno));
    }
    struct stat status;
    if (fstat(opened, &status) == 0 && S_ISDIR(status.st_mode)) {
        if (opened != STDIN_FILENO)
            close(opened);
        return dm_fail(error, DM_IO, "%s: is a folder (name a CSV file in it)", shown);
    }
    *file = opened;
    return DM_OK;
}

static void check_count(struct reader *reader)
{
    if (reader->status != DM_OK || reader->growing.locations.count > 0)
        return;
    if (reader->notes.skipped > 0)
        reader->status =
            dm_fail(reader->error, DM_DATA, "%s: all %zu rows are invalid, the first: %s",
                    reader->shown, reader->notes.skipped, reader->notes.first_skipped);
    else
        reader->status =
            dm_fail(reader->error, DM_DATA, "%s: there are no locations in it%s", reader->shown,
                    reader->has_columns ? ", only a header" : "; it is empty");
}

enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                           struct dm_locations *locations, struct dm_load_notes *notes,
                           struct dm_error *error)
{
    struct reader reader = {
        .shown = strcmp(path, "-") == 0 ? "standard input" : path,
        .options = options,
        .line = 1,
        .error = error,
    };
    int file = -1;
    enum dm_status status = open_file(path, reader.shown, options->stop, &file, error);
    if (status != DM_OK)
        return status;
    if (open_parser(&reader))
        parse_file(&reader, file);
    else
        reader.status = dm_fail_memory(error, "the CSV parser");
    check_count(&reader);
    if (reader.status == DM_OK) {
        *locations = dm_growing_finish(&reader.growing);
        locations->coordinates = options->coordinates;
        *notes = reader.notes;
    }
    dm_locations_free(&reader.growing.locations);
    drop_first_row(&reader.first);
    csv_free(&reader.parser);
    if (file != STDIN_FILENO)
        close(file);
    return reader.status;
}
