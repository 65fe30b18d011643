/* OSRM's table service:
 * https://github.com/Project-OSRM/osrm-backend/blob/master/docs/http.md#table-service
 *
 * It takes what its data was prepared for, whatever profile is asked for. By default a table has at
 * most 100 x 100 cells (osrm-routed --max-table-size). */
#include "server/dialect.h"
#include "server/json_table.h"
#include "server/write.h"

#include <string.h>

static void write_url(FILE *out, const struct dm_query *query, const struct dm_ask *ask)
{
    fprintf(out, "%s/table/v1/", query->base);
    dm_write_escaped(out, query->profile);
    for (size_t i = 0; i < dm_ask_places(ask); i++) {
        fputc(i == 0 ? '/' : ';', out);
        dm_write_lon_lat(out, dm_ask_place(ask, i));
    }
    fputs("?annotations=duration,distance&sources=", out);
    dm_write_indices(out, 0, ask->origin_count, ';', "");
    fputs("&destinations=", out);
    dm_write_indices(out, ask->origin_count, dm_ask_places(ask), ';', "");
    fputs(query->extras, out);
}

/* The table service answers NoSegment only if radiuses are among the extras; else it takes the
 * nearest road however far it is. */
static struct dm_complaint find_complaint(const json_t *answer, const struct dm_ask *ask)
{
    (void)ask;
    struct dm_complaint complaint = {
        .code = json_string_value(json_object_get(answer, "code")),
        .message = json_string_value(json_object_get(answer, "message")),
    };
    complaint.own = complaint.code != NULL;
    if (!complaint.code && !complaint.message)
        return complaint;
    if (!complaint.code)
        complaint.kind = DM_ANSWER_REFUSED;
    else if (strcmp(complaint.code, "TooBig") == 0)
        complaint.kind = DM_ANSWER_TOO_BIG;
    else if (strcmp(complaint.code, "NoSegment") == 0)
        complaint.kind = DM_ANSWER_OFF_ROAD;
    else if (strcmp(complaint.code, "Ok") != 0)
        complaint.kind = DM_ANSWER_REFUSED;
    return complaint;
}

static bool read_table(const json_t *answer, struct dm_ask *ask)
{
    if (!json_is_string(json_object_get(answer, "code")))
        return dm_ask_refuse(ask, "the answer has no code");
    return dm_json_table(answer, "distances", DM_PART_DISTANCE, 1, ask) &&
           dm_json_table(answer, "durations", DM_PART_DURATION, 1, ask) &&
           dm_json_table_agrees(ask) &&
           dm_json_snaps(answer, "sources", "distance", ask->snaps_m, ask->origin_count, ask) &&
           dm_json_snaps(answer, "destinations", "distance", ask->snaps_m + ask->origin_count,
                         ask->destination_count, ask);
}

static const char *const own_keys[] = {"annotations", "sources", "destinations", "skip_waypoints",
                                       NULL};

const struct dm_dialect dm_dialect_osrm = {
    .name = "osrm",
    .profile = "driving",
    .cells = 10000,
    .snaps = true,
    .ignores_profile = true,
    .own_keys = own_keys,
    .write_url = write_url,
    .find_complaint = find_complaint,
    .read_table = read_table,
};
