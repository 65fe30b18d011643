/* registry.h - list of the plug-ins of one kind, and search by name.
 *
 *     DM_REGISTRY("metric", struct dm_metric, dm_metrics, dm_metric_find,
 *                 &dm_metric_haversine, &dm_metric_geodesic)
 *
 * defines dm_metrics(), which returns the list ended by NULL, and dm_metric_find(), which finds an
 * entry by name, as their headers declare them. It is a macro because C has no other way to write
 * the same search once for lists of different types.
 */
#ifndef BASE_REGISTRY_H
#define BASE_REGISTRY_H

#include "base/text.h"

#include <dmatrix/status.h>

#include <stdbool.h>

enum { DM_SEARCH_LENGTH = 512 };

/* State of a search through a list. */
struct dm_search {
    const char *kind, *name;
    struct dm_nearest nearest;
    char known[DM_SEARCH_LENGTH]; /* names compared so far */
    size_t used;
};

struct dm_search dm_search_for(const char *kind, const char *name);

/* Return true if the name is the known one. If not, remember the known one for a suggestion, and
 * also the first word of its summary if the name abbreviates that: "miles" for "mi". */
bool dm_search_matches(struct dm_search *search, const char *known, const char *summary);

/* Return DM_USAGE, with a message that lists the known names and suggests the most similar. */
enum dm_status dm_search_failed(const struct dm_search *search, struct dm_error *error);

#define DM_REGISTRY(kind, type, list_function, find_function, ...)                                 \
    static const type *const registered[] = {__VA_ARGS__, NULL};                                   \
                                                                                                   \
    const type *const *list_function(void)                                                         \
    {                                                                                              \
        return registered;                                                                         \
    }                                                                                              \
                                                                                                   \
    enum dm_status find_function(const char *name, const type **found, struct dm_error *error)     \
    {                                                                                              \
        struct dm_search search = dm_search_for(kind, name);                                       \
        for (size_t i = 0; registered[i]; i++) {                                                   \
            if (dm_search_matches(&search, registered[i]->name, registered[i]->summary)) {         \
                *found = registered[i];                                                            \
                return DM_OK;                                                                      \
            }                                                                                      \
        }                                                                                          \
        return dm_search_failed(&search, error);                                                   \
    }

#endif
