/* command_line.h - command lines as text for a shell. */
#ifndef CLI_COMMAND_LINE_H
#define CLI_COMMAND_LINE_H

#include "cli/options.h"

#include <stdio.h>

/* Print a word, quoted for a shell if necessary, without the secrets in it (cli/secret.h). */
void dm_put_word(FILE *stream, const char *word);

/* Print a file, with ./ if it looks like an option. */
void dm_put_path(FILE *stream, const char *path);

/* Print a space and a file, as above; or a space and an option with its value, which may be NULL.
 */
void dm_put_file(FILE *stream, const char *path);
void dm_put_option(FILE *stream, const struct dm_option *option, const char *value);

/* Return the command line, after the default options of the environment (NULL: none). The caller
 * frees it; NULL: out of memory. */
char *dm_command_line(const char *defaults, int argc, char *const *argv);

/* Return the command line that all trials of a comparison share, without executor, threads and
 * grain. Default options that matter are written out. The caller frees it; NULL: out of memory. */
char *dm_command_of_trials(const struct dm_options *options);

#endif
