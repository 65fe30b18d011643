/* option_checks.h - checks of the options together. */
#ifndef CLI_OPTION_CHECKS_H
#define CLI_OPTION_CHECKS_H

#include "cli/options.h"

enum { DM_OPTION_LENGTH = 32 }; /* of an option, with its dashes */

/* Return the first option of the set that is on the command line, and write "--NAME"; NULL: there
 * is none. Defaults in the set are dropped. */
const char *dm_option_refused(struct dm_options *options, bool (*is_in)(const struct dm_option *),
                              char name[DM_OPTION_LENGTH]);

/* Complete options that have been read one by one: add the files and what one option means for
 * another. DM_USAGE: they do not fit together. */
enum dm_status dm_options_complete(struct dm_options *options, int file_count, char **files,
                                   struct dm_error *error);

#endif
