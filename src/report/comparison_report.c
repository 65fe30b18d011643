/* The report of a comparison: what was compared, the table, the winner, and where the time went. */
#include "report/comparison_report.h"

#include "base/text.h"
#include "report/comparison_sentences.h"
#include "report/comparison_table.h"
#include "report/crs_report.h"
#include "report/input_report.h"
#include "report/metric_text.h"
#include "report/report.h"
#include "report/search_report.h"
#include "report/style.h"
#include "report/trial_text.h"
#include "report/workers.h"
#include "report/wrap.h"

#include <stdlib.h>

/* Widths of text: the usual one, and the greatest that is easy to read. */
enum { PROSE_WIDTH = 79, PROSE_WIDEST = 100 };

static int compare(const void *a, const void *b)
{
    const struct dm_trial *x = *(const struct dm_trial *const *)a;
    const struct dm_trial *y = *(const struct dm_trial *const *)b;
    if (x->relative != y->relative)
        return x->relative < y->relative ? -1 : 1;
    return (x > y) - (x < y);
}

/* Return all trials, the fastest first. The caller frees the list. */
static const struct dm_trial **sort(const struct dm_comparison *comparison)
{
    const struct dm_trial **sorted = malloc(comparison->count * sizeof *sorted);
    for (size_t i = 0; sorted && i < comparison->count; i++)
        sorted[i] = &comparison->trials[i];
    if (sorted)
        qsort(sorted, comparison->count, sizeof *sorted, compare);
    return sorted;
}

static void print_subject(FILE *stream, const struct dm_run_options *options,
                          const struct dm_report *report, size_t width,
                          const struct dm_style *style)
{
    char text[DM_COUNTS_LENGTH + DM_SELECTION_LENGTH + DM_METRIC_LENGTH + 8];
    char selection[DM_SELECTION_LENGTH], metric[DM_METRIC_LENGTH];
    size_t used = dm_report_counts(text, sizeof text, options, report);
    dm_append(text + used, sizeof text - used, " (%s, %s)",
              dm_selection_text(selection, options, report), dm_metric_text(metric, options));
    fputs(style->strong, stream);
    dm_put_wrapped(stream, text, 0, width);
    fputs(style->end, stream);
}

/* Print what was done once, before the rounds. */
static void print_search(FILE *stream, const struct dm_run_options *options,
                         const struct dm_report *report, size_t width)
{
    char text[256], index[DM_CELL_LENGTH], count[DM_CELL_LENGTH];
    if (!dm_is_search(options))
        return;
    dm_append(text, sizeof text, "index: %s, count: %s, built once, not in the times",
              dm_time_text(index, report->index_ns), dm_time_text(count, report->count_ns));
    dm_put_wrapped(stream, text, 0, width);
}

static void print_conditions(FILE *stream, const struct dm_comparison *comparison, size_t width)
{
    char text[512], delay[DM_CELL_LENGTH];
    size_t used = dm_append(text, sizeof text, "%zu round%s", comparison->rounds,
                            comparison->rounds == 1 ? "" : "s");
    if (comparison->warmup != 1)
        used += dm_append(text + used, sizeof text - used,
                          ", %u warm-up runs before each measurement", comparison->warmup);
    const struct dm_road_report *road = comparison->report.road;
    if (road)
        used += dm_append(text + used, sizeof text - used,
                          ", each task is a request to %s for %llu x %llu places", road->server,
                          (unsigned long long)road->block_origins,
                          (unsigned long long)road->block_destinations);
    if (comparison->delay_ns > 0)
        used += dm_append(text + used, sizeof text - used, ", each task waits %s",
                          dm_time_text(delay, comparison->delay_ns));
    dm_append(text + used, sizeof text - used, "; %u CPU%s, instruction set %s", comparison->cpus,
              comparison->cpus == 1 ? "" : "s", comparison->report.isa->name);
    dm_put_wrapped(stream, text, 0, width);
}

static void print_causes(FILE *stream, const struct dm_comparison *comparison,
                         const struct dm_trial *const *sorted, size_t width)
{
    enum { INDENT = 2 };
    fputs("\nWhere the time went\n\n", stream);
    for (size_t i = 0; i < comparison->count; i++) {
        char text[DM_SENTENCE_LENGTH];
        dm_causes_sentence(text, comparison, sorted[i]);
        dm_put_indented(stream, text, INDENT, width);
    }
}

/* "pool with 2 threads, started in 65.0 us", and its table. */
static void print_workers(const struct dm_workers_table *table,
                          const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    char text[DM_TRIAL_NAME_LENGTH + 96], name[DM_TRIAL_NAME_LENGTH], time[DM_CELL_LENGTH];
    size_t used = dm_append(text, sizeof text, "%s, started in %s",
                            dm_trial_name(name, trial, dm_several_grains(comparison)),
                            dm_time_text(time, trial->open_ns));
    if (dm_trial_is_part(trial))
        dm_append(text + used, sizeof text - used, "; %.3g %% of the pairs",
                  100 * (double)trial->measured / (double)trial->pairs);
    fputc('\n', table->stream);
    dm_put_indented(table->stream, text, DM_REPORT_INDENT, table->width);
    dm_workers_print(table, "", trial->compute.stats.workers, trial->workers, trial->runs);
}

static void print_details(FILE *stream, const struct dm_run_options *options,
                          const struct dm_comparison *comparison,
                          const struct dm_trial *const *sorted, size_t width)
{
    const struct dm_workers_table table = {stream, width};
    fputc('\n', stream);
    dm_put_wrapped(stream, "What each worker did, on average per run", 0, width);
    for (size_t i = 0; i < comparison->count; i++)
        print_workers(&table, comparison, sorted[i]);
    fputc('\n', stream);
    dm_workers_explain(&table);
    fputc('\n', stream);
    dm_crs_report(stream, options, &comparison->report, DM_REPORT_INDENT, width);
    dm_input_columns(stream, options, &comparison->report, DM_REPORT_INDENT, width);
}

enum dm_status dm_comparison_print(FILE *stream, const struct dm_run_options *options,
                                   const struct dm_comparison *comparison,
                                   struct dm_comparison_style how, struct dm_error *error)
{
    const struct dm_trial **sorted = sort(comparison);
    struct dm_style style = dm_style_of(how.colour);
    size_t width = how.columns > 0 ? how.columns - 1
                                   : 0; /* the last column stays free, since terminals wrap there */
    size_t prose = width == 0 ? PROSE_WIDTH : width < PROSE_WIDEST ? width : PROSE_WIDEST;
    char winner[DM_SENTENCE_LENGTH];
    if (!sorted)
        return dm_fail_memory(error, "the report");
    print_subject(stream, options, &comparison->report, prose, &style);
    print_conditions(stream, comparison, prose);
    print_search(stream, options, &comparison->report, prose);
    fputc('\n', stream);
    dm_comparison_table(stream, comparison, sorted, width, &style);
    dm_winner_sentence(winner, comparison, sorted);
    fprintf(stream, "\n%s", style.strong);
    dm_put_wrapped(stream, winner, 0, prose);
    fputs(style.end, stream);
    print_causes(stream, comparison, sorted, prose);
    if (how.details)
        print_details(stream, options, comparison, sorted, prose);
    free(sorted);
    return DM_OK;
}
