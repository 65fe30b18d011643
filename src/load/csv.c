/* Locations from a file: its first part decides what the table means, then all rows are read. */
#include "base/room.h"
#include "base/text.h"
#include "base/try.h"
#include "load/crs.h"
#include "load/dialect.h"
#include "load/notes.h"
#include "load/rows.h"
#include "load/text_source.h"

#include <stdlib.h>
#include <string.h>

struct loading {
    const struct dm_load_options *options; /* with the kind of coordinates that is in the file */
    enum dm_coordinates wanted;
    size_t places; /* how many a row may have */
    struct dm_crs_reading crs;
    struct dm_text_source source;
    char *head; /* the first part of the text, from which the meaning is decided ... */
    size_t head_length, head_capacity;
    size_t feeds, returns; /* LF and CR in it */
    bool whole;            /* ... and all of it */
    char last_byte;        /* of the text, so far */
    struct dm_table table;
    struct dm_sample sample;
};

/* ---- the first part ---- */

enum { HEAD_BYTES = 1 << 18, HEAD_LINES = 3 }; /* a header, its units and a row */

/* Lines to leave out at the beginning. */
struct skipping {
    uint64_t lines;    /* that are left */
    bool after_return; /* a line feed now is part of the last of them */
};

/* Return how many bytes at the beginning of a text are in the lines to skip, which end with LF, CR
 * LF or CR. */
static size_t skip_lines(const char *text, size_t length, struct skipping *skipping)
{
    for (size_t at = 0; at < length; at++) {
        bool pair = skipping->after_return && text[at] == '\n';
        if (skipping->lines == 0 && !pair)
            return at;
        skipping->lines -= !pair && (text[at] == '\n' || text[at] == '\r');
        skipping->after_return = text[at] == '\r';
    }
    return length;
}

/* Count line ends of either kind; the greater count is that of lines. */
static void count_line_ends(struct loading *loading, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        loading->feeds += text[i] == '\n';
        loading->returns += text[i] == '\r';
    }
}

static enum dm_status add_to_head(struct loading *loading, const char *text, size_t length,
                                  struct dm_error *error)
{
    if (!dm_grow(&loading->head, &loading->head_capacity, loading->head_length + length + 1, 1))
        return dm_fail_memory(error, "the first rows");
    if (length > 0)
        memcpy(loading->head + loading->head_length, text, length);
    loading->head_length += length;
    count_line_ends(loading, text, length);
    return DM_OK;
}

/* Read the first part: some bytes, and some lines if there are any. */
static enum dm_status read_head(struct loading *loading, struct dm_error *error)
{
    struct dm_text_source *source = &loading->source;
    struct skipping skipping = {.lines = loading->options->skip_rows};
    while (!loading->whole && (loading->head_length < HEAD_BYTES ||
                               (loading->feeds < HEAD_LINES && loading->returns < HEAD_LINES))) {
        DM_TRY(dm_text_source_read(source, error));
        loading->whole = source->length == 0;
        size_t skipped = skip_lines(source->text, source->length, &skipping);
        DM_TRY(add_to_head(loading, source->text + skipped, source->length - skipped, error));
    }
    return DM_OK;
}

/* Decide what the table means. */
static enum dm_status decide(struct loading *loading, struct dm_head *head, struct dm_error *error)
{
    *head = (struct dm_head){loading->head, loading->head_length, loading->whole,
                             loading->options->skip_rows + 1, loading->places};
    char separator = dm_dialect_separator(head);
    return dm_table_choose(loading->options, head, separator, loading->source.shown,
                           &loading->table, &loading->sample, error);
}

/* ---- all rows ---- */

/* Put the place in front of the message of an error in the text. */
static enum dm_status fail_text(const struct loading *loading, uint64_t line, enum dm_status status,
                                struct dm_error *error)
{
    char message[DM_ERROR_LENGTH];
    if (status != DM_DATA || !error)
        return status;
    memcpy(message, error->message, sizeof message);
    dm_append(error->message, sizeof error->message, "%s:%llu: %s", loading->source.shown,
              (unsigned long long)line, message);
    return status;
}

static enum dm_status parse_all(struct loading *loading, const struct dm_head *head,
                                struct dm_records *records, struct dm_record_reader *reader,
                                struct dm_error *error)
{
    struct dm_text_source *source = &loading->source;
    enum dm_status status = dm_records_parse(records, head->text, head->length, error);
    loading->last_byte = head->length > 0 ? head->text[head->length - 1] : '\n';
    for (bool ended = loading->whole; status == DM_OK && !reader->done && !ended;) {
        DM_TRY(dm_text_source_read(source, error));
        ended = source->length == 0;
        loading->last_byte = ended ? loading->last_byte : source->text[source->length - 1];
        status = dm_records_parse(records, source->text, source->length, error);
    }
    reader->unended = loading->last_byte != '\n' && loading->last_byte != '\r';
    if (status == DM_OK)
        status = dm_records_end(records, error);
    return fail_text(loading, reader->line, status, error);
}

/* Convert the coordinates, unless a row was invalid, and take the locations. */
static enum dm_status finish_rows(struct loading *loading, struct dm_rows *rows,
                                  struct dm_locations locations[2], struct dm_load_notes *notes,
                                  struct dm_error *error)
{
    enum dm_status status =
        dm_rows_reader(rows)->done ? DM_OK : dm_crs_convert(&loading->crs, rows, error);
    if (status != DM_OK && status != DM_DATA)
        return status;
    DM_TRY(dm_rows_finish(rows, locations, notes, error));
    locations[0].coordinates = locations[1].coordinates = loading->wanted;
    notes->crs = loading->crs.notes;
    return DM_OK;
}

static enum dm_status read_rows(struct loading *loading, const struct dm_head *head,
                                struct dm_locations locations[2], struct dm_load_notes *notes,
                                struct dm_error *error)
{
    struct dm_rows *rows = dm_rows_open(loading->options, &loading->crs.notes, &loading->table,
                                        &loading->sample, loading->source.shown);
    struct dm_record_reader *reader = rows ? dm_rows_reader(rows) : NULL;
    struct dm_records *records = NULL;
    if (reader) {
        reader->line = head->line;
        records = dm_records_open(&loading->table.dialect, reader);
    }
    enum dm_status status = records ? parse_all(loading, head, records, reader, error)
                                    : dm_fail_memory(error, "the CSV parser");
    if (status == DM_OK)
        status = finish_rows(loading, rows, locations, notes, error);
    dm_records_close(records);
    dm_rows_close(rows);
    return status;
}

/* Note what is odd about the locations. */
static enum dm_status look(struct loading *loading, const struct dm_locations locations[2],
                           struct dm_load_notes *notes, struct dm_error *error)
{
    dm_note_table(notes, &loading->table, &loading->sample, loading->options->coordinates);
    for (size_t k = 0; k < loading->table.place_count; k++)
        DM_TRY(dm_note_locations(notes, &locations[k], error));
    return DM_OK;
}

static enum dm_status load(struct loading *loading, struct dm_locations locations[2],
                           struct dm_load_notes *notes, struct dm_error *error)
{
    struct dm_head head;
    struct dm_load_notes found;
    struct dm_locations read[2];
    DM_TRY(read_head(loading, error));
    DM_TRY(decide(loading, &head, error));
    DM_TRY(read_rows(loading, &head, read, &found, error));
    enum dm_status status = look(loading, read, &found, error);
    if (status != DM_OK) {
        dm_locations_free(&read[0]);
        dm_locations_free(&read[1]);
        return status;
    }
    memcpy(locations, read, loading->places * sizeof *locations);
    *notes = found;
    return DM_OK;
}

static enum dm_status open_and_load(struct loading *loading, const char *path,
                                    struct dm_locations locations[2], struct dm_load_notes *notes,
                                    struct dm_error *error)
{
    const struct dm_load_options *options = loading->options;
    DM_TRY(dm_text_source_open(path, options->encoding, options->stop, &loading->source, error));
    enum dm_status status = load(loading, locations, notes, error);
    dm_sample_free(&loading->sample);
    free(loading->head);
    dm_text_source_close(&loading->source);
    return status;
}

/* Load a table of which a row may have so many places. */
static enum dm_status load_places(const char *path, size_t places,
                                  const struct dm_load_options *options,
                                  struct dm_locations locations[2], struct dm_load_notes *notes,
                                  struct dm_error *error)
{
    struct loading loading = {.wanted = options->coordinates, .places = places};
    DM_TRY(dm_crs_open(options, &loading.crs, error));
    loading.options = &loading.crs.options;
    enum dm_status status = open_and_load(&loading, path, locations, notes, error);
    dm_crs_close(&loading.crs);
    return status;
}

enum dm_status dm_load_csv(const char *path, const struct dm_load_options *options,
                           struct dm_locations *locations, struct dm_load_notes *notes,
                           struct dm_error *error)
{
    return load_places(path, 1, options, locations, notes, error);
}

enum dm_status dm_load_places(const char *path, const struct dm_load_options *options,
                              struct dm_locations locations[2], struct dm_load_notes *notes,
                              struct dm_error *error)
{
    return load_places(path, 2, options, locations, notes, error);
}
