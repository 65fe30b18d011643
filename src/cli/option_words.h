/* option_words.h - the words of the command line, one by one. */
#ifndef CLI_OPTION_WORDS_H
#define CLI_OPTION_WORDS_H

#include "cli/options.h"

/* Return options of which none is given. */
struct dm_options dm_options_defaults(void);

/* Read words into options one by one, over what is in them; dm_options_complete() checks that they
 * fit together. Words that are no options are moved to the end, from *rest on. DM_USAGE. */
enum dm_status dm_options_read(int argc, char **argv, enum dm_origin origin,
                               struct dm_options *options, int *rest, struct dm_error *error);

/* Make the options as if this one had not been given. */
void dm_option_reset(const struct dm_option *option, struct dm_options *options);

#endif
