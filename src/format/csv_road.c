/* CSV with one line per pair by road: origin,destination,distance_km,duration_s and, if the
 * distance as the crow flies is known, crow_km,detour. The detour is the distance divided by that
 * of the crow. What does not exist is empty. */
#include "format/csv_road.h"

#include "base/text.h"
#include "base/try.h"
#include "format/csv_lines.h"

#include <string.h>

enum { DISTANCE, DURATION, CROW, DETOUR, COLUMNS, WITHOUT_CROW = CROW };

static void add_columns(struct dm_table *table, const struct dm_unit *unit, bool crow)
{
    char *end = table->header_begin + strlen(table->header_begin), d = table->delimiter;
    size_t room = (size_t)(table->header_begin + sizeof table->header_begin - end);
    size_t used = dm_append(end, room, "%cduration_s", d);
    if (crow)
        dm_append(end + used, room - used, "%ccrow_%s%cdetour", d, unit->name, d);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_table *table;
    bool crow = options->by_road->crow;
    DM_TRY(dm_csv_make(options, subject, 0, crow ? COLUMNS : WITHOUT_CROW, &table, error));
    add_columns(table, options->unit, crow);
    *encoder = &table->base;
    return DM_OK;
}

/* Fill the columns with the numbers of a block of lines, from pair `first` of the segment on.
 * Return how many lines it has. */
static size_t fill_block(double numbers[COLUMNS][DM_DIGITS_BLOCK], size_t columns,
                         const struct dm_segment *segment, size_t first)
{
    const double *distances = segment->distances + first;
    const struct dm_route *routes = segment->routes + first;
    size_t left = segment->count - first, count = left < DM_DIGITS_BLOCK ? left : DM_DIGITS_BLOCK;
    for (size_t i = 0; i < count; i++) {
        numbers[DISTANCE][i] = distances[i];
        numbers[DURATION][i] = routes[i].duration_s;
    }
    for (size_t i = 0; columns == COLUMNS && i < count; i++) {
        numbers[CROW][i] = routes[i].crow;
        numbers[DETOUR][i] = routes[i].detour;
    }
    return count;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    const size_t columns = table->numbers;
    double numbers[COLUMNS][DM_DIGITS_BLOCK];
    struct dm_digits digits[COLUMNS];
    char *at = text;
    size_t rank = 0;
    if (segment->destinations && segment->destinations[0] == DM_NO_DESTINATION)
        return (size_t)(dm_csv_put_unmatched(at, table, segment->origin) - text);
    for (size_t i = 0; i < segment->count; i++) {
        if (i % DM_DIGITS_BLOCK == 0) {
            size_t count = fill_block(numbers, columns, segment, i);
            for (size_t k = 0; k < columns; k++)
                dm_digits_next(&digits[k], &table->decimals, numbers[k], count);
        }
        at = dm_csv_put_names(at, table, segment, i, &rank);
        for (size_t k = 0; k < columns; k++)
            at = dm_digits_put(at, &digits[k], i % DM_DIGITS_BLOCK);
        at[-1] = '\n'; /* in place of the last delimiter */
    }
    return (size_t)(at - text);
}

const struct dm_format dm_format_csv_road = {
    DM_CSV_COMMON,
    .summary = "one line per pair: origin,destination,distance,duration",
    .prepare = prepare,
    .encode = encode,
    .by_road = &dm_format_csv_road,
    .routes = true,
    .missing = true,
};
