#include "load/row_errors.h"

#include "base/text.h"

#include <string.h>

void dm_row_fail(struct dm_rows *rows, const struct dm_error *error)
{
    rows->status = error->status;
    rows->error = *error;
    rows->reader.done = true;
}

void dm_row_fail_memory(struct dm_rows *rows, const char *what)
{
    rows->status = dm_fail_memory(&rows->error, what);
    rows->reader.done = true;
}

/* Copy an error with the place in front of its message. */
static struct dm_error at_line(const struct dm_rows *rows, uint64_t line,
                               const struct dm_error *error)
{
    struct dm_error placed = *error;
    dm_append(placed.message, sizeof placed.message, "%s:%llu: %s", rows->shown,
              (unsigned long long)line, error->message);
    return placed;
}

void dm_row_reject(struct dm_rows *rows, const struct dm_complaint *complaint)
{
    if (rows->invalid)
        return;
    rows->invalid = true;
    rows->complaint = *complaint;
    rows->complaint_line = rows->reader.line;
}

void dm_row_report_invalid(struct dm_rows *rows)
{
    const struct dm_complaint *complaint = &rows->complaint;
    uint64_t line = rows->complaint_line;
    bool skip = rows->options->skip_invalid;
    if (rows->status != DM_OK)
        return;
    rows->notes.skipped_missing += skip && complaint->missing;
    if (skip && rows->notes.skipped++ > 0 && line >= rows->first_line)
        return;
    rows->first_line = line;
    rows->first_error = at_line(rows, line, &complaint->error);
    if (!skip)
        dm_row_fail(rows, &rows->first_error);
}

void dm_row_offer_to_skip(const struct dm_rows *rows, struct dm_error *error)
{
    size_t length = strlen(error->message);
    if (rows->options->skip_invalid || error->suggestion_count > 0)
        return;
    dm_append(error->message + length, sizeof error->message - length,
              "; such rows can be left out");
    dm_suggest(error, DM_FIELD_SKIP_INVALID, "%s", "");
}

void dm_row_refuse(struct dm_rows *rows, const struct dm_error *error)
{
    const struct dm_error placed = at_line(rows, rows->reader.line, error);
    bool ends_anyway = rows->invalid && !rows->options->skip_invalid; /* for an earlier fault */
    if (rows->status == DM_OK && !ends_anyway)
        dm_row_fail(rows, &placed);
}

void dm_row_reject_value(struct dm_rows *rows, struct dm_complaint *complaint)
{
    if (!complaint->of_others && rows->places[0].growing.locations.count > 0)
        dm_row_offer_to_skip(rows, &complaint->error);
    dm_row_reject(rows, complaint);
}
