/* parse.h - the command line and a person's default options, together. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "cli/options.h"

/* Reads the command line, a person's default options (NULL: there are none), and DMATRIX_ISA of the
 * environment. The result, which dm_options_free() ends, points into the command line and the
 * environment. DM_USAGE: it makes no sense; the message says what would. DM_MEMORY. */
enum dm_status dm_options_parse(const char *defaults, int argc, char **argv,
                                struct dm_options *options, struct dm_error *error);

void dm_options_free(struct dm_options *options);

#endif
