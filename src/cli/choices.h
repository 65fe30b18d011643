/* choices.h - the words that can stand behind the = of an option, and what they mean. */
#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

#include <stddef.h>

struct dm_choice {
    const char *name;    /* NULL: there is none in this place */
    const char *summary; /* NULL: none */
};

/* What a registry has in that place, counted from 0. */
struct dm_choice dm_metric_choice(size_t place);
struct dm_choice dm_executor_choice(size_t place);
struct dm_choice dm_format_choice(size_t place);
struct dm_choice dm_shape_choice(size_t place);
struct dm_choice dm_unit_choice(size_t place);
struct dm_choice dm_ellipsoid_choice(size_t place);

#endif
