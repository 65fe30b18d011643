/* input.h - the bytes of a file, block after block. */
#ifndef LOAD_INPUT_H
#define LOAD_INPUT_H

#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

#define DM_STANDARD_INPUT "standard input" /* as messages call it */

struct dm_input {
    int file;
    const char *shown;   /* the file's name, for messages */
    const dm_flag *stop; /* ends a wait; may be NULL */
    char *block;         /* the bytes at hand ... */
    size_t length;       /* ... and their number; 0 at the end of the file */
    bool ended;          /* there is nothing more to read */
    bool takes_turns;    /* reading has to wait for poll(), since it may wait itself */
    bool awaits_writer;  /* it is a FIFO that nobody may have opened for writing yet */
};

/* Opens the file, "-" for standard input. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_input_open(const char *path, const dm_flag *stop, struct dm_input *input,
                             struct dm_error *error);

/* Reads the next block. All but the last are equally long. DM_IO, DM_STOPPED. */
enum dm_status dm_input_read(struct dm_input *input, struct dm_error *error);

void dm_input_close(struct dm_input *input);

#endif
