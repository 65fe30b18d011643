/* text_source.h - the text of a file in UTF-8, whatever its compression and encoding. */
#ifndef LOAD_TEXT_SOURCE_H
#define LOAD_TEXT_SOURCE_H

#include "load/input.h"
#include "load/step.h"

struct dm_text_source {
    const char *shown; /* the file's name, for messages */
    char *text;        /* current piece, which may be changed in place until the next read ... */
    size_t length;     /* ... and its length in bytes; 0 at the end */

    /* Known after the first read. */
    bool compressed;      /* with gzip */
    const char *encoding; /* of the file: "UTF-8", "UTF-16LE", or the name that was given */

    struct dm_input input;
    struct dm_step *steps[2]; /* from bytes to text, in order */
    size_t step_count;
    struct dm_step *named; /* converts from the encoding that was given; NULL: none was, or it is
                            * not needed, or one of the steps */
    bool begun;            /* the first piece was read */
};

/* Open the file, "-" for standard input. `encoding` is one of iconv's names; NULL: UTF-8. A byte
 * order mark at the start of the file is removed, and decides about the encoding even if another
 * one is named. `path` and `encoding` must outlive the source. DM_USAGE: the encoding is unknown.
 * DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_text_source_open(const char *path, const char *encoding, const dm_flag *stop,
                                   struct dm_text_source *source, struct dm_error *error);

/* Read the next piece of text. A character may be cut by its end if the file is not converted.
 * DM_DATA: the file is damaged, not valid in its encoding, or no text (kinds.h). DM_IO, DM_MEMORY,
 * DM_STOPPED. */
enum dm_status dm_text_source_read(struct dm_text_source *source, struct dm_error *error);

void dm_text_source_close(struct dm_text_source *source);

#endif
