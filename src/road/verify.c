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
};

static uint32_t random_below(struct verify *verify, uint64_t most)
{
    verify->seed += DM_MIX_STEP;
    return (uint32_t)(dm_mix(verify->seed) % most);
}

static uint64_t side_of(const struct verify *verify, uint64_t count)
{
    uint64_t most = (uint64_t)sqrt((double)dm_asker_cells(verify->options->asker));
    return dm_min_u64(dm_min_u64(SIDE, most), count);
}

/* Add a request between random places. */
static bool add_random(struct verify *verify)
{
    const struct dm_layout *layout = verify->options->layout;
    bool single = layout->shape->single;
    uint64_t rows = single ? layout->pairs : layout->origins;
    uint64_t height = side_of(verify, rows);
    uint64_t width = single ? height : side_of(verify, layout->destinations);
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

enum dm_status dm_table_verify(const struct dm_table_options *options, uint64_t cells,
                               struct dm_executor *executor, struct dm_road_report *report,
                               struct dm_error *error)
{
    struct dm_asker *asker = options->asker;
    struct verify verify = {
        .options = options, .report = report, .seed = dm_clock_ns(), .left = cells};
    uint64_t each = options->layout->shape->single ? SIDE : SIDE * SIDE;
    while (verify.left > 0 && options->layout->pairs > 0) {
        size_t size = dm_min_u64(dm_asker_round_size(asker), dm_times_in(each, verify.left));
        dm_asker_clear(asker);
        while (dm_asker_count(asker) < size && add_random(&verify)) {
        }
        DM_TRY(dm_asker_run(asker, executor, error));
        for (size_t i = 0; i < dm_asker_count(asker); i++)
            DM_TRY(compare_answer(&verify, i, error));
    }
    return DM_OK;
}
