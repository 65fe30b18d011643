/* Statistics of the distances of each destination. The origins of a destination are in different
 * rows, so encode() passes the distances on, and absorb() adds each to its destination. */
#include "format/summary.h"

#include "base/checked.h"
#include "base/try.h"

#include <string.h>

/* encode() writes this for each segment, then its distances and, if the summary `lists`, its
 * destinations. */
struct record {
    size_t origin, first, count;
};

static size_t pair_bytes(const struct dm_summary *summary)
{
    return sizeof(double) + (summary->lists ? sizeof(size_t) : 0);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_summary *summary;
    DM_TRY(dm_summary_make(options, subject, true, &summary, error));
    summary->base.pair_bound = sizeof(struct record) + pair_bytes(summary);
    *encoder = &summary->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    return sizeof(struct record) + segment->count * pair_bytes((const struct dm_summary *)encoder);
}

static char *put(char *text, const void *from, size_t bytes)
{
    memcpy(text, from, bytes);
    return text + bytes;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    struct record record = {segment->origin, segment->first, segment->count};
    (void)encoder;
    if (segment->destinations && segment->destinations[0] == DM_NO_DESTINATION)
        return 0;
    char *at = put(text, &record, sizeof record);
    at = put(at, segment->distances, segment->count * sizeof(double));
    if (segment->destinations)
        at = put(at, segment->destinations, segment->count * sizeof(size_t));
    return (size_t)(at - text);
}

static void add(struct dm_total *total, size_t origin, double distance)
{
    dm_moments_add(&total->moments, distance);
    dm_total_extend(total, distance, origin, distance);
}

/* Add the distances to the destinations from `first` on. Return the end of their bytes. */
static const char *add_run(struct dm_summary *summary, const struct record *record,
                           const char *bytes)
{
    for (size_t i = 0; i < record->count; i++, bytes += sizeof(double)) {
        double distance;
        memcpy(&distance, bytes, sizeof distance);
        if (!summary->has_itself || record->first + i != record->origin)
            add(&summary->totals[record->first + i], record->origin, distance);
    }
    return bytes;
}

/* Add the distances to the destinations of a list. Return the end of their bytes. */
static const char *add_list(struct dm_summary *summary, const struct record *record,
                            const char *bytes)
{
    const char *destinations = bytes + record->count * sizeof(double);
    for (size_t i = 0; i < record->count; i++) {
        double distance;
        size_t destination;
        memcpy(&distance, bytes + i * sizeof distance, sizeof distance);
        memcpy(&destination, destinations + i * sizeof destination, sizeof destination);
        add(&summary->totals[destination], record->origin, distance);
    }
    return destinations + record->count * sizeof(size_t);
}

static void absorb(struct dm_encoder *encoder, const char *bytes, size_t count)
{
    struct dm_summary *summary = (struct dm_summary *)encoder;
    const char *end = bytes + count;
    while (bytes < end) {
        struct record record;
        memcpy(&record, bytes, sizeof record);
        bytes += sizeof record;
        bytes =
            summary->lists ? add_list(summary, &record, bytes) : add_run(summary, &record, bytes);
    }
}

const struct dm_format dm_format_summary_destinations = {
    .name = "summary-destinations",
    .extension = "csv",
    .summary = "one line per destination with statistics of its distances",
    .shapes = DM_SUMMARY_SHAPES,
    .usual = &dm_shape_square,
    .sparse = DM_SUMMARY_SHAPES,
    .uses = DM_TABLE_USES,
    .passes = 1,
    .unmatched = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = dm_summary_begin,
    .more = dm_summary_more,
    .absorb = absorb,
    .dispose = dm_summary_dispose,
    .by_road = &dm_format_summary_destinations,
    .quantity = true,
};
