/* parse.h - parsing of the command line and the default options. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "cli/options.h"

/* Parse the default options (NULL: none), the command line and DMATRIX_ISA in the environment. The
 * result points into them; it is freed by dm_options_free(). In a team (NULL: none), rank 0 alone
 * looks whether files exist. DM_USAGE, DM_MEMORY. */
enum dm_status dm_options_parse(const char *defaults, int argc, char **argv, struct dm_team *team,
                                struct dm_options *options, struct dm_error *error);

void dm_options_free(struct dm_options *options);

#endif
