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

CHOICE_OF(dm_metric_choice, dm_metrics())
CHOICE_OF(dm_executor_choice, dm_executors())
CHOICE_OF(dm_format_choice, dm_formats())
CHOICE_OF(dm_shape_choice, dm_shapes())
CHOICE_OF(dm_unit_choice, dm_units())

struct dm_choice dm_ellipsoid_choice(size_t place)
{
    const struct dm_ellipsoid *entry = &dm_ellipsoids()[place];
    return (struct dm_choice){entry->name, entry->summary};
}
