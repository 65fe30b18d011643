/* join.h - the command --join. */
#ifndef CLI_JOIN_H
#define CLI_JOIN_H

#include "cli/options.h"

/* Check the options of --join and take its files. DM_USAGE. */
enum dm_status dm_join_complete(struct dm_options *options, int file_count, char **files,
                                struct dm_error *error);

/* Put the parts together and, unless options->quiet, report it. Errors as of dm_join(). */
enum dm_status dm_command_join(const struct dm_options *options, struct dm_error *error);

#endif
