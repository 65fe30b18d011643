/* The table of a summary: a line for each place, in the order of the file. */
#include "format/summary.h"

#include "base/checked.h"
#include "base/large.h"
#include "base/try.h"
#include "format/quantity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBERS = 5, /* in a line: the count and four distances */
    LINE_BOUND = NUMBERS * (DM_FIXED_BOUND + 1) + 2 + DM_LABEL_CHUNK, /* without labels */
    LINES_BYTES = 1 << 16,
};

/* The labels of the places that have totals, and of those at the other end of their distances. */
static const struct dm_labels *labels_of(const struct dm_summary *summary, bool of_totals)
{
    return summary->of_destinations == of_totals ? &summary->table->destinations
                                                 : &summary->table->origins;
}

static void write_header(struct dm_summary *summary, const char *unit)
{
    char d = summary->table->delimiter;
    snprintf(summary->header, sizeof summary->header,
             "%s%ccount%cnearest%cnearest_%s%cmean_%s%csd_%s%cfarthest_%s\n",
             summary->of_destinations ? "destination" : "origin", d, d, d, unit, d, unit, d, unit,
             d, unit);
}

/* Allocate the totals, of no distances, and the memory for lines. */
static enum dm_status allocate(struct dm_summary *summary, struct dm_error *error)
{
    size_t bytes, labels = labels_of(summary, true)->longest + labels_of(summary, false)->longest;
    summary->count = labels_of(summary, true)->count;
    summary->lines_bytes = (size_t)dm_max_u64(LINES_BYTES, labels + LINE_BOUND);
    summary->lines = malloc(summary->lines_bytes);
    bool fits = dm_multiply_size(summary->count, sizeof *summary->totals, &bytes);
    if (fits)
        summary->totals = dm_large_alloc(sizeof(double), bytes);
    if (!summary->lines || !summary->totals)
        return dm_fail_memory(error, "the summary");
    for (size_t i = 0; i < summary->count; i++)
        summary->totals[i] = (struct dm_total){{0}, (double)INFINITY, -(double)INFINITY, SIZE_MAX};
    return DM_OK;
}

/* Return the number of digits before the point. */
static uint64_t digits_of(double number)
{
    return 1 + (uint64_t)fmax(0, floor(log10(fmax(1, number))));
}

/* Estimate the size of the table. The nearest distance and the deviation usually have a digit less
 * than the mean and the longest distance. */
static uint64_t estimate(const struct dm_summary *summary, const struct dm_subject *subject)
{
    const struct dm_labels *own = labels_of(summary, true), *others = labels_of(summary, false);
    unsigned precision = summary->table->decimals.precision;
    uint64_t lines = dm_min_u64(summary->count, subject->layout->pairs);
    uint64_t other = others->count > 0 ? others->begin[others->count] / others->count : 0;
    uint64_t number = digits_of(subject->longest) + (precision > 0 ? 1 + precision : 0) + 1;
    return own->begin[own->count] + summary->count * (digits_of((double)others->count) + 1) +
           lines * (other + (NUMBERS - 1) * number - 2);
}

enum dm_status dm_summary_make(const struct dm_format_options *options,
                               const struct dm_subject *subject, bool of_destinations,
                               struct dm_summary **summary, struct dm_error *error)
{
    struct dm_summary *new = calloc(1, sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the summary");
    enum dm_status status = dm_table_make(options, subject, 0, &new->table, error);
    new->of_destinations = of_destinations;
    new->lists = subject->layout->row_begin != NULL;
    new->has_itself = subject->layout->shape->sets == 1 && !new->lists;
    if (status == DM_OK)
        status = allocate(new, error);
    if (status != DM_OK) {
        dm_summary_dispose(&new->base);
        return status;
    }
    write_header(new, dm_quantity_words(options).unit);
    new->base.end_bytes = estimate(new, subject);
    *summary = new;
    return DM_OK;
}

size_t dm_summary_begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct dm_summary *summary = (const struct dm_summary *)encoder;
    (void)pass;
    if (!summary->table->header)
        return 0;
    pieces[0] = (struct dm_bytes){summary->header, strlen(summary->header)};
    return 1;
}

static char *put_number(char *text, const struct dm_summary *summary, double number, char end)
{
    const struct dm_decimals *decimals = &summary->table->decimals;
    text = dm_put_fixed(text, number, decimals->precision, decimals->point);
    *text = end;
    return text + 1;
}

static char *put_line(char *text, const struct dm_summary *summary, size_t place)
{
    const struct dm_total *total = &summary->totals[place];
    const struct dm_moments *moments = &total->moments;
    char delimiter = summary->table->delimiter;
    text = dm_put_label(text, labels_of(summary, true), place);
    text = dm_put_fixed(text, (double)moments->count, 0, '.');
    *text++ = delimiter;
    if (moments->count == 0) {
        for (int i = 1; i < NUMBERS; i++)
            *text++ = delimiter;
        *text++ = '\n';
        return text;
    }
    if (total->nearest == SIZE_MAX)
        *text++ = delimiter;
    else
        text = dm_put_label(text, labels_of(summary, false), total->nearest);
    text = put_number(text, summary, total->least, delimiter);
    text = put_number(text, summary, dm_moments_mean(moments), delimiter);
    if (moments->count > 1)
        text = put_number(text, summary, dm_moments_deviation(moments), delimiter);
    else
        *text++ = delimiter;
    return put_number(text, summary, total->greatest, '\n');
}

size_t dm_summary_more(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    struct dm_summary *summary = (struct dm_summary *)encoder;
    size_t line =
        labels_of(summary, true)->longest + labels_of(summary, false)->longest + LINE_BOUND;
    char *at = summary->lines, *last = summary->lines + (summary->lines_bytes - line);
    (void)pass;
    while (summary->next < summary->count && at <= last)
        at = put_line(at, summary, summary->next++);
    pieces[0] = (struct dm_bytes){summary->lines, (size_t)(at - summary->lines)};
    return at > summary->lines;
}

void dm_summary_dispose(struct dm_encoder *encoder)
{
    struct dm_summary *summary = (struct dm_summary *)encoder;
    if (!summary)
        return;
    if (summary->table)
        dm_table_dispose(&summary->table->base);
    free(summary->totals);
    free(summary->lines);
    free(summary);
}
