#include "road/table.h"

#include "base/checked.h"
#include "base/location_name.h"
#include "base/stop.h"
#include "base/try.h"
#include "road/blocks.h"
#include "road/snaps.h"

#include <math.h>
#include <stdlib.h>

struct table {
    const struct dm_table_options *options;
    struct dm_blocks blocks;
    uint64_t known; /* pairs */
};

/* Return the number of a pair; of a single layout, that of the row. */
static uint64_t pair_of(const struct dm_layout *layout, uint64_t row, uint64_t destination)
{
    return layout->shape->single ? row : row * layout->destinations + destination;
}

/* Set *missing to whether the store lacks a pair of the block. */
static enum dm_status find_missing(const struct table *table, const struct dm_block *block,
                                   bool *missing, struct dm_error *error)
{
    const struct dm_layout *layout = table->options->layout;
    struct dm_road_cell cells[DM_ASK_PLACES];
    size_t count = layout->shape->single ? 1 : block->destinations;
    *missing = false;
    for (uint64_t i = 0; i < block->origins && !*missing; i++) {
        uint64_t pair = pair_of(layout, block->origin + i, block->destination);
        if (!dm_store_get(table->options->store, pair, cells, count))
            return dm_fail(error, DM_IO, "cannot read the answers of an earlier run");
        for (size_t k = 0; k < count; k++)
            *missing |= dm_store_is_empty(&cells[k]);
    }
    return DM_OK;
}

static uint64_t pairs_in(const struct dm_layout *layout, const struct dm_block *block)
{
    return layout->shape->single ? block->origins : block->origins * block->destinations;
}

/* Get the next block with pairs that the store lacks; *any is false at the end. */
static enum dm_status next_block(struct table *table, uint64_t cells, struct dm_block *block,
                                 bool *any, struct dm_error *error)
{
    const struct dm_store *store = table->options->store;
    bool is_new = !store || !dm_store_identity(store);
    bool missing = false;
    *any = true;
    while (!missing) {
        if (dm_stop_asked(dm_asker_options(table->options->asker)->stop))
            return dm_fail(error, DM_STOPPED, "stopped while looking for what is known");
        *any = dm_blocks_next(&table->blocks, cells, DM_ASK_PLACES, block);
        if (!*any || is_new)
            return DM_OK;
        DM_TRY(find_missing(table, block, &missing, error));
        if (!missing)
            table->known += pairs_in(table->options->layout, block);
    }
    return DM_OK;
}

static bool add_block(struct dm_asker *asker, const struct dm_block *block)
{
    uint32_t rows[2][DM_ASK_PLACES];
    if (block->origins > DM_ASK_PLACES || block->destinations > DM_ASK_PLACES)
        return false;
    for (uint64_t i = 0; i < block->origins; i++)
        rows[0][i] = (uint32_t)(block->origin + i);
    for (uint64_t i = 0; i < block->destinations; i++)
        rows[1][i] = (uint32_t)(block->destination + i);
    return dm_asker_add(asker, rows[0], block->origins, rows[1], block->destinations);
}

/* Add the requests of a round. */
static enum dm_status fill_round(struct table *table, struct dm_error *error)
{
    struct dm_asker *asker = table->options->asker;
    struct dm_block block = {0};
    bool any = true;
    dm_asker_clear(asker);
    for (size_t size = dm_asker_round_size(asker); any && dm_asker_count(asker) < size;) {
        DM_TRY(next_block(table, dm_asker_cells(asker), &block, &any, error));
        if (any && !add_block(asker, &block) && !dm_blocks_halve(&table->blocks, &block))
            return dm_fail_memory(error, "the requests");
    }
    return DM_OK;
}

/* Put the cells of an answered request into the store. */
static enum dm_status keep_cells(const struct table *table, const struct dm_block *block,
                                 const struct dm_ask *ask, struct dm_error *error)
{
    const struct dm_layout *layout = table->options->layout;
    bool single = layout->shape->single;
    for (size_t i = 0; i < ask->origin_count; i++) {
        const struct dm_road_cell *row = ask->cells + i * ask->destination_count;
        uint64_t pair = pair_of(layout, block->origin + i, block->destination);
        DM_TRY(dm_store_put(table->options->store, pair, single ? row + i : row,
                            single ? 1 : ask->destination_count, error));
    }
    return DM_OK;
}

/* Refuse the first pair of the round without a route, if the format needs all of them. */
static enum dm_status check_routes(const struct table *table, struct dm_error *error)
{
    const struct dm_table_options *options = table->options;
    const struct dm_asker_options *asker = dm_asker_options(options->asker);
    bool single = options->layout->shape->single;
    char from[DM_QUOTED_LENGTH], to[DM_QUOTED_LENGTH];
    for (size_t i = 0; options->needs_routes && i < dm_asker_count(options->asker); i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(options->asker, i, &rows);
        size_t width = ask->destination_count, k = 0;
        size_t cells = ask->kind == DM_ANSWER_TABLE ? ask->origin_count * width : 0;
        while (k < cells &&
               (!isnan(ask->cells[k].distance_m) || (single && k / width != k % width)))
            k++;
        if (k == cells)
            continue;
        dm_quote_name(from, asker->origins, rows[k / width]);
        dm_quote_name(to, asker->destinations, rows[ask->origin_count + k % width]);
        dm_fail_field(error, DM_FIELD_UNREACHABLE, DM_DATA,
                      "there is no route from %s to %s, and %s has no way to say so; give a value "
                      "for such pairs, or choose another format",
                      from, to, options->needs_routes);
        dm_suggest(error, DM_FIELD_UNREACHABLE, "%.0f", options->far_value);
        dm_suggest_instead(error, DM_FIELD_FORMAT, "csv");
        return DM_DATA;
    }
    return DM_OK;
}

/* Keep the answers of a round; what has none comes again. */
static enum dm_status keep_round(struct table *table, struct dm_error *error)
{
    const struct dm_asker *asker = table->options->asker;
    for (size_t i = 0; i < dm_asker_count(asker); i++) {
        const uint32_t *rows;
        const struct dm_ask *ask = dm_asker_answer(asker, i, &rows);
        struct dm_block block = {rows[0], ask->origin_count, rows[ask->origin_count],
                                 ask->destination_count};
        if (ask->kind != DM_ANSWER_TABLE) {
            bool kept = ask->kind == DM_ANSWER_SPLIT ? dm_blocks_halve(&table->blocks, &block)
                                                     : dm_blocks_again(&table->blocks, &block);
            if (!kept)
                return dm_fail_memory(error, "the requests");
            continue;
        }
        /* the snaps first: a pair that is in the store is not asked for again */
        DM_TRY(dm_snaps_keep(table->options->store, table->options->layout, ask, rows, error));
        DM_TRY(keep_cells(table, &block, ask, error));
        table->known += pairs_in(table->options->layout, &block);
    }
    return DM_OK;
}

static enum dm_status ask_all(struct table *table, struct dm_executor *executor,
                              struct dm_error *error)
{
    const struct dm_table_options *options = table->options;
    for (;;) {
        DM_TRY(fill_round(table, error));
        if (dm_asker_count(options->asker) == 0)
            return DM_OK;
        enum dm_status status = dm_asker_run(options->asker, executor, error);
        enum dm_status kept = keep_round(table, status == DM_OK ? error : NULL);
        DM_TRY(status);
        DM_TRY(kept);
        if (options->advances)
            options->advances(options->context, table->known);
        DM_TRY(dm_snaps_check(options->asker, error));
        DM_TRY(check_routes(table, error));
    }
}

enum dm_status dm_table_ask(const struct dm_table_options *options, struct dm_executor *executor,
                            struct dm_error *error)
{
    struct table table = {.options = options, .blocks = dm_blocks_begin(options->layout)};
    enum dm_status status = ask_all(&table, executor, error);
    dm_blocks_free(&table.blocks);
    return status;
}

enum dm_status dm_table_plan(const struct dm_table_options *options, struct dm_table_plan *plan,
                             struct dm_error *error)
{
    struct table table = {.options = options, .blocks = dm_blocks_begin(options->layout)};
    struct dm_asker *asker = options->asker;
    enum dm_status status = DM_OK;
    struct dm_block block = {0};
    bool any = true;
    *plan = (struct dm_table_plan){0};
    while (status == DM_OK && any) {
        status = next_block(&table, dm_asker_cells(asker), &block, &any, error);
        if (status != DM_OK || !any)
            break;
        dm_asker_clear(asker);
        if (add_block(asker, &block)) {
            plan->requests++;
            plan->cells += block.origins * block.destinations;
        } else if (!dm_blocks_halve(&table.blocks, &block)) {
            status = dm_fail_memory(error, "the requests");
        }
    }
    plan->known = table.known;
    dm_asker_clear(asker);
    dm_blocks_free(&table.blocks);
    return status;
}
