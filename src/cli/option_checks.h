/* option_checks.h - what the words of the command line say together. */
#ifndef CLI_OPTION_CHECKS_H
#define CLI_OPTION_CHECKS_H

#include "cli/options.h"

/* Completes options that have been read one by one: with the files, with what the environment says,
 * and with what one of them means for another. DM_USAGE: they contradict each other. */
enum dm_status dm_options_complete(struct dm_options *options, int file_count, char **files,
                                   struct dm_error *error);

#endif
