/* progress_line.h - a line on standard error that the next one replaces. */
#ifndef CLI_PROGRESS_LINE_H
#define CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum dm_progress_way {
    DM_PROGRESS_NONE,
    DM_PROGRESS_ERASED, /* a terminal that can erase to the end of a line */
    DM_PROGRESS_PADDED, /* a terminal that cannot: spaces overwrite the rest */
    DM_PROGRESS_LINES   /* no terminal: a new line each time */
};

struct dm_progress_line {
    enum dm_progress_way way;
    size_t shown; /* characters on the terminal */
};

/* Return a line that suits standard error, or one that shows nothing if it is not wanted. */
struct dm_progress_line dm_progress_line_begin(bool wanted);

/* Return the columns of the line. */
unsigned dm_progress_line_columns(const struct dm_progress_line *line);

/* Show the text instead of the previous one: ASCII, with fewer columns than the line. Does nothing
 * while the process is in the background. */
void dm_progress_line_show(struct dm_progress_line *line, const char *text);

/* Remove the line, if there is one, before anything else is written to the terminal. */
void dm_progress_line_end(struct dm_progress_line *line);

#endif
