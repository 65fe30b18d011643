/* progress_text.h - how far a run is, in words. */
#ifndef CLI_PROGRESS_TEXT_H
#define CLI_PROGRESS_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum { DM_PROGRESS_LENGTH = 160 }; /* of the line, its end included */

struct dm_progress_state {
    uint64_t pairs, all;
    double rate;        /* pairs a second; 0: not known */
    double left_s;      /* a negative number: not known */
    uint64_t so_far_ns; /* since the start */
};

/* A time as "0:07", "1:02:03", "123:04:05". Returns `text`. */
const char *dm_progress_time(char *text, size_t size, uint64_t seconds);

/* The line for a terminal of so many columns, the last three of which stay empty: the very last so
 * that no terminal begins a new line, two for the ^C that one may show. Where there is little room
 * it is the share alone; a bar takes what the rest leaves, where that is enough for one. Returns
 * its length. */
size_t dm_progress_text(char text[DM_PROGRESS_LENGTH], const struct dm_progress_state *state,
                        unsigned columns);

#endif
