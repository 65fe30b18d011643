/* progress_text.h - the progress of a run as text. */
#ifndef CLI_PROGRESS_TEXT_H
#define CLI_PROGRESS_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum { DM_PROGRESS_LENGTH = 160 }; /* of the line, in bytes */

struct dm_progress_state {
    uint64_t pairs, all;
    double rate;        /* pairs per second; 0: not known */
    double left_s;      /* negative: not known */
    uint64_t so_far_ns; /* since the start */
};

/* Write a time: "0:07", "1:02:03", "123:04:05". Return `text`. */
const char *dm_progress_time(char *text, size_t size, uint64_t seconds);

/* Write the line for a terminal with so many columns. The last three stay empty: one because
 * terminals wrap there, two for a ^C. On narrow terminals it is the percentage alone; a bar fills
 * what the other fields leave, if that is enough. Return the length. */
size_t dm_progress_text(char text[DM_PROGRESS_LENGTH], const struct dm_progress_state *state,
                        unsigned columns);

#endif
