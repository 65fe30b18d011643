/* command_line.h - the command line as one string, for a shell. The caller frees it; NULL: out of
 * memory. */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

#include "cli/options.h"

#include <stdio.h>

/* Print a word as a shell takes it, in quotes where it needs them. */
void dm_put_word(FILE *stream, const char *word);

/* Print a blank and a file, which could be taken for an option; or an option and its value, which
 * may be NULL. */
void dm_put_file(FILE *stream, const char *path);
void dm_put_option(FILE *stream, const struct dm_option *option, const char *value);

/* The words joined by blanks, quoted as a shell would want them, after the default options of the
 * environment, where there are any: `defaults` may be NULL. */
char *dm_command_line(const char *defaults, int argc, char *const *argv);

/* What all trials of a comparison have in common: a run of the same distances, to which executor,
 * threads and grain are to be added. Default options that matter are among its own. */
char *dm_command_of_trials(const struct dm_options *options);

#endif
