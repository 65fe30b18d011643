/* The matrix service of openrouteservice:
 * https://giscience.github.io/openrouteservice/api-reference/endpoints/matrix/
 *
 * A place without a road within the server's search radius is null in "sources" or "destinations",
 * and so are its cells. By default it allows 2,500 pairs. */
#include "server/dialect.h"
#include "server/json_table.h"
#include "server/write.h"

static void write_url(FILE *out, const struct dm_query *query, const struct dm_ask *ask)
{
    (void)ask;
    fprintf(out, "%s/v2/matrix/", query->base);
    dm_write_escaped(out, query->profile);
}

static void write_body(FILE *out, const struct dm_query *query, const struct dm_ask *ask)
{
    (void)query;
    fputs("{\"locations\":", out);
    for (size_t i = 0; i < dm_ask_places(ask); i++) {
        fputs(i == 0 ? "[[" : ",[", out);
        dm_write_lon_lat(out, dm_ask_place(ask, i));
        fputc(']', out);
    }
    fputs("],\"sources\":[", out);
    dm_write_indices(out, 0, ask->origin_count, ',', "\"");
    fputs("],\"destinations\":[", out);
    dm_write_indices(out, ask->origin_count, dm_ask_places(ask), ',', "\"");
    fputs("],\"metrics\":[\"distance\",\"duration\"],\"units\":\"m\"", out);
}

/* Return what an error code means:
 * https://giscience.github.io/openrouteservice/api-reference/error-codes#matrix-api */
static enum dm_answer_kind kind_of(double code)
{
    if (code == 6004 || code == 6020) /* too many pairs; too much of the graph was visited */
        return DM_ANSWER_TOO_BIG;
    if (code == 6010)
        return DM_ANSWER_OFF_ROAD;
    return DM_ANSWER_REFUSED;
}

/* The error is an object or, from what stands before the service, a string. */
static struct dm_complaint find_complaint(const json_t *answer, const struct dm_ask *ask)
{
    (void)ask;
    const json_t *error = json_object_get(answer, "error");
    if (!error)
        error = json_object_get(answer, "message");
    if (!error)
        return (struct dm_complaint){.kind = DM_ANSWER_NONE};
    const json_t *message = json_is_object(error) ? json_object_get(error, "message") : error;
    const json_t *code = json_object_get(error, "code");
    return (struct dm_complaint){
        .kind = kind_of(json_number_value(code)),
        .message = json_string_value(message),
        .own = json_is_number(code),
    };
}

/* The service leaves out a snapped_distance of 0: its Double is serialized unless it has the
 * default value. */
static void fill_zeros(const json_t *places, double *snaps_m, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *place = json_array_get(places, i);
        if (json_object_get(place, "location") && !json_object_get(place, "snapped_distance"))
            snaps_m[i] = 0;
    }
}

static bool read_snaps(const json_t *answer, const char *name, double *snaps_m, size_t count,
                       struct dm_ask *ask)
{
    if (!dm_json_snaps(answer, name, "snapped_distance", snaps_m, count, ask))
        return false;
    fill_zeros(json_object_get(answer, name), snaps_m, count);
    return true;
}

static bool read_table(const json_t *answer, struct dm_ask *ask)
{
    return dm_json_table(answer, "distances", DM_PART_DISTANCE, 1, ask) &&
           dm_json_table(answer, "durations", DM_PART_DURATION, 1, ask) &&
           dm_json_table_agrees(ask) &&
           read_snaps(answer, "sources", ask->snaps_m, ask->origin_count, ask) &&
           read_snaps(answer, "destinations", ask->snaps_m + ask->origin_count,
                      ask->destination_count, ask);
}

static const char *const own_keys[] = {"locations", "sources", "destinations",
                                       "metrics",   "units",   NULL};

const struct dm_dialect dm_dialect_ors = {
    .name = "ors",
    .profile = "driving-car",
    .cells = 2500,
    .snaps = true,
    .own_keys = own_keys,
    .write_url = write_url,
    .write_body = write_body,
    .find_complaint = find_complaint,
    .read_table = read_table,
};
