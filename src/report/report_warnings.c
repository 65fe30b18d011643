/* Warnings about a run: what was skipped, distances that the metric is not made for, lost workers.
 */
#include "base/text.h"
#include "report/crs_report.h"
#include "report/input_report.h"
#include "report/integer_warnings.h"
#include "report/metric_text.h"
#include "report/report.h"
#include "report/road_report.h"
#include "report/warning.h"

#include <string.h>

/* List the metrics for the same coordinates that work at any distance: "haversine or
 * --metric=geodesic". */
static void list_trusted(const struct dm_metric *metric, char *list, size_t size)
{
    size_t used = 0;
    list[0] = '\0';
    for (const struct dm_metric *const *known = dm_metrics(); *known; known++)
        if ((*known)->coordinates == metric->coordinates && (*known)->trusted_m == 0)
            used = dm_append_item(list, size, used, " or --metric=", (*known)->name);
}

static const char *km_text(char text[DM_CELL_LENGTH], double metres)
{
    snprintf(text, DM_CELL_LENGTH, metres < 100e3 ? "%.3g km" : "%.0f km", metres / 1000);
    return text;
}

static void warn_of_distances(FILE *stream, const struct dm_run_options *options, double longest_m)
{
    const struct dm_metric *metric = options->metric;
    double trusted_m = metric->trusted_m * dm_radius_km(options) * 1000 / DM_EARTH_RADIUS_M;
    struct dm_warning warning;
    char longest[DM_CELL_LENGTH], trusted[DM_CELL_LENGTH], others[128];
    if (trusted_m == 0 || longest_m <= trusted_m)
        return;
    FILE *text = dm_warning_begin(&warning, stream);
    fprintf(text, "the locations may be up to %s apart; beyond %s, %s %s",
            km_text(longest, longest_m), km_text(trusted, trusted_m), metric->name,
            metric->caution);
    list_trusted(metric, others, sizeof others);
    if (*others)
        fprintf(text, " (use --metric=%s)", others);
    dm_warning_end(&warning);
}

/* A search radius, or metres, may have been given as the sphere's. */
static void warn_of_radius(FILE *stream, const struct dm_run_options *options)
{
    struct dm_warning warning;
    double radius_m = options->metric_options.radius_m;
    char radius[DM_CELL_LENGTH];
    bool small = radius_m < 1e6;
    if (radius_m == 0 || (!small && radius_m <= 1e9))
        return;
    snprintf(radius, sizeof radius, small ? "%g" : "%.10g", radius_m / 1000);
    fprintf(dm_warning_begin(&warning, stream),
            "--radius is the radius of the sphere, and %s km is %s", radius,
            small ? "less than that of any planet; it does not limit the distances"
                  : "more than that of the Sun; it is given in km");
    dm_warning_end(&warning);
}

/* The result is right even if worker processes died, but somebody may want to know why. */
static void warn_of_losses(FILE *stream, const struct dm_report *report)
{
    unsigned lost = report->lost, workers = report->workers - 1; /* without this process */
    struct dm_warning warning;
    if (lost == 0)
        return;
    FILE *text = dm_warning_begin(&warning, stream);
    if (lost < workers)
        fprintf(text, "%u of %u worker processes died", lost, workers);
    else if (workers > 1)
        fprintf(text, "all %u worker processes died", workers);
    else
        fputs("the only worker process died", text);
    if (report->lost_to > 0)
        fprintf(text, " (%ssignal %d, %s)", lost > 1 ? "the last by " : "", report->lost_to,
                strsignal(report->lost_to));
    if (lost < workers)
        fprintf(text, "; the other workers did %s tasks", lost > 1 ? "their" : "its");
    else
        fputs("; the main process did the rest", text);
    dm_warning_end(&warning);
}

void dm_report_warnings(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    struct dm_warning warning;
    dm_input_warnings(stream, options, report);
    dm_crs_warnings(stream, options, report);
    warn_of_radius(stream, options);
    if (!options->road)
        warn_of_distances(stream, options, report->longest_m);
    dm_road_warnings(stream, options, report);
    if (*report->format_note) {
        dm_put_safely(dm_warning_begin(&warning, stream), report->format_note);
        dm_warning_end(&warning);
    }
    dm_integer_warnings(stream, options, report);
    warn_of_losses(stream, report);
}
