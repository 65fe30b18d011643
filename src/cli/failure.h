/* failure.h - errors of the library, with the options of the command. */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include "cli/options.h"

/* Add the option that the error concerns to its message, in front or instead of the field's name,
 * and append the options that it suggests: "--shape: ... (try --shape=cross)", "--radius has no
 * effect
 * ...". */
void dm_failure_explain(const struct dm_options *options, struct dm_error *error);

#endif
