#include "load/uses.h"

static void add(struct dm_uses *uses, struct dm_use use)
{
    size_t at = uses->count;
    if (use.column == DM_NO_COLUMN)
        return;
    for (; at > 0 && uses->use[at - 1].column > use.column; at--)
        uses->use[at] = uses->use[at - 1];
    uses->use[at] = use;
    uses->count++;
}

/* Add a coordinate. Return true if it is in several columns. */
static bool add_axis(struct dm_uses *uses, const struct dm_axis_columns *axis,
                     enum dm_use_action action, size_t place, size_t first)
{
    const size_t columns[] = {axis->degrees, axis->minutes, axis->seconds, axis->hemisphere};
    bool parts = axis->minutes != DM_NO_COLUMN || axis->seconds != DM_NO_COLUMN ||
                 axis->hemisphere != DM_NO_COLUMN;
    for (size_t i = 0; i < DM_AXIS_PARTS; i++)
        add(uses, (struct dm_use){columns[i], parts ? DM_KEEP_PART : action, place, first + i});
    return parts;
}

struct dm_uses dm_uses_of(const struct dm_table *table)
{
    struct dm_uses uses = {.count = 0};
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
        add(&uses, (struct dm_use){table->value[i], DM_KEEP_VALUE, 0, i});
    for (size_t k = 0; k < table->place_count; k++) {
        const struct dm_place_columns *place = &table->places[k];
        if (place->both != DM_NO_COLUMN) {
            add(&uses, (struct dm_use){place->both, DM_READ_BOTH, k, 0});
        } else {
            uses.lat_in_parts[k] = add_axis(&uses, &place->lat, DM_READ_LAT, k, 0);
            uses.lon_in_parts[k] = add_axis(&uses, &place->lon, DM_READ_LON, k, DM_AXIS_PARTS);
        }
        add(&uses, (struct dm_use){place->lat.watched, DM_WATCH_COLUMN, k, 0});
        add(&uses, (struct dm_use){place->lon.watched, DM_WATCH_COLUMN, k, 1});
        for (size_t i = 0; i < place->name_count; i++)
            add(&uses, (struct dm_use){place->name[i], DM_KEEP_NAME, k, i});
    }
    return uses;
}
