/* place.h - what is at the path of an output, and so how it is to be written. */
#ifndef OUTPUT_PLACE_H
#define OUTPUT_PLACE_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum dm_way {
    DM_STANDARD, /* to standard output: "-", or a name of the regular file that it is */
    DM_STRAIGHT, /* to what is there, which is no regular file */
    DM_BESIDE    /* to a file beside it, which takes its place in the end */
};

struct dm_place {
    enum dm_way way;
    bool exists;  /* beside: there is a file to be replaced ... */
    mode_t mode;  /* ... of that mode */
    char *target; /* what is to be replaced, links followed; NULL otherwise */
};

/* All that can be known before anything is opened. The caller frees *place with dm_place_free().
 * DM_IO: nothing can be written there; DM_MEMORY. */
enum dm_status dm_place_find(const char *path, struct dm_place *place, struct dm_error *error);
void dm_place_free(struct dm_place *place);

/* Whether a file of that path could be written, as far as that can be known without opening
 * anything. DM_IO, DM_MEMORY. */
enum dm_status dm_place_check(const char *path, struct dm_error *error);

/* Bytes that are free where a file of that path would be written; UINT64_MAX: it is not to be a
 * regular file, or this cannot be known. */
uint64_t dm_place_room(const char *path);

/* The path in messages. */
const char *dm_place_shown(const char *path);

#endif
