/* CSV with one line per pair: origin,destination,distance_km. The rows of a sparse layout are in
 * the order of their distances, and numbered: origin,rank,destination,distance_km. With each pair
 * once there is no such number, because a row then has only the destinations after the origin. */
#include "base/try.h"
#include "format/csv_lines.h"
#include "format/csv_road.h"

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_table *table;
    DM_TRY(dm_csv_make(options, subject, '\n', 1, &table, error));
    *encoder = &table->base;
    return DM_OK;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    char *at = text;
    size_t rank = 0;
    struct dm_digits digits;
    if (segment->destinations && segment->destinations[0] == DM_NO_DESTINATION)
        return (size_t)(dm_csv_put_unmatched(at, table, segment->origin) - text);
    for (size_t i = 0; i < segment->count; i++) {
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, &table->decimals, segment->distances + i, segment->count - i);
        at = dm_csv_put_names(at, table, segment, i, &rank);
        at = dm_digits_put(at, &digits, i % DM_DIGITS_BLOCK);
    }
    return (size_t)(at - text);
}

const struct dm_format dm_format_csv = {
    DM_CSV_COMMON,
    .summary = "one line per pair: origin,destination,distance",
    .prepare = prepare,
    .encode = encode,
    .by_road = &dm_format_csv_road,
};
