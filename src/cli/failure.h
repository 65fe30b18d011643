/* failure.h - errors of the library, in the words of the command. */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include "cli/options.h"

/* Put the option that the error concerns before its message, or in the place of the field's name
 * that the message begins with, and the options that it suggests after it:
 * "--shape: ... (try --shape=cross)", "--radius has no effect ...". */
void dm_failure_explain(const struct dm_options *options, struct dm_error *error);

#endif
