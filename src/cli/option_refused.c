#include "cli/option_refused.h"

#include "cli/defaults.h"

#include <stdio.h>
#include <string.h>

/* Drop the option if it is a default. Return true if it is on the command line. */
static bool remains(struct dm_options *options, const struct dm_option *option)
{
    return options->given[option - dm_option_table].origin != DM_NOT_GIVEN &&
           !dm_defaults_drop(options, option);
}

const char *dm_option_refused(struct dm_options *options, bool (*is_in)(const struct dm_option *),
                              char name[DM_OPTION_LENGTH])
{
    const char *first = NULL;
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        if (!is_in(option) || !remains(options, option) || first)
            continue;
        snprintf(name, DM_OPTION_LENGTH, "--%s", option->name);
        first = name;
    }
    return first;
}

bool dm_option_is_refused(struct dm_options *options, const char *name)
{
    for (size_t i = 0; dm_option_table[i].name; i++)
        if (strcmp(dm_option_table[i].name, name) == 0)
            return remains(options, &dm_option_table[i]);
    return false;
}
