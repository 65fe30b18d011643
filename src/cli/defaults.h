/* defaults.h - default options, from the environment. */
#ifndef CLI_DEFAULTS_H
#define CLI_DEFAULTS_H

#include "cli/options.h"

/* Read the default options in a text, which may be NULL, into options that nothing was read into
 * before. DM_USAGE: one of them is misspelt or cannot be a default; DM_MEMORY. */
enum dm_status dm_defaults_read(const char *defaults, struct dm_options *options,
                                struct dm_error *error);

/* Drop the defaults that do not fit the command line, which has been read over them: those that the
 * checks of the library would refuse, such as --radius with geodesics or --unit with json, or
 * because of which they would refuse an option of the command line. */
void dm_defaults_fit(struct dm_options *options);

/* Make the options as if this one had not been given, if it is a default. Return false if it is
 * not. */
bool dm_defaults_drop(struct dm_options *options, const struct dm_option *option);

#endif
