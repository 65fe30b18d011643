/* text.h - pieces of what is generated. */
#ifndef GENERATE_TEXT_H
#define GENERATE_TEXT_H

#include "cli/options.h"

#include <stdbool.h>

/* Prints the option as it is found in the table of words of each script: -o SEPARATOR --output. */
void dm_put_names(const struct dm_option *option, const char *separator);

bool dm_has_choices(const struct dm_option *option);

/* Prints the words that can stand behind the =. */
void dm_put_choices(const struct dm_option *option, const char *separator);

/* Prints the text for the inside of single quotes: `quote` for a ', and a backslash before each of
 * the characters in `special`. */
void dm_put_quoted(const char *text, const char *special, const char *quote);

#endif
