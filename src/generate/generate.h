/* generate.h - completions and manual pages: templates, in which marks are replaced by what the
 * table of options says. All goes to standard output. */
#ifndef GENERATE_GENERATE_H
#define GENERATE_GENERATE_H

#include "cli/options.h"

#include <dmatrix/status.h>

/* A mark in a template, and what writes its replacement. */
struct dm_mark {
    const char *text; /* NULL ends a list of marks */
    void (*put)(void);
};

extern const struct dm_mark dm_bash_marks[], dm_zsh_marks[], dm_fish_marks[], dm_man_marks[];

/* Write the file with its marks replaced. DM_IO: it cannot be read. */
enum dm_status dm_template_put(const char *path, const struct dm_mark *marks,
                               struct dm_error *error);

/* Return whether the option's value is one of several known words. */
bool dm_has_choices(const struct dm_option *option);

/* Write the words that can follow the option's =. */
void dm_put_choices(const struct dm_option *option, const char *separator);

#endif
