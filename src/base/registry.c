#include "base/registry.h"

#include <string.h>

struct dm_search dm_search_for(const char *kind, const char *name)
{
    return (struct dm_search){.kind = kind, .name = name, .nearest = dm_nearest_to(name)};
}

bool dm_search_matches(struct dm_search *search, const char *known, const char *summary)
{
    char word[32];
    if (strcmp(known, search->name) == 0)
        return true;
    dm_nearest_offer(&search->nearest, known);
    snprintf(word, sizeof word, "%.*s", (int)strcspn(summary, " "), summary);
    if (word[0] == known[0])
        dm_nearest_offer_word(&search->nearest, word, known);
    search->used = dm_append_item(search->known, sizeof search->known, search->used, ", ", known);
    return false;
}

enum dm_status dm_search_failed(const struct dm_search *search, struct dm_error *error)
{
    char name[DM_QUOTED_LENGTH];
    dm_quote(name, search->name, strlen(search->name));
    if (search->nearest.best)
        return dm_fail(error, DM_USAGE, "unknown %s %s: did you mean \"%s\"? (available: %s)",
                       search->kind, name, search->nearest.best, search->known);
    return dm_fail(error, DM_USAGE, "unknown %s %s (available: %s)", search->kind, name,
                   search->known);
}
