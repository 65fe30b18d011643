/* option_checks.h - checks of the options together. */
#ifndef CLI_OPTION_CHECKS_H
#define CLI_OPTION_CHECKS_H

#include "cli/options.h"

/* Complete options that have been read one by one: add the files and what one option means for
 * another. DM_USAGE: they do not fit together. */
enum dm_status dm_options_complete(struct dm_options *options, int file_count, char **files,
                                   struct dm_error *error);

#endif
