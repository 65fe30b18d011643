/* A metric beside the geodesic solver, pair by pair. */
#include <dmatrix/accuracy.h>

#include "base/stop.h"
#include "base/text.h"
#include "metric/geodesic_inverse.h"
#include "run/sample.h"
#include "run/steps.h"

#include <math.h>

_Static_assert((int)DM_ACCURACY_NAME_LENGTH == (int)DM_QUOTED_LENGTH, "names are quoted in place");

/* The metrics that can be compared: "haversine, geodesic". */
static void list_geographic(char *list, size_t size)
{
    size_t used = dm_append(list, size, "%s", "");
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        if ((*metric)->coordinates == DM_GEOGRAPHIC)
            used = dm_append_item(list, size, used, ", ", (*metric)->name);
}

/* What can be known before reading. The ellipsoid is used whatever the metric: geodesics are on
 * it. */
static enum dm_status choose(struct dm_run_state *run, struct dm_accuracy *accuracy)
{
    const struct dm_metric *metric = run->options->metric;
    const struct dm_ellipsoid *given = &run->options->metric_options.ellipsoid;
    char list[128];
    list_geographic(list, sizeof list);
    if (metric->coordinates != DM_GEOGRAPHIC)
        return dm_fail_field(run->error, DM_FIELD_METRIC, DM_USAGE,
                             "%s is for planar coordinates, and there are geodesics to compare "
                             "with for degrees alone: %s",
                             metric->name, list);
    accuracy->ellipsoid = given->a_m == 0 && given->rf == 0 ? dm_ellipsoid_wgs84 : *given;
    enum dm_status status = dm_ellipsoid_check(&accuracy->ellipsoid, run->error);
    if (status == DM_OK)
        status = dm_run_choose_distances(run, metric->uses | DM_FIELD_BIT(DM_FIELD_ELLIPSOID));
    return status;
}

static void take_largest(struct dm_accuracy *accuracy, size_t origin, size_t destination,
                         double metric_m, double geodesic_m)
{
    accuracy->max_m = fabs(metric_m - geodesic_m);
    accuracy->origin.location = origin;
    accuracy->destination.location = destination;
    accuracy->metric_m = metric_m;
    accuracy->geodesic_m = geodesic_m;
}

/* Takes the pair in; the means are sums until the end. */
static void add(struct dm_accuracy *accuracy, size_t origin, size_t destination, double metric_m,
                double geodesic_m)
{
    double difference_m = fabs(metric_m - geodesic_m);
    if (accuracy->compared == 0 || difference_m > accuracy->max_m)
        take_largest(accuracy, origin, destination, metric_m, geodesic_m);
    accuracy->compared++;
    accuracy->mean_m += difference_m;
    if (geodesic_m < DM_ACCURACY_SHORTEST * accuracy->ellipsoid.a_m)
        return;
    double relative = difference_m / geodesic_m;
    accuracy->apart++;
    accuracy->max_relative = fmax(accuracy->max_relative, relative);
    accuracy->mean_relative += relative;
}

static enum dm_status compare(const struct dm_run_state *run, struct dm_accuracy *accuracy)
{
    const struct dm_locations *from = run->origins, *to = run->destinations;
    struct dm_sample sample = dm_sample_begin(&run->layout, DM_ACCURACY_PAIRS_MAX);
    struct dm_geodesic solver;
    size_t i, j;
    dm_geodesic_init(&solver, accuracy->ellipsoid.a_m, dm_flattening(&accuracy->ellipsoid));
    while (dm_sample_next(&sample, &i, &j)) {
        double metric_m;
        if (dm_stop_asked(run->options->stop))
            return dm_fail(run->error, DM_STOPPED, "stopped while comparing");
        run->options->metric->fill(run->prepared_origins, run->prepared_destinations, i, j, 1,
                                   &metric_m);
        add(accuracy, i, j, metric_m,
            dm_geodesic_inverse_m(&solver, from->lat_deg[i], from->lon_deg[i], to->lat_deg[j],
                                  to->lon_deg[j]));
    }
    return DM_OK;
}

static void name_end(const struct dm_locations *locations, struct dm_accuracy_end *end)
{
    size_t length;
    const char *name = dm_location_name(locations, end->location, &length);
    dm_quote(end->name, name, length);
}

static void sum_up(const struct dm_run_state *run, struct dm_accuracy *accuracy)
{
    accuracy->pairs = dm_distinct_pairs(&run->layout);
    if (accuracy->compared == 0)
        return;
    name_end(run->origins, &accuracy->origin);
    name_end(run->destinations, &accuracy->destination);
    accuracy->mean_m /= (double)accuracy->compared;
    if (accuracy->apart > 0)
        accuracy->mean_relative /= (double)accuracy->apart;
}

enum dm_status dm_accuracy(const struct dm_run_options *options, struct dm_accuracy *accuracy,
                           struct dm_error *error)
{
    struct dm_accuracy found = {0};
    struct dm_run_state run = {.options = options, .report = &found.report, .error = error};
    enum dm_status status = choose(&run, &found);
    if (status == DM_OK)
        status = dm_run_load(&run);
    if (status == DM_OK)
        status = dm_run_prepare_distances(&run);
    if (status == DM_OK)
        status = compare(&run, &found);
    if (status == DM_OK) {
        sum_up(&run, &found);
        *accuracy = found;
    }
    dm_run_close(&run);
    return status;
}
