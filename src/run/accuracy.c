/* Compares a metric with the geodesic solver, pair by pair. */
#include <dmatrix/accuracy.h>

#include "base/stop.h"
#include "base/text.h"
#include "base/try.h"
#include "metric/geodesic_inverse.h"
#include "run/sample.h"
#include "run/setup.h"

#include <math.h>

_Static_assert((int)DM_ACCURACY_NAME_LENGTH == (int)DM_QUOTED_LENGTH, "names are quoted in place");

/* List the metrics that can be compared: "haversine, geodesic". */
static void list_geographic(char *list, size_t size)
{
    size_t used = dm_append(list, size, "%s", "");
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        if ((*metric)->coordinates == DM_GEOGRAPHIC)
            used = dm_append_item(list, size, used, ", ", (*metric)->name);
}

/* Check the options and choose the ellipsoid, before reading files. Every metric uses the
 * ellipsoid, since the geodesics are on it. */
static enum dm_status check_options(const struct dm_run_options *options,
                                    struct dm_accuracy *accuracy, struct dm_error *error)
{
    const struct dm_metric *metric = options->metric;
    const struct dm_ellipsoid *given = &options->metric_options.ellipsoid;
    char list[128];
    list_geographic(list, sizeof list);
    if (metric->coordinates != DM_GEOGRAPHIC)
        return dm_fail_field(error, DM_FIELD_METRIC, DM_USAGE,
                             "%s cannot be compared with geodesics: its coordinates are planar; "
                             "use a metric for degrees: %s",
                             metric->name, list);
    accuracy->ellipsoid = given->a_m == 0 && given->rf == 0 ? dm_ellipsoid_wgs84 : *given;
    DM_TRY(dm_ellipsoid_check(&accuracy->ellipsoid, error));
    return dm_setup_choose(options, metric->uses | DM_FIELD_BIT(DM_FIELD_ELLIPSOID),
                           &accuracy->report, error);
}

static void set_largest(struct dm_accuracy *accuracy, size_t origin, size_t destination,
                        double metric_m, double geodesic_m)
{
    accuracy->max_m = fabs(metric_m - geodesic_m);
    accuracy->origin.location = origin;
    accuracy->destination.location = destination;
    accuracy->metric_m = metric_m;
    accuracy->geodesic_m = geodesic_m;
}

/* Add a pair. The fields of means hold sums until finish_means(). */
static void add_pair(struct dm_accuracy *accuracy, size_t origin, size_t destination,
                     double metric_m, double geodesic_m)
{
    double difference_m = fabs(metric_m - geodesic_m);
    if (accuracy->compared == 0 || difference_m > accuracy->max_m)
        set_largest(accuracy, origin, destination, metric_m, geodesic_m);
    accuracy->compared++;
    accuracy->mean_m += difference_m;
    if (geodesic_m < DM_ACCURACY_SHORTEST * accuracy->ellipsoid.a_m)
        return;
    double relative = difference_m / geodesic_m;
    accuracy->apart++;
    accuracy->max_relative = fmax(accuracy->max_relative, relative);
    accuracy->mean_relative += relative;
}

static enum dm_status compare(const struct dm_places *places, const dm_flag *stop,
                              struct dm_accuracy *accuracy, struct dm_error *error)
{
    const struct dm_locations *from = places->origins, *to = places->destinations;
    struct dm_sample sample = dm_sample_begin(&places->layout, DM_ACCURACY_PAIRS_MAX);
    struct dm_geodesic solver;
    size_t i, j;
    dm_geodesic_init(&solver, accuracy->ellipsoid.a_m, dm_flattening(&accuracy->ellipsoid));
    while (dm_sample_next(&sample, &i, &j)) {
        double metric_m;
        if (dm_stop_asked(stop))
            return dm_fail(error, DM_STOPPED, "stopped while comparing");
        places->metric->fill(places->prepared_origins, places->prepared_destinations, i, j, 1,
                             &metric_m);
        add_pair(accuracy, i, j, metric_m,
                 dm_geodesic_inverse_m(&solver, from->lat_deg[i], from->lon_deg[i], to->lat_deg[j],
                                       to->lon_deg[j]));
    }
    return DM_OK;
}

static void copy_name(const struct dm_locations *locations, struct dm_accuracy_end *end)
{
    size_t length;
    const char *name = dm_location_name(locations, end->location, &length);
    dm_quote(end->name, name, length);
}

static void finish_means(const struct dm_places *places, struct dm_accuracy *accuracy)
{
    accuracy->pairs = dm_distinct_pairs(&places->layout);
    if (accuracy->compared == 0)
        return;
    copy_name(places->origins, &accuracy->origin);
    copy_name(places->destinations, &accuracy->destination);
    accuracy->mean_m /= (double)accuracy->compared;
    if (accuracy->apart > 0)
        accuracy->mean_relative /= (double)accuracy->apart;
}

enum dm_status dm_accuracy(const struct dm_run_options *options, struct dm_accuracy *accuracy,
                           struct dm_error *error)
{
    struct dm_accuracy found = {0};
    struct dm_places places = {0};
    enum dm_status status = check_options(options, &found, error);
    if (status == DM_OK)
        status = dm_setup_places(options, &places, &found.report, error);
    if (status == DM_OK)
        status = compare(&places, options->stop, &found, error);
    if (status == DM_OK) {
        finish_means(&places, &found);
        *accuracy = found;
    }
    dm_places_free(&places);
    return status;
}
