#include "server/dialect.h"

#include "base/text.h"

#include <string.h>

static const struct dm_dialect *const dialects[] = {
    &dm_dialect_osrm,
    &dm_dialect_valhalla,
    &dm_dialect_ors,
    NULL,
};

const struct dm_dialect *const *dm_dialects(void)
{
    return dialects;
}

const struct dm_dialect *dm_dialect_find(const char *name, char message[DM_ERROR_LENGTH])
{
    char quoted[DM_QUOTED_LENGTH], known[DM_ERROR_LENGTH / 2] = "";
    struct dm_nearest nearest = dm_nearest_to(name);
    size_t used = 0;
    for (size_t i = 0; dialects[i]; i++) {
        if (strcmp(dialects[i]->name, name) == 0)
            return dialects[i];
        dm_nearest_offer(&nearest, dialects[i]->name);
        used = dm_append_item(known, sizeof known, used, ", ", dialects[i]->name);
    }
    snprintf(message, DM_ERROR_LENGTH, "unknown kind of server %s%s%s%s (available: %s)",
             dm_quote(quoted, name, strlen(name)), nearest.best ? ": did you mean \"" : "",
             nearest.best ? nearest.best : "", nearest.best ? "\"?" : "", known);
    return NULL;
}
