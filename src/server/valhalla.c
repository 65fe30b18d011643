/* Valhalla's matrix service:
 * https://valhalla.github.io/valhalla/api/matrix/api-reference/
 *
 * A location's search_cutoff, in metres, is described with those of routes: beyond it no road is
 * looked for (35 km by default). Answers do not say how far places are from a road. A server may
 * not know "verbose", and answer in its old form. Its usual configuration allows 2,500 pairs. */
#include "server/dialect.h"
#include "server/json_table.h"
#include "server/write.h"

#include "server/decimal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double metres_per_km = 1000;

static void write_url(FILE *out, const struct dm_query *query, const struct dm_ask *ask)
{
    (void)ask;
    fprintf(out, "%s/sources_to_targets", query->base);
}

/* Write locations. The server reads the cutoff as a whole number, so it is rounded down, to at
 * least 1 m: no place farther from a road than asked for is accepted, unless that is less than 1 m.
 */
static void write_places(FILE *out, const struct dm_query *query, const struct dm_lat_lon *places,
                         size_t count)
{
    const double most_m = 1e7; /* no place is that far from a road */
    char lat[DM_DECIMAL_LENGTH], lon[DM_DECIMAL_LENGTH];
    double cutoff_m = fmin(fmax(floor(query->max_snap_m), 1), most_m);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s{\"lat\":%s,\"lon\":%s,\"search_cutoff\":%u}", i == 0 ? "" : ",",
                dm_decimal(lat, places[i].lat_deg), dm_decimal(lon, places[i].lon_deg),
                (unsigned)cutoff_m);
}

static void write_body(FILE *out, const struct dm_query *query, const struct dm_ask *ask)
{
    fputs("{\"sources\":[", out);
    write_places(out, query, ask->origins, ask->origin_count);
    fputs("],\"targets\":[", out);
    write_places(out, query, ask->destinations, ask->destination_count);
    fputs("],\"costing\":", out);
    dm_write_json(out, query->profile);
    fputs(",\"units\":\"kilometers\",\"verbose\":false", out);
}

/* Return what an error code means:
 * https://valhalla.github.io/valhalla/api/turn-by-turn/api-reference/#internal-error-codes-and-conditions
 *
 * 170 says that the places of a request are not all in one region; those of a smaller request may
 * be, and of a single pair it means that there is no route. 442 comes in place of a table all of
 * whose cells would be null (src/tyr/matrix_serializer.cc). */
static enum dm_answer_kind kind_of(json_int_t code, const struct dm_ask *ask)
{
    bool single = ask->origin_count == 1 && ask->destination_count == 1;
    switch (code) {
    case 150: /* too many locations */
        return DM_ANSWER_TOO_BIG;
    case 154: /* two places are too far apart */
        return single ? DM_ANSWER_REFUSED : DM_ANSWER_SPLIT;
    case 170:
        return single ? DM_ANSWER_TABLE : DM_ANSWER_SPLIT;
    case 171:
        return DM_ANSWER_OFF_ROAD;
    case 442:
        return DM_ANSWER_TABLE;
    default:
        return DM_ANSWER_REFUSED;
    }
}

static struct dm_complaint find_complaint(const json_t *answer, const struct dm_ask *ask)
{
    const json_t *code = json_object_get(answer, "error_code");
    struct dm_complaint complaint = {
        .message = json_string_value(json_object_get(answer, "error")),
        .own = json_is_number(code),
    };
    double number = json_number_value(code);
    if (json_is_number(code) && number > 0 && number < 1e6)
        complaint.kind = kind_of((json_int_t)number, ask);
    else if (complaint.message || code)
        complaint.kind = DM_ANSWER_REFUSED;
    return complaint;
}

/* ---- the old form: rows of objects ---- */

/* Check an index of an entry, which it need not have. */
static bool has_index(const json_t *entry, const char *key, size_t index, const char *where,
                      struct dm_ask *ask)
{
    const json_t *value = json_object_get(entry, key);
    if (!value || (json_is_number(value) && json_number_value(value) == (double)index))
        return true;
    return dm_ask_refuse(ask, "%s: %s is not %zu", where, key, index);
}

static bool read_entry(const json_t *entry, size_t i, size_t j, struct dm_ask *ask)
{
    char where[96], distance[128], time[128];
    struct dm_road_cell *cell = &ask->cells[i * ask->destination_count + j];
    snprintf(where, sizeof where, "sources_to_targets: row %zu, entry %zu", i + 1, j + 1);
    if (!json_is_object(entry))
        return dm_ask_refuse(ask, "%s is %s instead of an object", where, dm_json_kind(entry));
    snprintf(distance, sizeof distance, "%s: distance", where);
    snprintf(time, sizeof time, "%s: time", where);
    return has_index(entry, "from_index", i, where, ask) &&
           has_index(entry, "to_index", j, where, ask) &&
           dm_json_cell(json_object_get(entry, "distance"), distance, DM_PART_DISTANCE,
                        metres_per_km, cell, ask) &&
           dm_json_cell(json_object_get(entry, "time"), time, DM_PART_DURATION, 1, cell, ask);
}

static bool read_objects(const json_t *rows, struct dm_ask *ask)
{
    if (json_array_size(rows) != ask->origin_count)
        return dm_ask_refuse(ask, "sources_to_targets: there are %zu rows instead of %zu",
                             json_array_size(rows), ask->origin_count);
    for (size_t i = 0; i < ask->origin_count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (!json_is_array(row))
            return dm_ask_refuse(ask, "sources_to_targets: row %zu is %s instead of an array",
                                 i + 1, dm_json_kind(row));
        if (json_array_size(row) != ask->destination_count)
            return dm_ask_refuse(ask, "sources_to_targets: row %zu has %zu entries instead of %zu",
                                 i + 1, json_array_size(row), ask->destination_count);
        for (size_t j = 0; j < ask->destination_count; j++)
            if (!read_entry(json_array_get(row, j), i, j, ask))
                return false;
    }
    return true;
}

/* ---- both forms ---- */

static bool read_table(const json_t *answer, struct dm_ask *ask)
{
    const json_t *table = json_object_get(answer, "sources_to_targets");
    const json_t *units = json_object_get(answer, "units");
    const char *unit = json_string_value(units);
    if (units && (!unit || strcmp(unit, "kilometers") != 0))
        return dm_ask_refuse(ask, "units: the answer is not in kilometers");
    bool read = false;
    if (json_is_object(table))
        read = dm_json_table(table, "distances", DM_PART_DISTANCE, metres_per_km, ask) &&
               dm_json_table(table, "durations", DM_PART_DURATION, 1, ask);
    else if (json_is_array(table))
        read = read_objects(table, ask);
    else if (!table)
        dm_ask_refuse(ask, "the answer has no sources_to_targets");
    else
        dm_ask_refuse(ask, "sources_to_targets: this is %s instead of an object or an array",
                      dm_json_kind(table));
    return read && dm_json_table_agrees(ask);
}

static const char *const own_keys[] = {"sources", "targets", "costing", "units", "verbose", NULL};

const struct dm_dialect dm_dialect_valhalla = {
    .name = "valhalla",
    .profile = "auto",
    .cells = 2500,
    .own_keys = own_keys,
    .write_url = write_url,
    .write_body = write_body,
    .find_complaint = find_complaint,
    .read_table = read_table,
};
