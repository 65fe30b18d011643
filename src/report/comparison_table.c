#include "report/comparison_table.h"

#include "base/text.h"
#include "report/trial_text.h"
#include "report/wrap.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
    CELL = 128, /* bytes */
    INDENT = 2,
    GAP = 2,   /* between columns ... */
    CLOSE = 1, /* ... and before one that belongs to the last one */
    BAR_MIN = 6,
    BAR_MAX = 40,
    BAR_PLAIN = 20,   /* if the width is not known */
    LEGEND_WIDTH = 79 /* if the width is not known */
};

/* What all cells of a table share. */
struct table {
    const struct dm_comparison *comparison;
    const struct dm_trial *const *sorted; /* the fastest first */
    size_t bar;                           /* columns of it */
};

struct cell {
    const struct table *table;
    const struct dm_trial *trial;
};

/* ---- cells ---- */

static void write_executor(char *text, const struct cell *cell)
{
    snprintf(text, CELL, "%s", cell->trial->executor->name);
}

static void write_threads(char *text, const struct cell *cell)
{
    snprintf(text, CELL, "%u", cell->trial->threads);
}

static void write_grain(char *text, const struct cell *cell)
{
    dm_grain_text(text, cell->trial->asked_grain);
}

static void write_tasks(char *text, const struct cell *cell)
{
    dm_count_text(text, cell->trial->tasks);
}

static void write_time(char *text, const struct cell *cell)
{
    char time[DM_CELL_LENGTH];
    dm_seconds_text(time, cell->trial->time.median);
    snprintf(text, CELL, "%s%s", dm_trial_is_part(cell->trial) ? "~" : "", time);
}

static void write_range(char *text, const struct cell *cell)
{
    char min[DM_CELL_LENGTH], max[DM_CELL_LENGTH];
    dm_seconds_like(min, cell->trial->time.min, cell->trial->time.max);
    dm_seconds_text(max, cell->trial->time.max);
    *strchr(min, ' ') = '\0';
    snprintf(text, CELL, "%s … %s", min, max);
}

static void write_rate(char *text, const struct cell *cell)
{
    dm_rate_text(text, (double)cell->trial->pairs / cell->trial->time.median);
}

static void write_cpu(char *text, const struct cell *cell)
{
    bool is_short = dm_trial_is_short(cell->table->comparison, cell->trial);
    double cpus = is_short ? 0 : dm_trial_cpus(cell->trial);
    if (cpus > 0)
        snprintf(text, CELL, "%.0f %%", 100 * cpus);
    else
        snprintf(text, CELL, "–");
}

static void write_speedup(char *text, const struct cell *cell)
{
    char times[DM_CELL_LENGTH];
    bool doubtful = dm_speedup_is_doubtful(cell->table->comparison, cell->trial);
    snprintf(text, CELL, "%s%s", doubtful ? "? " : "",
             dm_times_text(times, cell->trial->speedup.value));
}

static void write_interval(char *text, const struct cell *cell)
{
    dm_interval_text(text, cell->trial->speedup);
}

static void write_efficiency(char *text, const struct cell *cell)
{
    double percent = 100 * cell->trial->speedup.value / cell->trial->threads;
    char count[DM_COUNT_LENGTH];
    snprintf(text, CELL, "%s %%", dm_count_text(count, (uint64_t)llround(percent)));
}

/* The bar is drawn in eighths of a character, at least one. */
static void write_bar(char *text, const struct cell *cell)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double part = cell->table->sorted[0]->relative / cell->trial->relative;
    size_t length = (size_t)fmax(1, round(8 * (double)cell->table->bar * fmin(part, 1)));
    size_t used = 0;
    *text = '\0';
    for (size_t i = 0; i < length / 8; i++)
        used += dm_append(text + used, CELL - used, "█");
    dm_append(text + used, CELL - used, "%s", eighths[length % 8]);
}

/* ---- columns ---- */

static const struct column {
    const char *title;
    bool left;       /* aligned left, else right */
    bool belongs;    /* to the column before it, at a smaller distance */
    unsigned leaves; /* the greatest is left out first when space is short; 0: never */
    void (*write)(char *text, const struct cell *cell);
    const char *meaning; /* for the legend, or NULL */
} columns[] = {
    {"executor", true, false, 0, write_executor, NULL},
    {"threads", false, false, 1, write_threads, NULL},
    {"grain", false, false, 2, write_grain, "grain: pairs per task"},
    {"tasks", false, false, 9, write_tasks, NULL},
    {"time", false, false, 0, write_time, "time: median of the rounds"},
    {"min … max", false, false, 5, write_range, NULL},
    {"pairs/s", false, false, 8, write_rate, NULL},
    {"CPU", false, false, 6, write_cpu, "CPU: 100 % is one CPU"},
    {"speedup", false, false, 3, write_speedup, "speedup: over serial with the same grain"},
    {"(95 %)", true, true, 4, write_interval, "(95 %): confidence interval, for all rows together"},
    {"efficiency", false, false, 10, write_efficiency, "efficiency: speedup over threads"},
    {"speed", true, false, 7, write_bar, "speed: drawn to scale"},
};

enum { COLUMNS = sizeof columns / sizeof *columns, BAR = COLUMNS - 1 };

/* The columns that are shown. */
struct frame {
    size_t widths[COLUMNS]; /* 0: left out */
};

static size_t columns_of(const char *text)
{
    return dm_columns(text, strlen(text));
}

static size_t width_of(const struct column *column, const struct table *table)
{
    size_t width = columns_of(column->title);
    for (size_t i = 0; i < table->comparison->count; i++) {
        char text[CELL];
        column->write(text, &(struct cell){table, table->sorted[i]});
        width = columns_of(text) > width ? columns_of(text) : width;
    }
    return width;
}

static size_t gap_before(size_t column)
{
    return column == 0 ? INDENT : columns[column].belongs ? CLOSE : GAP;
}

static size_t width_of_all(const struct frame *frame)
{
    size_t width = 0;
    for (size_t i = 0; i < COLUMNS; i++)
        if (frame->widths[i] > 0)
            width += gap_before(i) + frame->widths[i];
    return width;
}

static bool leave_one_out(struct frame *frame)
{
    size_t first = 0;
    for (size_t i = 1; i < COLUMNS; i++)
        if (frame->widths[i] > 0 && columns[i].leaves > columns[first].leaves)
            first = i;
    if (columns[first].leaves == 0)
        return false;
    frame->widths[first] = 0;
    return true;
}

/* Leave out columns until the rest fits with the narrowest bar. The bar gets the remaining space.
 */
static struct frame fit(struct table *table, size_t width)
{
    struct frame frame = {0};
    for (size_t i = 0; i < COLUMNS; i++)
        frame.widths[i] = i == BAR ? BAR_MIN : width_of(&columns[i], table);
    while (width > 0 && width_of_all(&frame) > width && leave_one_out(&frame))
        continue;
    if (frame.widths[BAR] > 0 && width > 0)
        frame.widths[BAR] += width - width_of_all(&frame);
    else if (frame.widths[BAR] > 0)
        frame.widths[BAR] = BAR_PLAIN;
    if (frame.widths[BAR] > BAR_MAX)
        frame.widths[BAR] = BAR_MAX;
    table->bar = frame.widths[BAR];
    return frame;
}

/* ---- lines ---- */

/* A line that is being printed. Spaces are held back until text follows, so that no line ends with
 * them. */
struct line {
    FILE *stream;
    size_t spaces;
};

static void put(struct line *line, const char *text, size_t width, bool left)
{
    size_t length = columns_of(text), rest = width > length ? width - length : 0;
    line->spaces += left ? 0 : rest;
    if (*text) {
        fprintf(line->stream, "%*s%s", (int)line->spaces, "", text);
        line->spaces = 0;
    }
    line->spaces += left ? rest : 0;
}

/* Print the titles, or the cells of a trial. */
static void put_line(FILE *stream, const struct frame *frame, const struct table *table,
                     const struct dm_trial *trial)
{
    struct line line = {.stream = stream};
    for (size_t i = 0; i < COLUMNS; i++) {
        char text[CELL];
        if (frame->widths[i] == 0)
            continue;
        if (trial)
            columns[i].write(text, &(struct cell){table, trial});
        line.spaces += gap_before(i);
        put(&line, trial ? text : columns[i].title, frame->widths[i], columns[i].left);
    }
}

/* "~ measured on 2.8 % of the pairs, scaled up". */
static size_t write_parts(char *text, size_t size, const struct dm_comparison *comparison)
{
    char least[DM_CELL_LENGTH], most[DM_CELL_LENGTH];
    double low = 100, high = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        double percent = 100 * ((double)trial->measured / (double)trial->pairs);
        low = fmin(low, percent);
        high = dm_trial_is_part(trial) ? fmax(high, percent) : high;
    }
    *text = '\0';
    if (high == 0)
        return 0;
    dm_times_text(least, low);
    dm_times_text(most, high);
    if (strcmp(least, most) == 0)
        return dm_append(text, size, "~ measured on %s %% of the pairs, scaled up", most);
    return dm_append(text, size, "~ measured on %s to %s %% of the pairs, scaled up", least, most);
}

static bool any_doubtful(const struct dm_comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (dm_speedup_is_doubtful(comparison, &comparison->trials[i]))
            return true;
    return false;
}

static void put_legend(FILE *stream, const struct frame *frame, const struct table *table,
                       size_t width)
{
    char text[512];
    size_t used = write_parts(text, sizeof text, table->comparison);
    for (size_t i = 0; i < COLUMNS; i++)
        if (frame->widths[i] > 0 && columns[i].meaning)
            used = dm_append_item(text, sizeof text, used, "; ", columns[i].meaning);
    if (any_doubtful(table->comparison))
        used = dm_append_item(text, sizeof text, used, "; ", DM_DOUBTFUL_LEGEND);
    if (used == 0)
        return;
    dm_put_indented(stream, text, INDENT, width);
}

void dm_comparison_table(FILE *stream, const struct dm_comparison *comparison,
                         const struct dm_trial *const *sorted, size_t width,
                         const struct dm_style *style)
{
    struct table table = {.comparison = comparison, .sorted = sorted};
    struct frame frame = fit(&table, width);
    fputs(style->faint, stream);
    put_line(stream, &frame, &table, NULL);
    fprintf(stream, "%s\n", style->end);
    for (size_t i = 0; i < comparison->count; i++) {
        put_line(stream, &frame, &table, sorted[i]);
        fputc('\n', stream);
    }
    fprintf(stream, "\n%s", style->faint);
    put_legend(stream, &frame, &table, width > 0 && width < LEGEND_WIDTH ? width : LEGEND_WIDTH);
    fputs(style->end, stream);
}
