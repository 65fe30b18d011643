#include "load/uses.h"

static void add(struct dm_uses *uses, size_t column, enum dm_use_action action, size_t index)
{
    size_t at = uses->count;
    if (column == DM_NO_COLUMN)
        return;
    for (; at > 0 && uses->use[at - 1].column > column; at--)
        uses->use[at] = uses->use[at - 1];
    uses->use[at] = (struct dm_use){column, action, index};
    uses->count++;
}

/* Add a coordinate. Return true if it is in several columns. */
static bool add_axis(struct dm_uses *uses, const struct dm_axis_columns *axis,
                     enum dm_use_action action, size_t first)
{
    bool parts = axis->minutes != DM_NO_COLUMN || axis->seconds != DM_NO_COLUMN ||
                 axis->hemisphere != DM_NO_COLUMN;
    add(uses, axis->degrees, parts ? DM_KEEP_PART : action, first);
    add(uses, axis->minutes, DM_KEEP_PART, first + 1);
    add(uses, axis->seconds, DM_KEEP_PART, first + 2);
    add(uses, axis->hemisphere, DM_KEEP_PART, first + 3);
    return parts;
}

struct dm_uses dm_uses_of(const struct dm_place_columns *place)
{
    struct dm_uses uses = {.count = 0};
    if (place->both != DM_NO_COLUMN) {
        add(&uses, place->both, DM_READ_BOTH, 0);
    } else {
        uses.lat_in_parts = add_axis(&uses, &place->lat, DM_READ_LAT, 0);
        uses.lon_in_parts = add_axis(&uses, &place->lon, DM_READ_LON, DM_AXIS_PARTS);
    }
    for (size_t i = 0; i < place->name_count; i++)
        add(&uses, place->name[i], DM_KEEP_NAME, i);
    return uses;
}
