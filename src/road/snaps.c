#include "road/snaps.h"

#include "base/text.h"
#include "base/try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED = 5 /* places in an error */ };

/* Return the place of a row in the store. */
static size_t place_of(const struct dm_layout *layout, size_t row, bool is_destination)
{
    bool two = layout->shape->sets == 2;
    return is_destination && two ? (size_t)layout->origins + row : row;
}

enum dm_status dm_snaps_keep(struct dm_store *store, const struct dm_layout *layout,
                             const struct dm_ask *ask, const uint32_t *rows, struct dm_error *error)
{
    for (size_t i = 0; i < ask->origin_count + ask->destination_count; i++) {
        size_t place = place_of(layout, rows[i], i >= ask->origin_count);
        if (!isnan(ask->snaps_m[i]))
            DM_TRY(dm_store_put_snap(store, place, ask->snaps_m[i], error));
    }
    return DM_OK;
}

/* ---- too far from a road ---- */

struct far_place {
    const struct dm_locations *locations;
    size_t row;
    double snap_m;
};

static bool is_listed(const struct far_place *list, size_t count, const struct far_place *place)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].locations == place->locations && list[i].row == place->row)
            return true;
    return false;
}

/* List the places of the round that are too far away, up to LISTED + 1 of them. */
static size_t list_far(const struct dm_asker *asker, double most_m,
                       struct far_place list[LISTED + 1])
{
    const struct dm_asker_options *options = dm_asker_options(asker);
    size_t count = 0;
    for (size_t i = 0; i < dm_asker_count(asker) && count <= LISTED; i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(asker, i, &rows);
        size_t places =
            ask->kind == DM_ANSWER_TABLE ? ask->origin_count + ask->destination_count : 0;
        for (size_t k = 0; k < places && count <= LISTED; k++) {
            struct far_place place = {k < ask->origin_count ? options->origins
                                                            : options->destinations,
                                      rows[k], ask->snaps_m[k]};
            if (place.snap_m > most_m && !is_listed(list, count, &place))
                list[count++] = place;
        }
    }
    return count;
}

static const char *quoted_name(char quoted[DM_QUOTED_LENGTH], const struct dm_locations *locations,
                               size_t row)
{
    size_t length;
    const char *name = dm_location_name(locations, row, &length);
    return dm_quote(quoted, name, length);
}

static const char *metres_text(char text[DM_CELL_LENGTH], double metres)
{
    snprintf(text, DM_CELL_LENGTH, metres < 1000 ? "%.0f m" : "%.1f km",
             metres < 1000 ? metres : metres / 1000);
    return text;
}

static double most_of(const struct dm_asker *asker)
{
    const struct dm_road_options *road = dm_asker_options(asker)->road;
    return road->max_snap_m > 0 ? road->max_snap_m : DM_ROAD_MAX_SNAP_M;
}

/* Fail if the list, of up to LISTED + 1 places, is not empty. */
static enum dm_status refuse_far(const struct far_place *list, size_t count, struct dm_error *error)
{
    char names[640] = "", quoted[DM_QUOTED_LENGTH], snap[DM_CELL_LENGTH];
    size_t used = 0;
    double farthest = 0;
    if (count == 0)
        return DM_OK;
    for (size_t i = 0; i < count && i < LISTED; i++) {
        used += dm_append(names + used, sizeof names - used, "%s%s (%s)", i > 0 ? ", " : "",
                          quoted_name(quoted, list[i].locations, list[i].row),
                          metres_text(snap, list[i].snap_m));
        farthest = fmax(farthest, list[i].snap_m);
    }
    dm_fail_field(error, DM_FIELD_MAX_SNAP, DM_DATA,
                  "%s from the nearest road: %s%s; correct %s, or accept the distance",
                  count == 1 ? "a place is far" : "some places are far", names,
                  count > LISTED ? " and others" : "",
                  count == 1 ? "its coordinates" : "their coordinates");
    dm_suggest(error, DM_FIELD_MAX_SNAP, "%.0fkm", ceil(farthest / 1000));
    return DM_DATA;
}

enum dm_status dm_snaps_check(const struct dm_asker *asker, struct dm_error *error)
{
    struct far_place list[LISTED + 1];
    return refuse_far(list, list_far(asker, most_of(asker), list), error);
}

enum dm_status dm_snaps_check_store(const struct dm_store *store, const struct dm_asker *asker,
                                    struct dm_error *error)
{
    const struct dm_asker_options *options = dm_asker_options(asker);
    bool two = options->origins != options->destinations;
    size_t one = options->origins->count, all = one + (two ? options->destinations->count : 0);
    struct far_place list[LISTED + 1];
    size_t count = 0;
    for (size_t i = 0; i < all && count <= LISTED; i++) {
        struct far_place place = {i < one ? options->origins : options->destinations,
                                  i < one ? i : i - one, NAN};
        if (!dm_store_get_snap(store, i, &place.snap_m))
            return dm_fail(error, DM_IO, "cannot read the answers of an earlier run");
        if (place.snap_m > most_of(asker))
            list[count++] = place;
    }
    return refuse_far(list, count, error);
}

/* ---- summing up ---- */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum dm_status dm_snaps_sum_up(const struct dm_store *store, const double *found_m,
                               const struct dm_locations *origins,
                               const struct dm_locations *destinations,
                               struct dm_road_report *report, struct dm_error *error)
{
    size_t one = origins->count, all = one + (origins != destinations ? destinations->count : 0);
    size_t known = 0, farthest = 0;
    double *snaps = malloc((all + 1) * sizeof *snaps), snap_m;
    if (!snaps)
        return dm_fail_memory(error, "the distances to roads");
    for (size_t i = 0; i < all; i++) {
        if (found_m) {
            snap_m = found_m[i];
        } else if (!dm_store_get_snap(store, i, &snap_m)) {
            free(snaps);
            return dm_fail(error, DM_IO, "cannot read the answers");
        }
        if (!(snap_m >= 0))
            continue;
        if (known == 0 || snap_m > report->snap_greatest_m) {
            report->snap_greatest_m = snap_m;
            farthest = i;
        }
        snaps[known++] = snap_m;
    }
    report->snaps = known > 0;
    if (known > 0) {
        qsort(snaps, known, sizeof *snaps, compare_numbers);
        report->snap_median_m = (snaps[(known - 1) / 2] + snaps[known / 2]) / 2;
        quoted_name(report->snap_name, farthest < one ? origins : destinations,
                    farthest < one ? farthest : farthest - one);
    }
    free(snaps);
    return DM_OK;
}
