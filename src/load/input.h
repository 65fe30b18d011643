/* input.h - reading a file in blocks. */
#ifndef LOAD_INPUT_H
#define LOAD_INPUT_H

#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

#define DM_STANDARD_INPUT "standard input" /* for messages */

struct dm_input {
    int file;
    const char *shown;   /* the file's name, for messages */
    const dm_flag *stop; /* cancels a wait; may be NULL */
    char *block;         /* current block ... */
    size_t length;       /* ... and its length in bytes; 0 at the end of the file */
    bool ended;          /* the end of the file was read */
    bool must_poll;      /* call poll() before each read, since a read could wait */
    bool awaits_writer;  /* the file is a FIFO that may have no writer yet */
};

/* Open the file, "-" for standard input. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_input_open(const char *path, const dm_flag *stop, struct dm_input *input,
                             struct dm_error *error);

/* Read the next block. All blocks but the last have the same length. DM_IO, DM_STOPPED. */
enum dm_status dm_input_read(struct dm_input *input, struct dm_error *error);

void dm_input_close(struct dm_input *input);

#endif
