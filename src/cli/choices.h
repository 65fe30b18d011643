/* choices.h - the known values of options, and their meanings. */
#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

#include <stddef.h>

#define DM_ROAD_WORD "road" /* --metric=road */

struct dm_choice {
    const char *name;    /* NULL: after the last */
    const char *summary; /* NULL: none */
};

/* Return an entry of a registry, counted from 0. */
struct dm_choice dm_metric_choice(size_t place);
struct dm_choice dm_executor_choice(size_t place);
struct dm_choice dm_format_choice(size_t place);
struct dm_choice dm_shape_choice(size_t place);
struct dm_choice dm_unit_choice(size_t place);
struct dm_choice dm_ellipsoid_choice(size_t place);

#endif
