#include "load/remedy.h"

#include "base/text.h"
#include "load/input.h"
#include "load/roles.h"

#include <stdbool.h>
#include <string.h>

/* Adds an option, with quotes where a shell wants them; one that is not set, or that quotes would
 * not do for, is left out. */
static size_t add(char *text, size_t used, const char *option, const char *value)
{
    const char *quote = value && dm_is_plain_word(value) ? "" : "'";
    if (!value || strchr(value, '\'') || used + strlen(value) + 32 > DM_REMEDY_LENGTH)
        return used;
    return used + dm_append(text + used, DM_REMEDY_LENGTH - used, " %s=%s%s%s", option, quote,
                            value, quote);
}

const char *dm_remedy(char text[DM_REMEDY_LENGTH], const char *filter, const char *shown,
                      const struct dm_load_options *options)
{
    const struct dm_roles *roles = dm_roles_of(options->coordinates);
    const char delimiter[] = {options->delimiter, '\0'};
    bool usual = *delimiter == '\0' || *delimiter == ',';
    bool can_be_named = dm_is_plain_word(shown) && strlen(shown) < DM_REMEDY_LENGTH / 2;
    size_t used =
        strcmp(shown, DM_STANDARD_INPUT) == 0
            ? dm_append(text, DM_REMEDY_LENGTH, "... | %s", filter)
            : dm_append(text, DM_REMEDY_LENGTH, "%s <%s", filter, can_be_named ? shown : "FILE");
    used += dm_append(text + used, DM_REMEDY_LENGTH - used, " | dmatrix -");
    if (!usual)
        used = add(text, used, "--delimiter", *delimiter == '\t' ? "tab" : delimiter);
    if (options->coordinates == DM_PLANAR)
        used = add(text, used, "--metric", "euclidean");
    used = add(text, used, roles->lat.option, options->lat);
    used = add(text, used, roles->lon.option, options->lon);
    add(text, used, roles->name.option, options->name);
    return text;
}
