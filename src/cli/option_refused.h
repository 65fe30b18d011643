/* option_refused.h - options that a command refuses. */
#ifndef CLI_OPTION_REFUSED_H
#define CLI_OPTION_REFUSED_H

#include "cli/options.h"

enum { DM_OPTION_LENGTH = 32 }; /* of an option, with its dashes */

/* Return the first option of the set that is on the command line, and write "--NAME"; NULL: there
 * is none. Defaults in the set are dropped. */
const char *dm_option_refused(struct dm_options *options, bool (*is_in)(const struct dm_option *),
                              char name[DM_OPTION_LENGTH]);

/* The same for a single option. */
bool dm_option_is_refused(struct dm_options *options, const char *name);

#endif
