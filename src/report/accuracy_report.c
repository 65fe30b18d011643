#include "report/accuracy_report.h"

#include "base/text.h"
#include "report/metric_text.h"
#include "report/wrap.h"

#include <stdbool.h>
#include <string.h>

enum { CELL = 48, INDENT = 2 };

/* Write a length in three digits: "12.3 nm". */
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

/* Write a relative difference in percent, or as a number if it is tiny: "0.560 %", "1.2e-13". */
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

/* "haversine on a sphere of 6371.0088 km". */
static void metric_text(char *text, size_t size, const struct dm_run_options *options)
{
    double radius_km = dm_radius_km(options);
    size_t used = dm_append(text, size, "%s", options->metric->name);
    if (radius_km > 0)
        dm_append(text + used, size - used, " on a sphere of %.12g km", radius_km);
}

static void print_line(FILE *stream, const char *name, const char *text, size_t width)
{
    enum { COLUMN = 13 };
    dm_put_labelled(stream, name, text, COLUMN, width);
}

static void print_subject(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy, size_t width)
{
    char text[192], cell[DM_ELLIPSOID_LENGTH], count[DM_COUNT_LENGTH];
    metric_text(text, sizeof text, options);
    print_line(stream, "metric", text, width);
    snprintf(text, sizeof text, "the shortest path on the ellipsoid %s",
             dm_ellipsoid_text(cell, &accuracy->ellipsoid));
    print_line(stream, "compared to", text, width);
    size_t used = dm_append(text, sizeof text, "%s", dm_count_text(count, accuracy->compared));
    if (accuracy->compared < accuracy->pairs)
        dm_append(text + used, sizeof text - used, " of %s, spread evenly",
                  dm_count_text(count, accuracy->pairs));
    print_line(stream, "pairs", text, width);
}

static void print_difference(FILE *stream, const char *name, double metres, double part)
{
    char length[CELL], relative[CELL];
    fprintf(stream, "  %-10s  %10s  %10s\n", name, length_text(length, metres),
            relative_text(relative, part));
}

static void print_differences(FILE *stream, const struct dm_accuracy *accuracy)
{
    fputs("\n  difference    absolute    relative\n", stream);
    print_difference(stream, "largest", accuracy->max_m, accuracy->max_relative);
    print_difference(stream, "mean", accuracy->mean_m, accuracy->mean_relative);
}

static void print_distance(FILE *stream, const char *name, double metres)
{
    fprintf(stream, "  %-15s  %15.6f km\n", name, metres / 1000);
}

/* Print the pair with the largest difference, and its distances if they look different. The names
 * are printable. */
static void print_largest(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy, size_t width)
{
    const char *from = accuracy->origin.name, *to = accuracy->destination.name;
    bool one_line = strlen(from) + strlen(to) + strlen(" and ") + INDENT <= width;
    if (accuracy->max_m == 0)
        return;
    fputc('\n', stream);
    dm_put_indented(stream, "largest absolute difference between", INDENT, width);
    fprintf(stream, "%*s%s%s%*sand %s\n", INDENT, "", from, one_line ? " " : "\n",
            one_line ? 0 : INDENT, "", to);
    if (accuracy->max_m < 0.5e-3)
        return;
    print_distance(stream, options->metric->name, accuracy->metric_m);
    print_distance(stream, "shortest path", accuracy->geodesic_m);
}

/* Print a conclusion. */
static void print_meaning(FILE *stream, const struct dm_run_options *options,
                          const struct dm_accuracy *accuracy, size_t width)
{
    const double rounding_m = 1.5e-14 * accuracy->ellipsoid.a_m; /* 100 nm on the Earth */
    char text[512], metric[128], length[CELL], relative[CELL];
    fputc('\n', stream);
    if (accuracy->max_m <= rounding_m) {
        dm_put_wrapped(stream,
                       "The two agree except for rounding, far below the precision of coordinates.",
                       0, width);
        return;
    }
    metric_text(metric, sizeof metric, options);
    size_t used = dm_append(text, sizeof text,
                            "In these pairs, %s differs from the shortest path on the ellipsoid by "
                            "up to %s, which is %s per kilometre.",
                            metric, relative_text(relative, accuracy->max_relative),
                            length_text(length, 1000 * accuracy->max_relative));
    if (!(options->metric->uses & DM_FIELD_BIT(DM_FIELD_ELLIPSOID)))
        dm_append(text + used, sizeof text - used, " If that is too much, use --metric=geodesic%s.",
                  options->metric_options.ellipsoid.a_m == 0 ? "" : " with the same --ellipsoid");
    dm_put_wrapped(stream, text, 0, width);
}

void dm_accuracy_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_accuracy *accuracy, size_t width)
{
    print_subject(stream, options, accuracy, width);
    if (accuracy->apart == 0) {
        fputc('\n', stream);
        dm_put_wrapped(stream, "There is nothing to compare: no two locations differ.", 0, width);
        return;
    }
    print_differences(stream, accuracy);
    print_largest(stream, options, accuracy, width);
    print_meaning(stream, options, accuracy, width);
}
