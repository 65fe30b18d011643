#include "report/search_report.h"

#include "base/text.h"
#include "report/wrap.h"
#include "run/ranges.h"

/* Write " within 50 km", or nothing if the distance is not limited. */
static size_t append_limit(char *text, size_t size, const struct dm_run_options *options,
                           const struct dm_report *report)
{
    const struct dm_search_options *search = &options->search;
    const struct dm_unit *unit = search->within_unit ? search->within_unit : report->unit;
    if (!search->limited)
        return dm_append(text, size, "%s", "");
    bool duration = options->road && options->road->quantity == DM_DURATION;
    return dm_append(text, size, " within %.12g %s", search->within, duration ? "s" : unit->name);
}

const char *dm_selection_text(char text[DM_SELECTION_LENGTH], const struct dm_run_options *options,
                              const struct dm_report *report)
{
    const size_t size = DM_SELECTION_LENGTH;
    char count[DM_COUNT_LENGTH];
    uint64_t nearest = options->search.nearest;
    size_t used;
    if (nearest > 0)
        used = dm_append(text, size, "%s nearest", dm_count_text(count, nearest));
    else
        used = dm_append(text, size, "%s", report->shape->name);
    append_limit(text + used, size - used, options, report);
    return text;
}

/* Return true if origins and destinations are two sets of locations. */
static bool has_two_sets(const struct dm_report *report)
{
    return report->shape->sets == 2;
}

static void put_unmatched(FILE *stream, const struct dm_run_options *options,
                          const struct dm_report *report, bool details, size_t width)
{
    char text[512], count[DM_COUNT_LENGTH], all[DM_COUNT_LENGTH];
    bool two = has_two_sets(report), one = report->unmatched == 1;
    bool part = options->shard.shards > 0 && !options->format->totals;
    struct dm_shard_rows rows = dm_shard_rows(report->origins, options->shard);
    uint64_t origins = part ? rows.end - rows.begin : report->origins;
    if (report->unmatched == 0)
        return;
    size_t used = dm_append(
        text, sizeof text, "%s of %s %s%s%s %s no %s", dm_count_text(count, report->unmatched),
        dm_count_text(all, origins), two ? "origin" : "location", origins == 1 ? "" : "s",
        part ? " of this part" : "", one ? "has" : "have", two ? "destination" : "neighbour");
    used += append_limit(text + used, sizeof text - used, options, report);
    if (details)
        dm_append(text + used, sizeof text - used, one ? ": %s" : ", the first: %s",
                  report->first_unmatched_name);
    dm_put_wrapped(stream, text, 0, width);
}

static void put_excess(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, size_t width)
{
    char text[256], count[DM_COUNT_LENGTH];
    bool two = has_two_sets(report), limited = options->search.limited;
    uint64_t others = two ? report->destinations : report->origins - 1;
    if (options->search.nearest <= others || others == 0)
        return;
    size_t used = dm_append(text, sizeof text, "--nearest=%llu, but there %s only %s %s%s",
                            (unsigned long long)options->search.nearest, others == 1 ? "is" : "are",
                            dm_count_text(count, others), two ? "destination" : "other place",
                            others == 1 ? "" : "s");
    if (others > 1)
        dm_append(text + used, sizeof text - used, ": %s",
                  limited ? "all within the distance are written" : "all of them are written");
    dm_put_wrapped(stream, text, 0, width);
}

void dm_search_notes(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, bool details, size_t width)
{
    if (!dm_is_search(options))
        return;
    put_excess(stream, options, report, width);
    put_unmatched(stream, options, report, details, width);
}

size_t dm_search_way(char *text, size_t size, const struct dm_run_options *options,
                     const struct dm_report *report)
{
    char index[DM_CELL_LENGTH], count[DM_CELL_LENGTH];
    if (!options->metric->embed)
        return dm_append(text, size, "all pairs are measured, because %s has no index",
                         options->metric->name);
    return dm_append(text, size, "index built in %s, neighbours counted in %s",
                     dm_time_text(index, report->index_ns), dm_time_text(count, report->count_ns));
}
