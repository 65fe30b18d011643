/* A table of a comparison as GitHub renders it: a row for each trial, the fastest first. */
#include "base/checked.h"
#include "report/export_text.h"
#include "report/results.h"
#include "report/trial_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Write text for a cell, without characters that Markdown or HTML would interpret. */
static void put_escaped(FILE *stream, const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < ' ') {
            fputc(' ', stream);
            continue;
        }
        if (strchr("\\`*_{}[]<>()#+!|~&", *text))
            fputc('\\', stream);
        fputc(*text, stream);
    }
}

/* The unit of all times in a table, and their decimals. */
struct unit {
    const char *name;
    double seconds;
    int decimals;
};

/* Return a unit in which the shortest time has at least three digits. */
static struct unit unit_for(double shortest)
{
    static const struct unit units[] = {{"s", 1, 0}, {"ms", 1e-3, 0}, {"µs", 1e-6, 0}};
    size_t i = 0;
    while (i < 2 && !(shortest >= units[i].seconds))
        i++;
    struct unit unit = units[i];
    unit.decimals = shortest >= 10 * unit.seconds ? 1 : 2;
    return unit;
}

static const char *number_text(char text[DM_CELL_LENGTH], double value, int decimals)
{
    if (isfinite(value))
        snprintf(text, DM_CELL_LENGTH, "%.*f", decimals, value);
    else
        snprintf(text, DM_CELL_LENGTH, "–");
    return text;
}

static const char *time_text(char text[DM_CELL_LENGTH], double seconds, const struct unit *unit)
{
    return number_text(text, seconds / unit->seconds, unit->decimals);
}

static const char *rate_text(char text[DM_CELL_LENGTH], uint64_t pairs, double seconds)
{
    double rate = (double)pairs / seconds;
    if (rate < 1e6)
        return dm_count_text(text, (uint64_t)rate);
    if (!isfinite(rate))
        return number_text(text, rate, 0);
    snprintf(text, DM_CELL_LENGTH, "%.1f M", rate / 1e6);
    return text;
}

static const char *grain_text(char text[DM_CELL_LENGTH + 8], const struct dm_result *result)
{
    char count[DM_COUNT_LENGTH];
    snprintf(text, DM_CELL_LENGTH + 8, "%s%s", dm_count_text(count, result->grain),
             result->asked_grain == 0 ? " (auto)" : "");
    return text;
}

static void put_trial(FILE *stream, const struct dm_result *trial, const struct unit *unit)
{
    char grain[DM_CELL_LENGTH + 8], median[DM_CELL_LENGTH], min[DM_CELL_LENGTH],
        max[DM_CELL_LENGTH], rate[DM_CELL_LENGTH], speedup[3 * DM_CELL_LENGTH];
    fputs("| ", stream);
    put_escaped(stream, trial->executor);
    fprintf(stream, " | %u | %s | %s%s | %s | %s | %s | %s%s |\n", trial->threads,
            grain_text(grain, trial), time_text(median, trial->time.median, unit),
            trial->measured < trial->pairs ? " \\*" : "", time_text(min, trial->time.min, unit),
            time_text(max, trial->time.max, unit),
            rate_text(rate, trial->pairs, trial->time.median), trial->doubtful ? "? " : "",
            isfinite(trial->speedup.value) ? dm_ratio_text(speedup, trial->speedup) : "–");
}

/* Write what was measured, and the meaning of marks, below the table. */
static void put_notes(FILE *stream, const struct dm_results *results)
{
    const struct dm_result *first = results->list;
    uint64_t least = first->pairs;
    bool doubtful = false;
    char count[DM_COUNT_LENGTH], wait[DM_CELL_LENGTH];
    fprintf(stream, "\n%s distance%s (", dm_count_text(count, first->pairs),
            first->pairs == 1 ? "" : "s");
    put_escaped(stream, first->selection);
    fputs(", ", stream);
    put_escaped(stream, first->metric);
    fputs(")", stream);
    if (first->delay > 0)
        fprintf(stream, ", with a wait of %s in every task", dm_seconds_text(wait, first->delay));
    fputs("; the speedup is over serial with the same grain, with a 95 % confidence interval "
          "for all rows together.\n",
          stream);
    for (size_t i = 0; i < results->count; i++) {
        least = dm_min_u64(least, results->list[i].measured);
        doubtful = doubtful || results->list[i].doubtful;
    }
    if (doubtful)
        fputs("\n" DM_DOUBTFUL_LEGEND ".\n", stream);
    if (least < first->pairs)
        fprintf(
            stream,
            "\n\\* Measured on part of the distances, at least %s, and scaled up to all of them.\n",
            dm_count_text(count, least));
}

static enum dm_status put_trials(FILE *stream, const struct dm_results *results)
{
    const struct dm_result **order = dm_results_sorted(results);
    if (!order)
        return DM_MEMORY;
    struct unit unit = unit_for(order[0]->time.median);
    fprintf(
        stream,
        "| Executor | Threads | Grain | Median [%s] | Min [%s] | Max [%s] | Pairs/s | Speedup |\n"
        "|:---|---:|---:|---:|---:|---:|---:|---:|\n",
        unit.name, unit.name, unit.name);
    for (size_t i = 0; i < results->count; i++)
        put_trial(stream, order[i], &unit);
    free(order);
    put_notes(stream, results);
    return DM_OK;
}

enum dm_status dm_results_markdown(const struct dm_results *results, char **text,
                                   struct dm_error *error)
{
    struct dm_export_text made;
    dm_export_text_begin(&made);
    bool written = made.stream && put_trials(made.stream, results) == DM_OK;
    return dm_export_text_end(&made, written, text, error);
}
