/* comparison.h - --compare. */
#ifndef CLI_COMPARISON_H
#define CLI_COMPARISON_H

#include "cli/options.h"

/* Compare the executors and print the report to standard output. Fails as dm_compare(),
 * dm_exports_open(), dm_exports_write() and dm_stdout_finish() do. */
enum dm_status dm_command_compare(const struct dm_options *options, struct dm_error *error);

#endif
