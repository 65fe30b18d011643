/* records.h - splitting a text into rows of fields. */
#ifndef LOAD_RECORDS_H
#define LOAD_RECORDS_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How rows are split into fields. */
struct dm_dialect {
    char delimiter; /* ' ': one or more blanks or tabs */
    bool quotes;    /* a field may be in quotes; otherwise they are characters like any other */
};

/* Receives the rows, in order. Each function may set `done`, which ends the parsing soon. */
struct dm_record_reader {
    /* A field of the current row; text[length] is '\0'. `lines`: the line breaks in it. */
    void (*field)(void *context, const char *text, size_t length, uint64_t lines);
    /* A quote is misplaced in the current row. It has no more fields. */
    void (*misplaced)(void *context, const struct dm_error *complaint);
    /* The end of the row, or of an empty line, which has no fields. */
    void (*end_row)(void *context);
    void *context;
    uint64_t line; /* the current line, from 1 */
    bool unended;  /* the text has ended, and its last line has no line end */
    bool done;
};

struct dm_records;

/* Begin at the line that reader->line says. Return NULL if out of memory. */
struct dm_records *dm_records_open(const struct dm_dialect *dialect,
                                   struct dm_record_reader *reader);

/* Split the next part of the text. The text may end anywhere, within a field too. DM_DATA: it has a
 * NUL byte; the message has no place but its line is reader->line. DM_MEMORY. */
enum dm_status dm_records_parse(struct dm_records *records, const char *text, size_t length,
                                struct dm_error *error);

/* End the last row. DM_DATA: its quote is not closed; the message as above. */
enum dm_status dm_records_end(struct dm_records *records, struct dm_error *error);

void dm_records_close(struct dm_records *records); /* NULL is allowed */

#endif
