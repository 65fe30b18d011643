/* location_name.h - the name of a location in messages. */
#ifndef BASE_LOCATION_NAME_H
#define BASE_LOCATION_NAME_H

#include "base/text.h"

#include <dmatrix/locations.h>

/* Write the name in quotes, as dm_quote() does. Return `quoted`. */
static inline const char *dm_quote_name(char quoted[DM_QUOTED_LENGTH],
                                        const struct dm_locations *locations, size_t row)
{
    size_t length;
    const char *name = dm_location_name(locations, row, &length);
    return dm_quote(quoted, name, length);
}

#endif
