/* Asks for some pairs again, chosen at random, so that they are beside other places than before. */
#include "road/table.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/mix.h"
#include "base/try.h"

#include <math.h>
#include <stdbool.h>

enum { SIDE = 10 /* places of a request on each side */ };

struct verify {
    const struct dm_table_options *options;
    struct dm_road_report *report;
    uint64_t seed, left; /* cells that are to be compared yet */
    uint64_t side;       /* places of a request on each side, at most */
};

static uint32_t random_below(struct verify *verify, uint64_t most)
{
    verify->seed += DM_MIX_STEP;
    return (uint32_t)(dm_mix(verify->seed) % dm_max_u64(most, 1));
}

/* Return the places of a request on a side with `count` places to choose from. */
static uint64_t side_of(const struct verify *verify, uint64_t count)
{
    uint64_t most = (uint64_t)sqrt((double)dm_asker_cells(verify->options->asker));
    return dm_min_u64(dm_min_u64(verify->side, most), count);
}

/* Get the size of a request. */
static void size_of(const struct verify *verify, uint64_t *height, uint64_t *width)
{
    const struct dm_layout *layout = verify->options->layout;
    bool single = layout->shape->single;
    *height = side_of(verify, single ? layout->pairs : layout->origins);
    *width = single ? *height : side_of(verify, layout->destinations);
}

/* Add a request between random places. */
static bool add_random(struct verify *verify)
{
    const struct dm_layout *layout = verify->options->layout;
    bool single = layout->shape->single;
    uint64_t rows = single ? layout->pairs : layout->origins;
    uint64_t height, width;
    size_of(verify, &height, &width);
    uint32_t origins[SIDE], destinations[SIDE];
    for (uint64_t i = 0; i < height; i++)
        origins[i] = random_below(verify, rows);
    for (uint64_t i = 0; i < width; i++)
        destinations[i] = single ? (uint32_t)layout->shape->first(origins[i])
                                 : random_below(verify, layout->destinations);
    return dm_asker_add(verify->options->asker, origins, height, destinations, width);
}

static bool is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void compare(struct verify *verify, const struct dm_road_cell *a,
                    const struct dm_road_cell *b)
{
    struct dm_road_report *report = verify->report;
    report->verified++;
    verify->left--;
    if (is_same(a->distance_m, b->distance_m) && is_same(a->duration_s, b->duration_s))
        return;
    report->different++;
    report->differ_routes += isnan(a->distance_m) != isnan(b->distance_m);
    report->differ_m = fmax(report->differ_m, fabs(a->distance_m - b->distance_m));
    report->differ_s = fmax(report->differ_s, fabs(a->duration_s - b->duration_s));
}

static enum dm_status compare_answer(struct verify *verify, size_t index, struct dm_error *error)
{
    const struct dm_layout *layout = verify->options->layout;
    const uint32_t *rows;
    const struct dm_ask *ask = dm_asker_answer(verify->options->asker, index, &rows);
    bool single = layout->shape->single;
    size_t cells = ask->kind == DM_ANSWER_TABLE ? ask->origin_count * ask->destination_count : 0;
    if (ask->kind == DM_ANSWER_SPLIT) /* the fewer random places, the likelier they fit together */
        verify->side = dm_min_u64(verify->side, dm_max_u64(ask->origin_count / 2, 1));
    for (size_t i = 0; i < cells && verify->left > 0; i++) {
        uint64_t row = i / ask->destination_count, column = i % ask->destination_count;
        uint64_t pair = single
                            ? rows[row]
                            : rows[row] * layout->destinations + rows[ask->origin_count + column];
        struct dm_road_cell before;
        if (single && row != column)
            continue;
        if (!dm_store_get(verify->options->store, pair, &before, 1))
            return dm_fail(error, DM_IO, "cannot read the answers");
        compare(verify, &before, &ask->cells[i]);
    }
    return DM_OK;
}

/* Return the number of requests that compare so many cells. */
static uint64_t requests_for(const struct verify *verify, uint64_t cells)
{
    uint64_t height, width;
    size_of(verify, &height, &width);
    return dm_times_in(verify->options->layout->shape->single ? height : height * width, cells);
}

void dm_table_plan_verify(const struct dm_table_options *options, uint64_t cells,
                          struct dm_table_plan *plan)
{
    const struct verify verify = {.options = options, .side = SIDE};
    uint64_t height, width;
    cells = dm_min_u64(cells, options->layout->pairs);
    if (cells == 0)
        return;
    size_of(&verify, &height, &width);
    plan->requests += requests_for(&verify, cells);
    plan->cells += requests_for(&verify, cells) * height * width;
}

enum dm_status dm_table_verify(const struct dm_table_options *options, uint64_t cells,
                               struct dm_executor *executor, struct dm_road_report *report,
                               struct dm_error *error)
{
    struct dm_asker *asker = options->asker;
    cells = dm_min_u64(cells, options->layout->pairs);
    struct verify verify = {
        .options = options, .report = report, .seed = dm_clock_ns(), .left = cells, .side = SIDE};
    while (verify.left > 0 && options->layout->pairs > 0) {
        size_t size = dm_min_u64(dm_asker_round_size(asker), requests_for(&verify, verify.left));
        dm_asker_clear(asker);
        while (dm_asker_count(asker) < size)
            if (!add_random(&verify)) /* its address is too long */
                verify.side = dm_max_u64(verify.side / 2, 1);
        DM_TRY(dm_asker_run(asker, executor, error));
        for (size_t i = 0; i < dm_asker_count(asker); i++)
            DM_TRY(compare_answer(&verify, i, error));
    }
    return DM_OK;
}
