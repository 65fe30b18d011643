/* Statistics of the distances of each origin.
 *
 * A sum of doubles depends on its order. So that it does not depend on where rows are cut, a row
 * has fixed blocks: encode() reduces each whole block to its moments, and writes the distances of
 * those that the segment divides. absorb() reduces these when it has all of them, and merges the
 * blocks in order. */
#include "format/summary.h"

#include "base/checked.h"
#include "base/try.h"

#include <math.h>
#include <string.h>

/* encode() writes this for each segment. Then follow, for each block, its moments if the segment
 * has all of it, otherwise the distances that the segment has of it. */
struct record {
    size_t origin;
    size_t first, count; /* pairs, numbered within the row */
    bool row_ends;
    double least, greatest;
    size_t nearest;
};

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_summary *summary;
    DM_TRY(dm_summary_make(options, subject, false, &summary, error));
    summary->base.pair_bound = sizeof(struct record) + sizeof(struct dm_moments) + sizeof(double);
    *encoder = &summary->base;
    return DM_OK;
}

/* The moments of a short block at the end of the row may be larger than its distances. */
static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)encoder;
    return sizeof(struct record) + sizeof(struct dm_moments) + segment->count * sizeof(double);
}

/* Return the end of the block that contains the pair, or that of the segment. */
static size_t end_of_block(const struct record *record, size_t pair)
{
    return (size_t)dm_min_u64((pair / DM_SUMMARY_BLOCK + 1) * DM_SUMMARY_BLOCK,
                              record->first + record->count);
}

static bool begins_block(size_t pair)
{
    return pair % DM_SUMMARY_BLOCK == 0;
}

static bool ends_block(const struct record *record, size_t end)
{
    return end % DM_SUMMARY_BLOCK == 0 ||
           (record->row_ends && end == record->first + record->count);
}

/* Reduce the pairs of a row from `first` on, without that of the origin with itself. */
static void reduce(const struct dm_summary *summary, size_t origin, size_t first,
                   const double *distances, size_t count, struct dm_spread *spread)
{
    size_t itself = summary->has_itself && origin >= first ? origin - first : SIZE_MAX;
    summary->table->decimals.kernels->spread(distances, count, itself, spread);
}

/* Return the first destination, other than the origin itself, with that distance. */
static size_t destination_with(const struct dm_summary *summary, const struct dm_segment *segment,
                               size_t from, double distance)
{
    size_t i = from;
    while (segment->distances[i] != distance ||
           (summary->has_itself && dm_segment_destination(segment, i) == segment->origin))
        i++;
    return dm_segment_destination(segment, i);
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct dm_summary *summary = (const struct dm_summary *)encoder;
    struct record record = {segment->origin,  segment->first,    segment->count, segment->row_ends,
                            (double)INFINITY, -(double)INFINITY, SIZE_MAX};
    size_t end, row_end = segment->first + segment->count;
    char *at = text + sizeof record;
    if (segment->destinations && segment->destinations[0] == DM_NO_DESTINATION)
        return 0;
    for (size_t begin = record.first; begin < row_end; begin = end) {
        struct dm_spread spread;
        end = end_of_block(&record, begin);
        const double *distances = segment->distances + (begin - record.first);
        reduce(summary, record.origin, begin, distances, end - begin, &spread);
        if (spread.least < record.least) {
            record.least = spread.least;
            record.nearest = destination_with(summary, segment, begin - record.first, spread.least);
        }
        record.greatest = spread.greatest > record.greatest ? spread.greatest : record.greatest;
        bool whole = begins_block(begin) && ends_block(&record, end);
        size_t bytes = whole ? sizeof spread.moments : (end - begin) * sizeof(double);
        memcpy(at, whole ? (const void *)&spread.moments : (const void *)distances, bytes);
        at += bytes;
    }
    memcpy(text, &record, sizeof record);
    return (size_t)(at - text);
}

/* Add the moments of a whole block. Return the end of their bytes. */
static const char *take_moments(struct dm_total *total, const char *bytes)
{
    struct dm_moments moments;
    memcpy(&moments, bytes, sizeof moments);
    dm_moments_merge(&total->moments, &moments);
    return bytes + sizeof moments;
}

/* Add the distances of pairs [begin, end), a part of a block, to the block; and when it is
 * complete, its moments. Return the end of their bytes. */
static const char *take_distances(struct dm_summary *summary, const struct record *record,
                                  size_t begin, size_t end, const char *bytes)
{
    struct dm_spread spread;
    size_t count = end - begin;
    memcpy(summary->block + summary->filled, bytes, count * sizeof(double));
    summary->filled += count;
    if (ends_block(record, end)) {
        reduce(summary, record->origin, end - summary->filled, summary->block, summary->filled,
               &spread);
        dm_moments_merge(&summary->totals[record->origin].moments, &spread.moments);
        summary->filled = 0;
    }
    return bytes + count * sizeof(double);
}

static void absorb(struct dm_encoder *encoder, const char *bytes, size_t count)
{
    struct dm_summary *summary = (struct dm_summary *)encoder;
    const char *all = bytes + count;
    while (bytes < all) {
        struct record record;
        memcpy(&record, bytes, sizeof record);
        bytes += sizeof record;
        struct dm_total *total = &summary->totals[record.origin];
        dm_total_extend(total, record.least, record.nearest, record.greatest);
        size_t end, row_end = record.first + record.count;
        for (size_t begin = record.first; begin < row_end; begin = end) {
            end = end_of_block(&record, begin);
            bytes = begins_block(begin) && ends_block(&record, end)
                        ? take_moments(total, bytes)
                        : take_distances(summary, &record, begin, end, bytes);
        }
    }
}

const struct dm_format dm_format_summary = {
    .name = "summary",
    .extension = "csv",
    .summary = "one line per origin with statistics of its distances",
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
    .by_road = &dm_format_summary,
    .quantity = true,
};
