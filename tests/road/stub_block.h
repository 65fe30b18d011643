/* A block of a table: the origins and destinations of one request, and its cells as JSON. */
#ifndef STUB_BLOCK_H
#define STUB_BLOCK_H

#include "stub_answer.h"

struct stop {
    struct place place;
    size_t index; /* index in the request's list */
    struct snap snap;
    double radius; /* largest distance to the road, in metres */
};

struct block {
    struct stop *origins, *destinations;
    size_t origin_count, destination_count;
    struct route *routes; /* origins x destinations */
};

/* How to write a number of a cell: distance or duration, in another unit, with so many decimals. */
struct quantity {
    bool is_distance;
    double scale;
    unsigned decimals;
};

/* Set the place from two numbers of JSON. Return false if they are none, or not on Earth. */
bool stop_place(struct stop *stop, const json_t *lon, const json_t *lat);

/* Find the road nearest to each place. Return the first stop without one, or NULL. */
struct stop *block_snap(struct block *block, const struct table *table, const struct fault *fault);

/* Fill `routes`. Cells of places without a road are NaN. */
void block_route(struct block *block, const struct rules *rules);

/* Return true if any cell has a route. */
bool block_has_route(const struct block *block);

/* Return the number of rows, or of cells in a row, to write. Some faults change them. */
size_t block_rows(const struct block *block, const struct fault *fault);
size_t block_row_cells(const struct block *block, const struct fault *fault, size_t row);

/* Add a cell. A row beyond the last repeats the last. */
void block_add_cell(struct text *text, const struct block *block, const struct fault *fault,
                    const struct quantity *quantity, size_t row, size_t column);

/* Add all cells as an array of arrays. */
void block_add_table(struct text *text, const struct block *block, const struct fault *fault,
                     const struct quantity *quantity);

void block_free(struct block *block);

#endif
