/* shape.h - which pairs of origin and destination, in which order.
 *
 * A shape is rows, one an origin, that each own one contiguous run of destinations. The pairs are
 * numbered from 0, row after row; everything downstream speaks of ranges of these numbers.
 */
#ifndef DMATRIX_SHAPE_H
#define DMATRIX_SHAPE_H

#include <dmatrix/api.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One bit a shape, so that a format can say which it holds. */
enum dm_shape_bit {
    DM_SHAPE_PAIRS = 1 << 0,
    DM_SHAPE_SQUARE = 1 << 1,
    DM_SHAPE_CROSS = 1 << 2,
    DM_SHAPE_PAIRED = 1 << 3,
    DM_SHAPE_SEQUENCE = 1 << 4,
    DM_SHAPE_ALL = (1 << 5) - 1
};

/* One const object a shape. `origins` and `destinations` are the sizes of the two sets; a shape
 * of one set gets the same number twice. All results are exact for up to DM_LOCATIONS_MAX. */
struct dm_shape {
    const char *name, *summary;
    unsigned bit;                                            /* its enum dm_shape_bit */
    unsigned sets;                                           /* of locations it takes: 1 or 2 */
    bool equal;                                              /* the two sets must be of one size */
    bool single;                                             /* at most one pair a row */
    uint64_t (*first)(uint64_t row);                         /* the row's first destination */
    uint64_t (*before)(uint64_t row, uint64_t destinations); /* pairs in the rows before it; in all,
                                                                for row = origins */
    uint64_t reserved[4];
};

/* So many locations, and their square still fits 64 bits. */
#define DM_LOCATIONS_MAX ((uint64_t)1 << 31)

DM_API extern const struct dm_shape dm_shape_pairs, dm_shape_square, dm_shape_cross,
    dm_shape_paired, dm_shape_sequence;

/* All shapes, ended by NULL. */
DM_API const struct dm_shape *const *dm_shapes(void);

/* The shape of that name. DM_USAGE: there is none; the message names those there are. */
DM_API enum dm_status dm_shape_find(const char *name, const struct dm_shape **found,
                                    struct dm_error *error);

/* A shape laid over two sets of locations. */
struct dm_layout {
    const struct dm_shape *shape;
    uint64_t origins, destinations;
    uint64_t pairs; /* in all */
    uint64_t reserved[4];
};

/* DM_USAGE: the shape wants sets of one size. DM_RANGE: more than DM_LOCATIONS_MAX locations. */
DM_API enum dm_status dm_layout_make(const struct dm_shape *shape, uint64_t origins,
                                     uint64_t destinations, struct dm_layout *layout,
                                     struct dm_error *error);

/* A piece of one row: an origin, its destinations, their distances. */
struct dm_segment {
    size_t origin, first, count;
    const size_t *destinations; /* count of them; NULL: first, first + 1, ... */
    const double *distances;    /* count of them, in the unit of the output; NULL: not known yet */
    bool row_begins, row_ends;  /* it holds the row's first pair, its last */
    unsigned pass;              /* 0; counts up where a format has all pairs go by several times */
    uint64_t reserved[2];
};

static inline size_t dm_segment_destination(const struct dm_segment *segment, size_t index)
{
    return segment->destinations ? segment->destinations[index] : segment->first + index;
}

/* A walk over a range of pairs, one segment after another:
 *
 *     struct dm_walk walk = dm_walk_begin(&layout, begin, end);
 *     while (dm_walk_next(&walk, &segment)) ...
 */
struct dm_walk {
    const struct dm_layout *layout;
    uint64_t row;       /* of the next pair */
    uint64_t pair, end; /* the pairs left */
};

DM_API struct dm_walk dm_walk_begin(const struct dm_layout *layout, uint64_t begin, uint64_t end);
DM_API bool dm_walk_next(struct dm_walk *walk, struct dm_segment *segment);

#ifdef __cplusplus
}
#endif

#endif
