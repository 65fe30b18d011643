/* registry.h - a kind of plug-in: the list of them, and finding one by its name.
 *
 *     DM_REGISTRY("metric", struct dm_metric, dm_metrics, dm_metric_find,
 *                 &dm_metric_haversine, &dm_metric_geodesic)
 *
 * defines dm_metrics(), which returns the list ended by NULL, and dm_metric_find(), which looks a
 * name up in it, as their headers declare them. A macro, because C has no other way to write the
 * same search once for lists of different types.
 */
#ifndef BASE_REGISTRY_H
#define BASE_REGISTRY_H

#include "base/text.h"

#include <dmatrix/status.h>

#include <stdbool.h>

enum { DM_SEARCH_LENGTH = 512 };

/* A search on its way through a list. */
struct dm_search {
    const char *kind, *name;
    struct dm_nearest nearest;
    char known[DM_SEARCH_LENGTH]; /* the names passed so far */
    size_t used;
};

struct dm_search dm_search_for(const char *kind, const char *name);
bool dm_search_matches(struct dm_search *search, const char *known);

/* DM_USAGE, with the names there are and the nearest of them. */
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
            if (dm_search_matches(&search, registered[i]->name)) {                                 \
                *found = registered[i];                                                            \
                return DM_OK;                                                                      \
            }                                                                                      \
        }                                                                                          \
        return dm_search_failed(&search, error);                                                   \
    }

#endif
