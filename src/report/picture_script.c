/* The script for gnuplot: the data of a comparison, then the template that draws them. Its texts
 * are names and figures of the program's own; nothing that a user typed is among them. */
#include "report/picture_script.h"

#include "report/export_text.h"
#include "report/trial_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

extern const char dm_picture_template[]; /* the file picture.gp */

static void put_titles(FILE *stream, const struct dm_results *results, const char *kind)
{
    const struct dm_result *first = results->list;
    bool grains = results->several_grains;
    char count[DM_COUNT_LENGTH], wait[DM_CELL_LENGTH], grain[DM_CELL_LENGTH];
    fprintf(stream,
            "# A comparison of executors. To draw it:\n"
            "#   gnuplot -d comparison.gp >comparison.svg\n"
            "\n"
            "kind = '%s' # or 'png' or 'pdf'\n"
            "title = '%s distance%s, %s, %s",
            kind, dm_count_text(count, first->pairs), first->pairs == 1 ? "" : "s", first->metric,
            first->selection);
    if (first->delay > 0)
        fprintf(stream, ", delay %s", dm_seconds_text(wait, first->delay));
    fputs("'\nsubtitle = '", stream);
    if (!grains)
        fprintf(stream, "grain %s; ", dm_grain_text(grain, first->asked_grain));
    fprintf(stream, "median, least and greatest time of %zu round%s'\n", first->rounds,
            first->rounds == 1 ? "" : "s");
    fprintf(stream, "over = 'serial%s'\n\n", grains ? " with the same grain" : "");
}

static void put_notes(FILE *stream, const struct dm_results *results)
{
    bool part = false, doubtful = false;
    for (size_t i = 0; i < results->count; i++) {
        part = part || results->list[i].measured < results->list[i].pairs;
        doubtful = doubtful || results->list[i].doubtful;
    }
    fputs("$notes << END\n", stream);
    if (part)
        fputs("~ and hatched: measured on part of the distances, scaled up to all of them\n",
              stream);
    if (doubtful)
        fputs(DM_DOUBTFUL_LEGEND "\n", stream);
    fputs("END\n\n", stream);
}

/* Return the number of the result's executor, counted from 1 in the order of the results. Those of
 * one executor stand together. */
static int executor_number(const struct dm_results *results, const struct dm_result *result)
{
    int number = 1;
    for (const struct dm_result *at = results->list; at < result; at++)
        number += strcmp(at[0].executor, at[1].executor) != 0;
    return number;
}

/* ---- bars ---- */

static void put_bar(FILE *stream, const struct dm_results *results, const struct dm_result *result,
                    bool fastest)
{
    const struct dm_shares *shares = &result->shares;
    const double parts[] = {shares->working, shares->delayed, shares->waiting, shares->creating};
    double median = result->time.median, end = 0;
    char time[DM_CELL_LENGTH], speedup[3 * DM_CELL_LENGTH];
    bool part = result->measured < result->pairs;
    fprintf(stream, "\"%s\" %.9g %.9g %.9g", result->name, median, result->time.min,
            result->time.max);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        fprintf(stream, " %.9g", median * (end += parts[i]));
    fprintf(stream, " %d %d %d \"%s%s\" \"%s%s\"\n", executor_number(results, result), fastest,
            part, part ? "~" : "", dm_seconds_text(time, median), result->doubtful ? "? " : "",
            dm_ratio_text(speedup, result->speedup));
}

/* Where all are among the fastest, none stands out. */
static bool put_bars(FILE *stream, const struct dm_results *results)
{
    const struct dm_result **sorted = dm_results_sorted(results);
    size_t fastest = 0;
    if (!sorted)
        return false;
    for (size_t i = 0; i < results->count; i++)
        fastest += results->list[i].fastest;
    fputs("# Name; median, least and greatest time of a run in seconds; where its parts end: "
          "working,\n# delayed, waiting, creating; number of the executor; 1: among the fastest; "
          "1: measured on part\n# of the pairs; time and speedup as texts.\n$trials << END\n",
          stream);
    for (size_t i = 0; i < results->count; i++)
        put_bar(stream, results, sorted[i], sorted[i]->fastest && fastest < results->count);
    fputs("END\n\n", stream);
    free(sorted);
    return true;
}

/* ---- speedups: a line for each executor and grain with several numbers of threads ---- */

static bool is_same_line(const struct dm_result *a, const struct dm_result *b)
{
    return strcmp(a->executor, b->executor) == 0 && a->asked_grain == b->asked_grain;
}

/* By line, and along it by threads. A line that ends higher comes first. */
struct point {
    const struct dm_result *result;
    double end; /* speedup of the line's last point */
};

static int compare_points(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    if (!is_same_line(x->result, y->result))
        return x->result < y->result ? -1 : 1;
    return (x->result->threads > y->result->threads) - (x->result->threads < y->result->threads);
}

/* Find the points of lines, in order. Return how many there are. */
static size_t find_points(const struct dm_results *results, struct point *points)
{
    size_t count = 0;
    for (size_t i = 0; i < results->count; i++) {
        const struct dm_result *result = &results->list[i], *last = result;
        bool several = false;
        for (size_t j = 0; j < results->count; j++) {
            const struct dm_result *other = &results->list[j];
            if (!is_same_line(other, result))
                continue;
            several = several || other->threads != result->threads;
            last = other->threads > last->threads ? other : last;
        }
        if (several)
            points[count++] = (struct point){result, last->speedup.value};
    }
    qsort(points, count, sizeof *points, compare_points);
    return count;
}

static bool begins_line(const struct point *points, size_t i)
{
    return i == 0 || !is_same_line(points[i].result, points[i - 1].result);
}

static void put_lines(FILE *stream, const struct dm_results *results, const struct point *points,
                      size_t count)
{
    bool grains = results->several_grains;
    fputs("# Name; number of the executor; number of the grain.\n$lines << END\n", stream);
    for (size_t i = 0; i < count; i++) {
        const struct dm_result *result = points[i].result;
        char grain[DM_CELL_LENGTH];
        if (!begins_line(points, i))
            continue;
        size_t number = 0;
        for (const struct dm_result *at = results->list; at->asked_grain != result->asked_grain;
             at++)
            number++;
        fprintf(stream, "\"%s%s%s\" %d %zu\n", result->executor, grains ? " at grain " : "",
                grains ? dm_grain_text(grain, result->asked_grain) : "",
                executor_number(results, result), number);
    }
    fputs("END\n\n", stream);
}

static void put_points(FILE *stream, const struct point *points, size_t count)
{
    fputs("# Threads; speedup, from, to. A part, after two empty lines, for each of the lines.\n"
          "$speedups << END\n",
          stream);
    for (size_t i = 0; i < count; i++) {
        const struct dm_ratio *speedup = &points[i].result->speedup;
        bool known = speedup->low < speedup->high;
        fprintf(stream, "%s%u %.9g %.9g %.9g\n", i > 0 && begins_line(points, i) ? "\n\n" : "",
                points[i].result->threads, speedup->value, known ? speedup->low : speedup->value,
                known ? speedup->high : speedup->value);
    }
    fputs("END\n\n", stream);
}

/* Numbers of threads that were tried, each once. */
static void put_threads(FILE *stream, const struct point *points, size_t count)
{
    fputs("tried = '", stream);
    for (unsigned threads = 0;;) {
        unsigned next = UINT_MAX;
        for (size_t i = 0; i < count; i++)
            if (points[i].result->threads > threads && points[i].result->threads < next)
                next = points[i].result->threads;
        if (next == UINT_MAX)
            break;
        fprintf(stream, "%s%u", threads > 0 ? " " : "", next);
        threads = next;
    }
    fputs("'\n\n", stream);
}

static bool put_speedups(FILE *stream, const struct dm_results *results)
{
    struct point *points = malloc(results->count * sizeof *points);
    if (!points)
        return false;
    size_t count = find_points(results, points);
    put_lines(stream, results, points, count);
    put_points(stream, points, count);
    put_threads(stream, points, count);
    free(points);
    return true;
}

enum dm_status dm_picture_script(const struct dm_results *results, const char *kind, char **script,
                                 struct dm_error *error)
{
    struct dm_export_text made;
    dm_export_text_begin(&made);
    bool written = made.stream != NULL;
    if (written) {
        put_titles(made.stream, results, kind);
        put_notes(made.stream, results);
        written = put_bars(made.stream, results) && put_speedups(made.stream, results);
        fputs(dm_picture_template, made.stream);
    }
    return dm_export_text_end(&made, written, script, error);
}
