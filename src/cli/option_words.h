/* option_words.h - the words of the command line, one by one. */
#ifndef CLI_OPTION_WORDS_H
#define CLI_OPTION_WORDS_H

#include "cli/options.h"

/* Does what the option does with its value. DM_USAGE: it is no such value. */
enum dm_status dm_option_apply(const struct dm_option *option, const char *value,
                               struct dm_options *options, struct dm_error *error);

/* Reads words into options one by one, whatever they say together. Those that are no options are
 * moved to the end, where *rest is the first of them. DM_USAGE. */
enum dm_status dm_options_read(int argc, char **argv, struct dm_options *options, int *rest,
                               struct dm_error *error);

#endif
