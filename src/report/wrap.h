/* wrap.h - lines of text for a terminal: their width in columns, and wrapping at spaces. */
#ifndef REPORT_WRAP_H
#define REPORT_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Return the number of terminal columns of a UTF-8 text. East Asian wide characters count two,
 * combining characters none. */
size_t dm_columns(const char *text, size_t length);

/* Print the text, wrapped at spaces into lines of at most `width` columns, and end the last line.
 * The cursor is in column `indent`, counted from 0, where further lines begin too. A longer word
 * gets its own line. Words without a letter or digit, such as %, stay on the line of the word
 * before and, unless they come first, of the one after. */
void dm_put_wrapped(FILE *stream, const char *text, size_t indent, size_t width);

/* Same, but print the indent of the first line as well. */
void dm_put_indented(FILE *stream, const char *text, size_t indent, size_t width);

/* Print a label and, from `column` on, its text, wrapped in the same way. The text follows on a new
 * line if the label is too long. */
void dm_put_labelled(FILE *stream, const char *label, const char *text, size_t column,
                     size_t width);

#endif
