/* terminal.h - what is on the other end of a stream. */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include <stdbool.h>

enum dm_when { DM_AUTO, DM_ALWAYS, DM_NEVER };

/* Whether terminals here know more than a carriage return: nothing is known of one without $TERM.
 */
bool dm_terminal_is_able(void);

/* Whether to write in colour to `file`: as told, else where it is a terminal that can show it and
 * the environment does not object (NO_COLOR, no-color.org). */
bool dm_terminal_colour(int file, enum dm_when wish);

/* Whether a file or a pipe was put into the place of the stream. */
bool dm_is_redirected(int file);

/* What $COLUMNS says; 0: nothing. */
unsigned dm_columns_told(void);

/* Characters a line: $COLUMNS, else what the terminal says, else 80. */
unsigned dm_terminal_columns(int file);

/* The columns that lines of text to `file` take at most: 79, or fewer where a terminal, or
 * $COLUMNS, has fewer; one is left free, where terminals wrap. */
unsigned dm_line_width(int file);

#endif
