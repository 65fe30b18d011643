#include "stub_block.h"

#include <math.h>
#include <stdlib.h>

#define EXTRA_METRES 10 /* added by --fault=different */

static bool has(const struct fault *fault, enum fault_kind kind)
{
    return fault && fault->kind == kind;
}

static bool is_same(struct place a, struct place b)
{
    return a.lon == b.lon && a.lat == b.lat;
}

static struct stop *snap_all(struct stop *stops, size_t count, const struct table *table)
{
    struct stop *lost = NULL;
    for (size_t i = 0; i < count; i++) {
        stops[i].snap = table_snap(table, stops[i].place);
        if (stops[i].snap.metres > stops[i].radius)
            stops[i].snap.found = false;
        if (!stops[i].snap.found && !lost)
            lost = &stops[i];
    }
    return lost;
}

bool stop_place(struct stop *stop, const json_t *lon, const json_t *lat)
{
    double x = json_number_value(lon), y = json_number_value(lat);
    if (!json_is_number(lon) || !json_is_number(lat) || fabs(x) > 180 || fabs(y) > 90)
        return false;
    stop->place = place_at(x, y);
    return true;
}

struct stop *block_snap(struct block *block, const struct table *table, const struct fault *fault)
{
    struct stop *origin = snap_all(block->origins, block->origin_count, table);
    struct stop *destination = snap_all(block->destinations, block->destination_count, table);
    if (has(fault, FAULT_OFF_ROAD)) {
        origin = block->origins;
        origin->snap.found = false;
        for (size_t i = 0; i < block->destination_count; i++)
            if (is_same(block->destinations[i].place, origin->place))
                block->destinations[i].snap.found = false;
    }
    return origin ? origin : destination;
}

void block_route(struct block *block, const struct rules *rules)
{
    size_t columns = block->destination_count, cells = block->origin_count * columns;
    const struct fault *different = rules->different;
    block->routes = must_allocate(cells, sizeof *block->routes);
    for (size_t i = 0; i < cells; i++) {
        const struct stop *from = &block->origins[i / columns];
        const struct stop *to = &block->destinations[i % columns];
        struct route route = {NAN, NAN};
        if (from->snap.found && to->snap.found)
            route = table_route(&rules->table, from->place, to->place);
        if (different && cells < different->value &&
            (!different->every || pair_hash(from->place, to->place) % different->every == 0))
            route.distance += EXTRA_METRES;
        block->routes[i] = route;
    }
}

bool block_has_route(const struct block *block)
{
    for (size_t i = 0; i < block->origin_count * block->destination_count; i++)
        if (!isnan(block->routes[i].duration))
            return true;
    return false;
}

size_t block_rows(const struct block *block, const struct fault *fault)
{
    return block->origin_count + has(fault, FAULT_MORE_ROWS) - has(fault, FAULT_FEWER_ROWS);
}

size_t block_row_cells(const struct block *block, const struct fault *fault, size_t row)
{
    bool is_short = has(fault, FAULT_FEWER_CELLS) && row + 1 == block->origin_count;
    return block->destination_count - is_short;
}

void block_add_cell(struct text *text, const struct block *block, const struct fault *fault,
                    const struct quantity *quantity, size_t row, size_t column)
{
    size_t columns = block->destination_count;
    if (row == block->origin_count)
        row--;
    const struct route *route = &block->routes[row * columns + column];
    double value = (quantity->is_distance ? route->distance : route->duration) * quantity->scale;
    bool is_chosen = row == 0 && column + 1 == columns;
    if (is_chosen && has(fault, FAULT_NEGATIVE))
        value = value > 0 ? -value : -1;
    if (is_chosen && has(fault, FAULT_ONE_NULL))
        value = NAN;
    if (is_chosen && has(fault, FAULT_NAN)) {
        text_add(text, "NaN");
        return;
    }
    const char *quote = is_chosen && has(fault, FAULT_STRING) ? "\"" : "";
    text_add(text, "%s", quote);
    text_add_number(text, value, quantity->decimals);
    text_add(text, "%s", quote);
}

void block_add_table(struct text *text, const struct block *block, const struct fault *fault,
                     const struct quantity *quantity)
{
    text_add(text, "[");
    for (size_t row = 0; row < block_rows(block, fault); row++) {
        text_add(text, row ? ",[" : "[");
        for (size_t column = 0; column < block_row_cells(block, fault, row); column++) {
            if (column)
                text_add_bytes(text, ",", 1);
            block_add_cell(text, block, fault, quantity, row, column);
        }
        text_add(text, "]");
    }
    text_add(text, "]");
}

void block_free(struct block *block)
{
    free(block->origins);
    free(block->destinations);
    free(block->routes);
}
