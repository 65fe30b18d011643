/* step.h - steps between the bytes of a file and its text: decompressing, converting to UTF-8.
 *
 * A step is fed chunks and gives chunks, of any length: characters may be cut by their ends.
 */
#ifndef LOAD_STEP_H
#define LOAD_STEP_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

enum { DM_CHUNK_BYTES = 1 << 18 }; /* maximum length of a chunk that a step gives */

struct dm_chunk {
    char *bytes; /* may be changed in place until the next chunk is taken */
    size_t length;
};

struct dm_step;

struct dm_step_ops {
    /* Feed the next chunk, which must stay as it is until it has been taken; an empty one is the
     * end. Call it only after take() has given an empty chunk. DM_MEMORY. */
    enum dm_status (*feed)(struct dm_step *step, const struct dm_chunk *chunk,
                           struct dm_error *error);

    /* Take the next chunk. An empty one asks for more or, if step->ended, is the end. DM_DATA,
     * DM_MEMORY. */
    enum dm_status (*take)(struct dm_step *step, struct dm_chunk *chunk, struct dm_error *error);

    void (*close)(struct dm_step *step);
};

/* The struct of each kind of step begins with this one. */
struct dm_step {
    const struct dm_step_ops *ops;
    const char *shown; /* the file's name, for messages */
    bool ended;        /* its end was fed; set by feed() */
};

#endif
