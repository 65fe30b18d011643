/* quantity.h - what the numbers of an output are. */
#ifndef FORMAT_QUANTITY_H
#define FORMAT_QUANTITY_H

#include <dmatrix/format.h>

/* The words of "distance_km" or "duration_s". */
struct dm_quantity_words {
    const char *name; /* "distance" */
    const char *unit; /* "km" */
};

/* Return the words for what the segments of a format with dm_format.quantity hold. */
static inline struct dm_quantity_words dm_quantity_words(const struct dm_format_options *options)
{
    if (options->by_road && options->by_road->quantity == DM_DURATION)
        return (struct dm_quantity_words){"duration", "s"};
    return (struct dm_quantity_words){"distance", options->unit->name};
}

#endif
