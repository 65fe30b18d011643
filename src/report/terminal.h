/* terminal.h - what a stream is connected to. */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include <stdbool.h>

enum dm_when { DM_AUTO, DM_ALWAYS, DM_NEVER };

/* Return true if the terminal can do more than a carriage return, as far as $TERM says. */
bool dm_terminal_is_able(void);

/* Return true if output to `file` should be coloured: as `wish` says, else on a terminal that can
 * show it unless NO_COLOR is set (no-color.org). */
bool dm_terminal_colour(int file, enum dm_when wish);

/* Return true if the stream is a file or a pipe. */
bool dm_is_redirected(int file);

/* Return the columns of a line: those in $COLUMNS, else the terminal's, else 80. */
unsigned dm_terminal_columns(int file);

/* Return the columns that a table or a preview may use: those of the terminal or in $COLUMNS, at
 * least 60, below which the terminal wraps; 0: as many as it likes. */
unsigned dm_table_columns(int file);

/* Return the greatest width of a line of text: 79, or as many as dm_table_columns(), less one,
 * which stays free because terminals wrap in their last column. */
unsigned dm_line_width(int file);

#endif
