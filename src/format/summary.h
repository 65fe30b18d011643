/* summary.h - the common part of the two summaries, which write a line of statistics for each
 * place. encode() reduces or copies distances, absorb() adds them to the totals of their places,
 * and more() writes the table. */
#ifndef FORMAT_SUMMARY_H
#define FORMAT_SUMMARY_H

#include "format/moments.h"
#include "format/table.h"

#include <dmatrix/format.h>

/* The row of a place is cut into blocks of so many pairs, counted from its beginning. */
enum { DM_SUMMARY_BLOCK = 256 };

/* The statistics of the distances of one place. */
struct dm_total {
    struct dm_moments moments;
    double least, greatest; /* INFINITY and -INFINITY if there are no distances */
    size_t nearest;         /* the place that the least belongs to; SIZE_MAX: none */
};

struct dm_summary {
    struct dm_encoder base;
    struct dm_table *table; /* labels and the form of numbers */
    bool of_destinations;   /* the totals are those of destinations, not of origins */
    bool has_itself;        /* pairs of a place with itself occur, which are left out */
    bool lists;             /* segments list their destinations */
    char header[128];

    /* Used by absorb() and more(), not by encode(). */
    struct dm_total *totals;
    size_t count;                   /* of the totals */
    double block[DM_SUMMARY_BLOCK]; /* the part so far of a block that segments divide */
    size_t filled;                  /* distances in it */
    size_t next;                    /* place whose line more() writes next */
    char *lines;                    /* of the table, written by more() */
    size_t lines_bytes;
};

/* prepare(), begin(), more() and dispose() of the formats; prepare() leaves pair_bound to them. */
enum dm_status dm_summary_make(const struct dm_format_options *options,
                               const struct dm_subject *subject, bool of_destinations,
                               struct dm_summary **summary, struct dm_error *error);
size_t dm_summary_begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);
size_t dm_summary_more(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);
void dm_summary_dispose(struct dm_encoder *encoder);

/* The shapes of both formats. */
enum { DM_SUMMARY_SHAPES = DM_SHAPE_SQUARE | DM_SHAPE_CROSS };

/* Extend the extremes of a total by those of other distances. On ties the earlier ones stay. */
static inline void dm_total_extend(struct dm_total *total, double least, size_t nearest,
                                   double greatest)
{
    if (least < total->least) {
        total->least = least;
        total->nearest = nearest;
    }
    if (greatest > total->greatest)
        total->greatest = greatest;
}

#endif
