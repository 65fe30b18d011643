/* comparison.h - what --compare does. */
#ifndef CLI_COMPARISON_H
#define CLI_COMPARISON_H

#include "cli/options.h"

/* Compares executors as the options ask for, and prints the table to standard output. What
 * dm_compare() and dm_stdout_finish() can return. */
enum dm_status dm_command_compare(const struct dm_options *options, struct dm_error *error);

#endif
