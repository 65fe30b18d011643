#include "road/snaps.h"

#include "base/location_name.h"
#include "base/try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED = 5 /* places in an error */ };
#define ABSURD_M 50e3 /* no place is that far from a road of its own map */

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

/* The first places that are too far away, and the distance of the farthest of all. */
struct far_places {
    struct far_place list[LISTED];
    size_t count; /* of the list */
    bool more;    /* there are others */
    double most_m, farthest_m;
};

static bool is_listed(const struct far_places *far, const struct far_place *place)
{
    for (size_t i = 0; i < far->count; i++)
        if (far->list[i].locations == place->locations && far->list[i].row == place->row)
            return true;
    return false;
}

static void add_far(struct far_places *far, struct far_place place)
{
    if (!(place.snap_m > far->most_m))
        return;
    far->farthest_m = fmax(far->farthest_m, place.snap_m);
    if (is_listed(far, &place))
        return;
    if (far->count < LISTED)
        far->list[far->count++] = place;
    else
        far->more = true;
}

/* Fail if there are any. */
static enum dm_status refuse(const struct far_places *far, struct dm_error *error)
{
    char names[640] = "", quoted[DM_QUOTED_LENGTH], snap[DM_CELL_LENGTH];
    size_t used = 0;
    if (far->count == 0)
        return DM_OK;
    for (size_t i = 0; i < far->count; i++)
        used += dm_append(names + used, sizeof names - used, "%s%s (%s)", i > 0 ? ", " : "",
                          dm_quote_name(quoted, far->list[i].locations, far->list[i].row),
                          dm_metres_text(snap, far->list[i].snap_m));
    dm_fail_field(
        error, DM_FIELD_MAX_SNAP, DM_DATA, "%s from the nearest road: %s%s; correct %s, or %s",
        far->count == 1 ? "a place is far" : "some places are far", names,
        far->more ? " and others" : "", far->count == 1 ? "its coordinates" : "their coordinates",
        far->farthest_m < ABSURD_M
            ? "accept the distance"
            : "use a server with their map (are latitude and longitude swapped?)");
    if (far->farthest_m < ABSURD_M)
        dm_suggest(error, DM_FIELD_MAX_SNAP, "%.0fkm", ceil(far->farthest_m / 1000));
    return DM_DATA;
}

enum dm_status dm_snaps_check(const struct dm_asker *asker, struct dm_error *error)
{
    const struct dm_asker_options *options = dm_asker_options(asker);
    struct far_places far = {.most_m = dm_road_max_snap(options->road)};
    for (size_t i = 0; i < dm_asker_count(asker); i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(asker, i, &rows);
        size_t places =
            ask->kind == DM_ANSWER_TABLE ? ask->origin_count + ask->destination_count : 0;
        for (size_t k = 0; k < places; k++)
            add_far(&far, (struct far_place){k < ask->origin_count ? options->origins
                                                                   : options->destinations,
                                             rows[k], ask->snaps_m[k]});
    }
    return refuse(&far, error);
}

enum dm_status dm_snaps_check_store(const struct dm_store *store, const struct dm_asker *asker,
                                    struct dm_error *error)
{
    const struct dm_asker_options *options = dm_asker_options(asker);
    bool two = options->origins != options->destinations;
    size_t one = options->origins->count, all = one + (two ? options->destinations->count : 0);
    struct far_places far = {.most_m = dm_road_max_snap(options->road)};
    for (size_t i = 0; i < all; i++) {
        struct far_place place = {i < one ? options->origins : options->destinations,
                                  i < one ? i : i - one, NAN};
        if (!dm_store_get_snap(store, i, &place.snap_m))
            return dm_fail(error, DM_IO, "cannot read the answers of an earlier run");
        add_far(&far, place);
    }
    return refuse(&far, error);
}

/* ---- summing up ---- */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Write the name of a place of the store. */
static void name_place(char *name, const struct dm_locations *origins,
                       const struct dm_locations *destinations, size_t place)
{
    bool is_origin = place < origins->count;
    dm_quote_name(name, is_origin ? origins : destinations,
                  is_origin ? place : place - origins->count);
}

enum dm_status dm_snaps_sum_up(const struct dm_store *store, const double *found_m,
                               const struct dm_locations *origins,
                               const struct dm_locations *destinations,
                               struct dm_road_report *report, struct dm_error *error)
{
    size_t all = origins->count + (origins != destinations ? destinations->count : 0);
    size_t known = 0, farthest = 0, first = found_m ? all - destinations->count : 0;
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
        if (!(snap_m >= 0)) {
            if (i >= first && report->roadless++ == 0)
                name_place(report->roadless_name, origins, destinations, i);
            continue;
        }
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
        name_place(report->snap_name, origins, destinations, farthest);
    }
    free(snaps);
    return DM_OK;
}
