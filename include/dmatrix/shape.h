/* shape.h - the pairs of origin and destination that are computed, and their order.
 *
 * A shape has one row for each origin, with one contiguous run of destinations. The pairs are
 * numbered from 0, row by row; all later stages use ranges of these numbers.
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

/* One bit for each shape, so that a format can declare which shapes it holds. */
enum dm_shape_bit {
    DM_SHAPE_PAIRS = 1 << 0,
    DM_SHAPE_SQUARE = 1 << 1,
    DM_SHAPE_CROSS = 1 << 2,
    DM_SHAPE_PAIRED = 1 << 3,
    DM_SHAPE_SEQUENCE = 1 << 4,
    DM_SHAPE_ALL = (1 << 5) - 1
};

struct dm_values; /* locations.h */

/* A shape; one const object for each. `origins` and `destinations` are the sizes of the two sets; a
 * shape of one set gets the same number twice. All results are exact up to DM_LOCATIONS_MAX. */
struct dm_shape {
    const char *name, *summary;
    unsigned bit;                                            /* its enum dm_shape_bit */
    unsigned sets;                                           /* number of sets: 1 or 2 */
    bool equal;                                              /* both sets have the same size */
    bool single;                                             /* at most one pair per row */
    uint64_t (*first)(uint64_t row);                         /* first destination of the row */
    uint64_t (*before)(uint64_t row, uint64_t destinations); /* pairs in the rows before it; for
                                                              * row = origins, in all rows */
    uint64_t reserved[4];
};

/* Largest number of locations; its square still fits 64 bits. */
#define DM_LOCATIONS_MAX ((uint64_t)1 << 31)

DM_API extern const struct dm_shape dm_shape_pairs, dm_shape_square, dm_shape_cross,
    dm_shape_paired, dm_shape_sequence;

/* Return all shapes, ended by NULL. */
DM_API const struct dm_shape *const *dm_shapes(void);

/* Find a shape by name. DM_USAGE: it is unknown; the message lists the known names. */
DM_API enum dm_status dm_shape_find(const char *name, const struct dm_shape **found,
                                    struct dm_error *error);

/* A shape applied to two sets of locations. A *sparse* layout has only some of the shape's pairs,
 * those that a search finds: its rows list their destinations. */
struct dm_layout {
    const struct dm_shape *shape;
    uint64_t origins, destinations;
    uint64_t pairs;            /* total number */
    const uint64_t *row_begin; /* of a sparse layout, the number of pairs in the rows before each
                                * row: origins + 1 entries, the last of which is `pairs`; NULL: the
                                * layout has all pairs of the shape */
    bool ranked; /* ... and each row has the destinations in the order of their distances; with
                  * `values`, in that order for each value */
    const struct dm_values *values; /* of the destinations, of which each has neighbours of its own
                                     * (dm_load_options.per); NULL: there are none */
    uint64_t reserved[1];
};

/* In place of a destination: the row has none, and the distance is NaN (enum dm_unmatched).
 */
#define DM_NO_DESTINATION SIZE_MAX

/* Fill *layout. DM_USAGE: the shape needs sets of the same size. DM_RANGE: too many locations. */
DM_API enum dm_status dm_layout_make(const struct dm_shape *shape, uint64_t origins,
                                     uint64_t destinations, struct dm_layout *layout,
                                     struct dm_error *error);

/* Return the row that contains a pair below layout->pairs. */
DM_API uint64_t dm_layout_row(const struct dm_layout *layout, uint64_t pair);

/* Return the end of the whole rows within the first `pairs` pairs. All of them if the layout is not
 * sparse. */
DM_API uint64_t dm_layout_floor(const struct dm_layout *layout, uint64_t pairs);

/* What is known of a pair by road besides its distance. The duration is NaN if there is no route.
 */
struct dm_route {
    double duration_s;
    double crow;   /* distance as the crow flies, in the output's unit */
    double detour; /* how many times as long the road is; NaN: there is no route, or the crow need
                    * not fly */
};

/* A part of one row: an origin, its destinations and their distances. */
struct dm_segment {
    size_t origin;
    size_t
        first; /* first destination; of a sparse layout, the place of the first pair in its row */
    size_t count;
    const size_t *destinations; /* `count` entries; NULL: first, first + 1, ... */
    const double *distances;    /* `count` entries, in the output's unit; NULL: not computed yet */
    bool row_begins, row_ends;  /* it includes the row's first pair, its last */
    unsigned pass;              /* from 0, for a format that needs all pairs several times */
    size_t later;               /* further entries of `destinations`, of later segments */
    const struct dm_route *routes; /* `count` entries; NULL: the format does not write them, or the
                                    * distances are not by road */
};

static inline size_t dm_segment_destination(const struct dm_segment *segment, size_t index)
{
    return segment->destinations ? segment->destinations[index] : segment->first + index;
}

/* Iterator over a range of pairs, one segment at a time:
 *
 *     struct dm_walk walk = dm_walk_begin(&layout, begin, end);
 *     while (dm_walk_next(&walk, &segment)) ...
 */
struct dm_walk {
    const struct dm_layout *layout;
    uint64_t row;       /* row of the next pair */
    uint64_t pair, end; /* range of the remaining pairs */
};

/* A walk does not know the destinations of a sparse layout: the caller sets them. */
DM_API struct dm_walk dm_walk_begin(const struct dm_layout *layout, uint64_t begin, uint64_t end);
DM_API bool dm_walk_next(struct dm_walk *walk, struct dm_segment *segment);

#ifdef __cplusplus
}
#endif

#endif
