/* blocks.h - the requests that cover all pairs of a layout. */
#ifndef ROAD_BLOCKS_H
#define ROAD_BLOCKS_H

#include <dmatrix/shape.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The pairs of consecutive origins and consecutive destinations. */
struct dm_block {
    uint64_t origin, origins;
    uint64_t destination, destinations;
};

/* An iterator over blocks, as square as the number of cells lets them: answering a large square one
 * costs a server the least for a cell. Blocks that were refused come again, smaller. */
struct dm_blocks {
    const struct dm_layout *layout;
    struct dm_block next;   /* the next one begins here; its height is that of its row of blocks */
    struct dm_block *again; /* a stack */
    size_t again_count, again_capacity;
};

struct dm_blocks dm_blocks_begin(const struct dm_layout *layout);

/* Get the next block, of at most `cells` cells and `places` places (unless those limits were higher
 * when its row began, or it comes again); false: there is none. */
bool dm_blocks_next(struct dm_blocks *blocks, uint64_t cells, uint64_t places,
                    struct dm_block *block);

/* Let a block come again. Return false if out of memory. */
bool dm_blocks_again(struct dm_blocks *blocks, const struct dm_block *block);

/* The same in two halves. A block of one cell comes again as it is. */
bool dm_blocks_halve(struct dm_blocks *blocks, const struct dm_block *block);

void dm_blocks_free(struct dm_blocks *blocks);

#endif
