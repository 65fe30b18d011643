/* defaults.h - a person's default options for every command line. */
#ifndef CLI_DEFAULTS_H
#define CLI_DEFAULTS_H

#include "cli/options.h"

/* Adds the default options in a text, which may be NULL, to those of a command line, which have
 * precedence; `files` are the words of it that are no options.
 *
 * They are wishes: one is taken only where the command line, with it, is not refused before a file
 * is read. So --unit has no effect on json, --radius none on geodesics, --executor none on
 * --compare, and lists of --threads none without it. --format is for where neither --format nor
 * the name of the output says otherwise; on a terminal there is a preview all the same.
 *
 * DM_USAGE: one of them is misspelt, or not for all runs. DM_MEMORY. */
enum dm_status dm_defaults_take(const char *defaults, int file_count, char **files,
                                struct dm_options *options, struct dm_error *error);

#endif
