/* A hash table with open addressing. Its entries are points plus one, so that 0 is an empty one. */
#include "search/distinct.h"

#include "base/mix.h"
#include "base/prefetch.h"
#include "base/stop.h"
#include "search/groups.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct table {
    const struct dm_locations *locations;
    const uint32_t *part_of; /* NULL: all are in one part */
    uint32_t *entries;
    size_t mask; /* number of entries minus one; at least half of them stay empty */
};

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static uint64_t hash(const struct table *table, size_t i)
{
    uint64_t part = table->part_of ? table->part_of[i] : 0;
    uint64_t lon = bits_of(table->locations->lon_deg[i]) + (part + 1) * DM_MIX_STEP;
    return dm_mix(bits_of(table->locations->lat_deg[i]) + dm_mix(lon));
}

static bool same_point(const struct table *table, size_t a, size_t b)
{
    const struct dm_locations *locations = table->locations;
    return bits_of(locations->lat_deg[a]) == bits_of(locations->lat_deg[b]) &&
           bits_of(locations->lon_deg[a]) == bits_of(locations->lon_deg[b]) &&
           (!table->part_of || table->part_of[a] == table->part_of[b]);
}

/* Add a location. The search for its entry begins at entry `at`. */
static void add(struct dm_distinct *distinct, const struct table *table, size_t i, size_t at)
{
    while (table->entries[at] != 0) {
        uint32_t point = table->entries[at] - 1;
        if (same_point(table, distinct->first[point], i)) {
            distinct->point_of[i] = point;
            return;
        }
        at = (at + 1) & table->mask;
    }
    distinct->first[distinct->count] = (uint32_t)i;
    distinct->point_of[i] = (uint32_t)distinct->count++;
    table->entries[at] = (uint32_t)distinct->count;
}

static enum dm_status add_all(struct dm_distinct *distinct, const struct table *table,
                              const dm_flag *stop, struct dm_error *error)
{
    enum { AHEAD = 16 }; /* locations whose entries are on their way to the cache */
    size_t places[AHEAD], count = table->locations->count;
    for (size_t i = 0; i < count + AHEAD; i++) {
        size_t *place = &places[i % AHEAD], before = i - AHEAD;
        bool has_place = i >= AHEAD;
        if (dm_stop_asked_at(stop, i))
            return dm_fail(error, DM_STOPPED, "stopped while building the index");
        if (has_place && table->part_of && table->part_of[before] == DM_NO_PART)
            distinct->point_of[before] = DM_NO_PART;
        else if (has_place)
            add(distinct, table, before, *place);
        if (i < count) {
            *place = hash(table, i) & table->mask;
            dm_prefetch(&table->entries[*place]);
        }
    }
    return DM_OK;
}

enum dm_status dm_distinct_find(const struct dm_locations *locations, const uint32_t *part_of,
                                const dm_flag *stop, struct dm_distinct *distinct,
                                struct dm_error *error)
{
    size_t entries = 2, bytes = (locations->count + 1) * sizeof(uint32_t);
    while (entries < 2 * locations->count)
        entries *= 2;
    struct table table = {locations, part_of, calloc(entries, sizeof *table.entries), entries - 1};
    struct dm_distinct new = {.first = malloc(bytes), .point_of = malloc(bytes)};
    enum dm_status status = table.entries && new.first &&new.point_of
                                ? add_all(&new, &table, stop, error)
                                : dm_fail_memory(error, "the index");
    free(table.entries);
    if (status == DM_OK)
        *distinct = new;
    else
        dm_distinct_free(&new);
    return status;
}

void dm_distinct_free(struct dm_distinct *distinct)
{
    free(distinct->first);
    free(distinct->point_of);
    *distinct = (struct dm_distinct){0};
}
