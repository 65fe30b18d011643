#include "format/values_name.h"

#include "base/text.h"

#include <string.h>

const char *dm_values_name(const struct dm_values *values)
{
    return *values->name ? values->name : "value";
}

bool dm_values_name_is_taken(const struct dm_values *values, const struct dm_unit *unit)
{
    char distance[64];
    dm_append(distance, sizeof distance, "distance_%s", unit->name);
    const char *const own[] = {"origin", "rank", "destination", distance};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(dm_values_name(values), own[i]) == 0)
            return true;
    return false;
}
