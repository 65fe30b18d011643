#include "cli/choices.h"

#include <dmatrix/dmatrix.h>

/* Entries of every registry have a name and a summary, but no type in common. */
#define CHOICE_OF(function, list)                                                                  \
    struct dm_choice function(size_t place)                                                        \
    {                                                                                              \
        if (!(list)[place])                                                                        \
            return (struct dm_choice){0};                                                          \
        return (struct dm_choice){(list)[place]->name, (list)[place]->summary};                    \
    }

CHOICE_OF(dm_executor_choice, dm_executors())
CHOICE_OF(dm_format_choice, dm_formats())
CHOICE_OF(dm_shape_choice, dm_shapes())
CHOICE_OF(dm_unit_choice, dm_units())

/* The metrics, then roads, which are none. */
struct dm_choice dm_metric_choice(size_t place)
{
    const struct dm_metric *const *metrics = dm_metrics();
    size_t count = 0;
    while (metrics[count])
        count++;
    if (place < count)
        return (struct dm_choice){metrics[place]->name, metrics[place]->summary};
    return place == count
               ? (struct dm_choice){DM_ROAD_WORD, "by road, from a routing server (--server)"}
               : (struct dm_choice){0};
}

struct dm_choice dm_ellipsoid_choice(size_t place)
{
    const struct dm_ellipsoid *entry = &dm_ellipsoids()[place];
    return (struct dm_choice){entry->name, entry->summary};
}
