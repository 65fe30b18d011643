#include "run/accuracy_report.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum { CELL = 48, WIDTH = 79 };

/* Three figures in the unit that suits them: "12.3 nm". */
static const char *length_text(char text[CELL], double metres)
{
    static const struct {
        const char *name;
        double metres;
    } units[] = {{"km", 1e3}, {"m", 1}, {"mm", 1e-3}, {"um", 1e-6}, {"nm", 1e-9}};
    size_t i = metres == 0 ? 1 : 0;
    while (metres > 0 && i < sizeof units / sizeof *units - 1 && metres < 0.9995 * units[i].metres)
        i++;
    double value = metres / units[i].metres;
    snprintf(text, CELL, "%.*f %s", dm_three_digits(value), value, units[i].name);
    return text;
}

/* Percent, or where that is a long row of zeros, the part itself: "0.560 %", "1.2e-13". */
static const char *relative_text(char text[CELL], double relative)
{
    if (relative == 0)
        snprintf(text, CELL, "0 %%");
    else if (relative < 1e-6)
        snprintf(text, CELL, "%.1e", relative);
    else if (relative < 0.9995)
        snprintf(text, CELL, "%#.3g %%", 100 * relative);
    else
        snprintf(text, CELL, "%.0f %%", 100 * relative);
    return text;
}

/* Its name, or the two numbers that it was given by. */
static const char *ellipsoid_text(char text[CELL], const struct dm_ellipsoid *ellipsoid)
{
    if (ellipsoid->name && !strchr(ellipsoid->name, ','))
        snprintf(text, CELL, "%s", ellipsoid->name);
    else
        snprintf(text, CELL, "%.12g,%.12g", ellipsoid->a_m, ellipsoid->rf);
    return text;
}

/* "haversine on a sphere of 6371.0088 km". */
static void metric_text(char *text, size_t size, const struct dm_run_options *options)
{
    double radius_m = options->metric_options.radius_m;
    size_t used = dm_append(text, size, "%s", options->metric->name);
    if (options->metric->heeds & DM_HEEDS_RADIUS)
        dm_append(text + used, size - used, " on a sphere of %.12g km",
                  (radius_m == 0 ? DM_EARTH_RADIUS_M : radius_m) / 1000);
}

static void print_subject(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy)
{
    char metric[128], ellipsoid[CELL], count[DM_COUNT_LENGTH];
    metric_text(metric, sizeof metric, options);
    fprintf(stream, "metric       %s\n", metric);
    fprintf(stream, "compared to  the shortest way on the ellipsoid %s\n",
            ellipsoid_text(ellipsoid, &accuracy->ellipsoid));
    fprintf(stream, "pairs        %s", dm_count_text(count, accuracy->compared));
    if (accuracy->compared < accuracy->pairs)
        fprintf(stream, " of %s, spread evenly", dm_count_text(count, accuracy->pairs));
    fputc('\n', stream);
}

static void print_differences(FILE *stream, const struct dm_accuracy *accuracy)
{
    char length[CELL], relative[CELL];
    fprintf(stream, "\n  difference    absolute    relative\n");
    fprintf(stream, "  %-10s  %10s  %10s\n", "largest", length_text(length, accuracy->max_m),
            relative_text(relative, accuracy->max_relative));
    fprintf(stream, "  %-10s  %10s  %10s\n", "mean", length_text(length, accuracy->mean_m),
            relative_text(relative, accuracy->mean_relative));
}

/* Where the difference is largest, and between which distances, unless they look the same. The
 * names have been made fit for a terminal. */
static void print_largest(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy)
{
    const char *from = accuracy->origin.name, *to = accuracy->destination.name;
    bool one_line = strlen(from) + strlen(to) <= WIDTH - strlen("   and ");
    if (accuracy->max_m == 0)
        return;
    fprintf(stream, "\n  largest absolute difference between\n  %s%sand %s\n", from,
            one_line ? " " : "\n  ", to);
    if (accuracy->max_m < 0.5e-3)
        return;
    fprintf(stream, "  %-15s  %15.6f km\n", options->metric->name, accuracy->metric_m / 1000);
    fprintf(stream, "  %-15s  %15.6f km\n", "shortest way", accuracy->geodesic_m / 1000);
}

/* What it means. */
static void print_meaning(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy)
{
    const double rounding_m = 1.5e-14 * accuracy->ellipsoid.a_m; /* 100 nm on the Earth */
    char text[512], metric[128], length[CELL], relative[CELL];
    fputc('\n', stream);
    if (accuracy->max_m <= rounding_m) {
        fputs("They agree: what differs is rounding, far below what coordinates can tell.\n",
              stream);
        return;
    }
    metric_text(metric, sizeof metric, options);
    size_t used = dm_append(text, sizeof text,
                            "In these pairs, %s differs from the shortest way on the ellipsoid by "
                            "up to %s, that is %s in a kilometre.",
                            metric, relative_text(relative, accuracy->max_relative),
                            length_text(length, 1000 * accuracy->max_relative));
    if (!(options->metric->heeds & DM_HEEDS_ELLIPSOID))
        dm_append(text + used, sizeof text - used, " Where that is too much: --metric=geodesic%s.",
                  options->metric_options.ellipsoid.a_m == 0 ? "" : ", with the same --ellipsoid");
    dm_put_wrapped(stream, text, 0, WIDTH);
}

void dm_accuracy_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_accuracy *accuracy)
{
    print_subject(stream, options, accuracy);
    if (accuracy->apart == 0) {
        fputs("\nThere is nothing to compare: it takes two locations that are apart.\n", stream);
        return;
    }
    print_differences(stream, accuracy);
    print_largest(stream, options, accuracy);
    print_meaning(stream, options, accuracy);
}
