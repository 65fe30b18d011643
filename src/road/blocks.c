#include "road/blocks.h"

#include "base/checked.h"
#include "base/room.h"

#include <math.h>
#include <stdlib.h>

/* In a shape with one pair in each row, only the diagonal of a block is wanted. Small ones waste
 * few cells, and a server answers a few cells as fast as one. */
enum { DIAGONAL = 10 };

struct dm_blocks dm_blocks_begin(const struct dm_layout *layout)
{
    return (struct dm_blocks){.layout = layout};
}

static bool is_single(const struct dm_layout *layout)
{
    return layout->shape->single;
}

/* Return the number of rows that have pairs. */
static uint64_t rows_of(const struct dm_layout *layout)
{
    return is_single(layout) ? layout->pairs : layout->origins;
}

static uint64_t square_side(uint64_t cells)
{
    uint64_t side = (uint64_t)sqrt((double)cells);
    return dm_max_u64(side, 1);
}

/* Return the number of origins of a row of blocks: more than the side of a square if all
 * destinations fit beside them. */
static uint64_t height(const struct dm_blocks *blocks, uint64_t cells, uint64_t places)
{
    const struct dm_layout *layout = blocks->layout;
    uint64_t most = dm_min_u64(square_side(cells), places / 2);
    if (is_single(layout))
        most = dm_min_u64(most, DIAGONAL);
    else if (layout->destinations < most)
        most =
            dm_min_u64(cells / dm_max_u64(layout->destinations, 1), places - layout->destinations);
    return dm_min_u64(most, rows_of(layout) - blocks->next.origin);
}

static void next_diagonal(struct dm_blocks *blocks, uint64_t count, struct dm_block *block)
{
    uint64_t row = blocks->next.origin;
    *block = (struct dm_block){row, count, blocks->layout->shape->first(row), count};
    blocks->next.origin += count;
}

static void next_in_row(struct dm_blocks *blocks, uint64_t cells, uint64_t places,
                        struct dm_block *block)
{
    struct dm_block *next = &blocks->next;
    if (next->destination == 0)
        next->origins = height(blocks, cells, places);
    uint64_t width = dm_min_u64(cells / next->origins, places - next->origins);
    width = dm_max_u64(width, 1); /* a limit that has shrunk may be lower: the block is halved */
    width = dm_min_u64(width, blocks->layout->destinations - next->destination);
    *block = (struct dm_block){next->origin, next->origins, next->destination, width};
    next->destination += width;
    if (next->destination == blocks->layout->destinations) {
        next->origin += next->origins;
        next->destination = 0;
    }
}

bool dm_blocks_next(struct dm_blocks *blocks, uint64_t cells, uint64_t places,
                    struct dm_block *block)
{
    if (blocks->layout->pairs == 0)
        return false;
    if (blocks->again_count > 0) {
        *block = blocks->again[--blocks->again_count];
        return true;
    }
    if (blocks->next.origin >= rows_of(blocks->layout))
        return false;
    if (is_single(blocks->layout))
        next_diagonal(blocks, height(blocks, cells, places), block);
    else
        next_in_row(blocks, cells, places, block);
    return true;
}

bool dm_blocks_again(struct dm_blocks *blocks, const struct dm_block *block)
{
    if (!dm_grow(&blocks->again, &blocks->again_capacity, blocks->again_count + 1,
                 sizeof *blocks->again))
        return false;
    blocks->again[blocks->again_count++] = *block;
    return true;
}

/* Return one of the two halves: of the longer side or, of a diagonal, of both. */
static struct dm_block half_of(const struct dm_block *block, bool diagonal, unsigned half)
{
    struct dm_block made = *block;
    bool tall = diagonal || block->origins >= block->destinations;
    bool wide = diagonal || !tall;
    if (tall) {
        made.origin += dm_part_begin(block->origins, half, 2);
        made.origins =
            dm_part_begin(block->origins, half + 1, 2) - dm_part_begin(block->origins, half, 2);
    }
    if (wide) {
        made.destination += dm_part_begin(block->destinations, half, 2);
        made.destinations = dm_part_begin(block->destinations, half + 1, 2) -
                            dm_part_begin(block->destinations, half, 2);
    }
    return made;
}

bool dm_blocks_halve(struct dm_blocks *blocks, const struct dm_block *block)
{
    bool diagonal = is_single(blocks->layout);
    if (block->origins * block->destinations <= 1)
        return dm_blocks_again(blocks, block);
    struct dm_block first = half_of(block, diagonal, 0), second = half_of(block, diagonal, 1);
    return dm_blocks_again(blocks, &second) && dm_blocks_again(blocks, &first);
}

void dm_blocks_free(struct dm_blocks *blocks)
{
    free(blocks->again);
    blocks->again = NULL;
}
