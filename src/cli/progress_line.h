/* progress_line.h - a line on standard error that gives way to what comes next. */
#ifndef CLI_PROGRESS_LINE_H
#define CLI_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum dm_progress_way {
    DM_PROGRESS_NONE,
    DM_PROGRESS_ERASED, /* a terminal that can erase to the end of a line */
    DM_PROGRESS_PADDED, /* one that cannot: blanks cover what was there */
    DM_PROGRESS_LINES   /* no terminal: a new line each time */
};

struct dm_progress_line {
    enum dm_progress_way way;
    size_t shown; /* characters of it on the terminal */
};

/* One for whatever standard error is, unless it is not wanted. */
struct dm_progress_line dm_progress_line_begin(bool wanted);

/* The columns that there are for it. */
unsigned dm_progress_line_columns(const struct dm_progress_line *line);

/* Shows the text in the place of the one before: ASCII, and of fewer columns than there are. Does
 * nothing while the process is in the background of its terminal. */
void dm_progress_line_show(struct dm_progress_line *line, const char *text);

/* Takes the line away, if there is one. Before anything else is written to the terminal. */
void dm_progress_line_end(struct dm_progress_line *line);

#endif
