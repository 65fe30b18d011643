/* Tables as GitHub renders them: of a comparison a row for each trial, the fastest first; of a run
 * its phases. */
#include "base/checked.h"
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

/* ---- of a comparison ---- */

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

/* Under the table: what was done, and which times are not those of all of it. */
static void put_notes(FILE *stream, const struct dm_results *results)
{
    const struct dm_result *first = results->list;
    uint64_t least = first->pairs;
    bool doubtful = false;
    char count[DM_COUNT_LENGTH], wait[DM_CELL_LENGTH];
    fprintf(stream, "\n%s distance%s (", dm_count_text(count, first->pairs),
            first->pairs == 1 ? "" : "s");
    put_escaped(stream, first->shape);
    fputs(", ", stream);
    put_escaped(stream, first->metric);
    fputs(")", stream);
    if (first->delay > 0)
        fprintf(stream, ", with a wait of %s before every task",
                dm_seconds_text(wait, first->delay));
    fputs("; the speedup is over serial with the same grain, with its 95 % confidence interval, "
          "for all rows together.\n",
          stream);
    for (size_t i = 0; i < results->count; i++) {
        least = dm_min_u64(least, results->list[i].measured);
        doubtful = doubtful || results->list[i].doubtful;
    }
    if (doubtful)
        fputs("\n?: more than its threads can give, so doubtful.\n", stream);
    if (least < first->pairs)
        fprintf(stream,
                "\n\\* Only part of the distances was computed, %s or more, and the time scaled "
                "up to all of them.\n",
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

/* ---- of a run ---- */

static void put_run(FILE *stream, const struct dm_results *results)
{
    const struct dm_result *run = results->list;
    const double *phases = results->phases;
    char count[DM_COUNT_LENGTH], rate[DM_CELL_LENGTH], grain[DM_CELL_LENGTH + 8],
        time[DM_CELL_LENGTH], share[DM_CELL_LENGTH];
    struct unit unit = unit_for(phases[DM_PHASE_TOTAL]);
    unit.decimals = 2; /* most phases are far shorter */
    fprintf(stream, "| Phase | Time [%s] | Share |\n|:---|---:|---:|\n", unit.name);
    for (int i = 0; i < DM_PHASES; i++)
        if (i != DM_PHASE_WRITE)
            fprintf(stream, "| %s | %s | %s %% |\n", dm_phase_names[i],
                    time_text(time, phases[i], &unit),
                    number_text(share, 100 * phases[i] / phases[DM_PHASE_TOTAL], 1));
    fputc('\n', stream);
    put_code(stream, run->command);
    fprintf(stream, ": %s distance%s, %s a second; executor ", dm_count_text(count, run->pairs),
            run->pairs == 1 ? "" : "s", rate_text(rate, run->pairs, run->time.mean));
    put_escaped(stream, run->executor);
    fprintf(stream, ", %u thread%s, grain %s; of the time, %s %s went by in write calls.\n",
            run->threads, run->threads == 1 ? "" : "s", grain_text(grain, run),
            time_text(time, phases[DM_PHASE_WRITE], &unit), unit.name);
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
