/* Tables as GitHub renders them: of a comparison a row for each trial, the fastest first; of a run
 * its phases. */
#include "report/export_text.h"
#include "report/results.h"
#include "report/trial_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- words and numbers ---- */

/* In a cell, nothing that Markdown or HTML would take for its own. */
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

/* As it is, between more backticks than it has in a row. */
static void put_code(FILE *stream, const char *text)
{
    size_t most = 0;
    for (const char *at = text; *at;) {
        size_t row = strspn(at, "`");
        most = row > most ? row : most;
        at += row + (at[row] != '\0');
    }
    const char *blank = most > 0 ? " " : ""; /* parts them from its own, and is not shown */
    for (size_t i = 0; i <= most; i++)
        fputc('`', stream);
    fputs(blank, stream);
    for (; *text; text++)
        fputc((unsigned char)*text < ' ' ? ' ' : *text, stream);
    fputs(blank, stream);
    for (size_t i = 0; i <= most; i++)
        fputc('`', stream);
}

/* The unit of all times in a table, and how many decimals they have. */
struct unit {
    const char *name;
    double seconds;
    int decimals;
};

/* One in which the shortest has three digits or more. */
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

static void put_number(FILE *stream, double value, int decimals)
{
    if (isfinite(value))
        fprintf(stream, "%.*f", decimals, value);
    else
        fputs("–", stream);
}

static void put_uncertain(FILE *stream, double value, double stddev, int decimals)
{
    put_number(stream, value, decimals);
    if (isfinite(stddev) && stddev > 0) {
        fputs(" ± ", stream);
        put_number(stream, stddev, decimals);
    }
}

static void put_time(FILE *stream, double seconds, const struct unit *unit)
{
    put_number(stream, seconds / unit->seconds, unit->decimals);
}

static void put_rate(FILE *stream, uint64_t pairs, double seconds)
{
    char count[DM_COUNT_LENGTH];
    double rate = (double)pairs / seconds;
    if (rate >= 1e6 || !isfinite(rate)) {
        put_number(stream, rate / 1e6, 1);
        fputs(isfinite(rate) ? " M" : "", stream);
    } else {
        fputs(dm_count_text(count, (uint64_t)rate), stream);
    }
}

static void put_count(FILE *stream, uint64_t value)
{
    char count[DM_COUNT_LENGTH];
    fputs(dm_count_text(count, value), stream);
}

static void put_grain(FILE *stream, const struct dm_result *result)
{
    put_count(stream, result->grain);
    fputs(result->asked_grain == 0 ? " (auto)" : "", stream);
}

/* ---- of a comparison ---- */

static int compare_means(const void *a, const void *b)
{
    const struct dm_result *x = *(const struct dm_result *const *)a;
    const struct dm_result *y = *(const struct dm_result *const *)b;
    if (x->time.mean != y->time.mean)
        return x->time.mean < y->time.mean ? -1 : 1;
    return (x > y) - (x < y);
}

static void put_trial(FILE *stream, const struct dm_result *trial, const struct unit *unit)
{
    fputs("| ", stream);
    put_escaped(stream, trial->executor);
    fprintf(stream, " | %u | ", trial->threads);
    put_grain(stream, trial);
    fputs(" | ", stream);
    put_uncertain(stream, trial->time.mean / unit->seconds, trial->time.stddev / unit->seconds,
                  unit->decimals);
    fputs(trial->measured < trial->pairs ? " \\* | " : " | ", stream);
    put_time(stream, trial->time.min, unit);
    fputs(" | ", stream);
    put_time(stream, trial->time.max, unit);
    fputs(" | ", stream);
    put_rate(stream, trial->pairs, trial->time.mean);
    fputs(" | ", stream);
    put_uncertain(stream, trial->speedup.value, trial->speedup.stddev,
                  trial->speedup.value < 1 ? dm_times_decimals(trial->speedup.value) : 2);
    fputs(" |\n", stream);
}

/* Under the table: what was done, and which times are not those of all of it. */
static void put_notes(FILE *stream, const struct dm_results *results)
{
    const struct dm_result *first = results->list;
    uint64_t least = first->pairs;
    char wait[DM_CELL_LENGTH];
    fputc('\n', stream);
    put_count(stream, first->pairs);
    fputs(first->pairs == 1 ? " distance (" : " distances (", stream);
    put_escaped(stream, first->shape);
    fputs(", ", stream);
    put_escaped(stream, first->metric);
    fputs(")", stream);
    if (first->delay > 0)
        fprintf(stream, ", with a wait of %s before every task",
                dm_seconds_text(wait, first->delay));
    fputs("; the speedup is over serial with the same grain.\n", stream);
    for (size_t i = 0; i < results->count; i++)
        if (results->list[i].measured < least)
            least = results->list[i].measured;
    if (least == first->pairs)
        return;
    fputs("\n\\* Only part of the distances was computed, ", stream);
    put_count(stream, least);
    fputs(" or more, and the time scaled up to all of them.\n", stream);
}

static enum dm_status put_trials(FILE *stream, const struct dm_results *results)
{
    const struct dm_result **order = malloc(results->count * sizeof *order);
    if (!order)
        return DM_MEMORY;
    for (size_t i = 0; i < results->count; i++)
        order[i] = &results->list[i];
    qsort(order, results->count, sizeof *order, compare_means);
    struct unit unit = unit_for(order[0]->time.mean);
    fprintf(stream,
            "| Executor | Threads | Grain | Mean [%s] | Min [%s] | Max [%s] | Pairs/s | Speedup |\n"
            "|:---|---:|---:|---:|---:|---:|---:|---:|\n",
            unit.name, unit.name, unit.name);
    for (size_t i = 0; i < results->count; i++)
        put_trial(stream, order[i], &unit);
    free(order);
    put_notes(stream, results);
    return DM_OK;
}

/* ---- of a run ---- */

static void put_phase(FILE *stream, const double phases[DM_PHASES], enum dm_phase phase,
                      const struct unit *unit)
{
    fprintf(stream, "| %s | ", dm_phase_names[phase]);
    put_time(stream, phases[phase], unit);
    fputs(" | ", stream);
    put_number(stream, 100 * phases[phase] / phases[DM_PHASE_TOTAL], 1);
    fputs(" % |\n", stream);
}

static void put_run(FILE *stream, const struct dm_results *results)
{
    const struct dm_result *run = results->list;
    const double *phases = results->phases;
    struct unit unit = unit_for(phases[DM_PHASE_TOTAL]);
    unit.decimals = 2; /* most phases are far shorter */
    fprintf(stream, "| Phase | Time [%s] | Share |\n|:---|---:|---:|\n", unit.name);
    for (int i = 0; i < DM_PHASES; i++)
        if (i != DM_PHASE_WRITE)
            put_phase(stream, phases, (enum dm_phase)i, &unit);
    fputc('\n', stream);
    put_code(stream, run->command);
    fputs(": ", stream);
    put_count(stream, run->pairs);
    fputs(run->pairs == 1 ? " distance, " : " distances, ", stream);
    put_rate(stream, run->pairs, run->time.mean);
    fputs(" a second; executor ", stream);
    put_escaped(stream, run->executor);
    fprintf(stream, ", %u thread%s, grain ", run->threads, run->threads == 1 ? "" : "s");
    put_grain(stream, run);
    fputs("; of the time, ", stream);
    put_time(stream, phases[DM_PHASE_WRITE], &unit);
    fprintf(stream, " %s went by in write calls.\n", unit.name);
}

enum dm_status dm_results_markdown(const struct dm_results *results, char **text,
                                   struct dm_error *error)
{
    struct dm_export_text made;
    bool written = true;
    dm_export_text_begin(&made);
    if (made.stream && results->compared)
        written = put_trials(made.stream, results) == DM_OK;
    else if (made.stream)
        put_run(made.stream, results);
    return dm_export_text_end(&made, written, text, error);
}
