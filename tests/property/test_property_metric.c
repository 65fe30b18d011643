/* Distances are distances: nothing, never negative, the same both ways, and no way round is
 * shorter; whatever the order of the points and however rows are cut. */
#include "property/points.h"
#include "property/property.h"

#include "testing/metrics.h"

#include <math.h>
#include <string.h>

enum { CELLS = POINTS_MAX * POINTS_MAX };

/* All distances of the points, in rows. */
static void fill_all(const struct dm_metric *metric, const struct points *points, const char *isa,
                     double *metres)
{
    struct dm_locations locations = points_for(metric, points);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < points->count; i++)
        metric->fill(prepared, prepared, i, 0, points->count, metres + i * points->count);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

static const struct dm_isa *draw_isa(struct random *random)
{
    const struct dm_isa *isa;
    size_t count = 0;
    while (dm_isas()[count])
        count++;
    do
        isa = dm_isas()[random_below(random, count)];
    while (!isa->here());
    return isa;
}

static void distances_are_numbers_and_symmetric(struct random *random, const struct world *world)
{
    double metres[CELLS];
    const struct dm_metric *metric = draw_metric(random);
    struct points points = draw_points(random);
    size_t n = points.count;
    (void)world;
    fill_all(metric, &points, draw_isa(random)->name, metres);
    for (size_t i = 0; i < n; i++) {
        assert_true(metres[i * n + i] == 0);
        for (size_t j = 0; j < n; j++) {
            double there = metres[i * n + j], back = metres[j * n + i];
            assert_true(isfinite(there) && !signbit(there));
            assert_memory_equal(&there, &back, sizeof there);
        }
    }
}

static void no_way_round_is_shorter(struct random *random, const struct world *world)
{
    double metres[CELLS];
    const struct dm_metric *metric = draw_metric(random);
    struct points points = draw_points(random);
    size_t n = points.count;
    (void)world;
    if (metric == &dm_metric_equirectangular)
        return; /* its formula is not one of lengths */
    fill_all(metric, &points, draw_isa(random)->name, metres);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            for (size_t k = 0; k < n; k++) {
                double straight = metres[i * n + k], round = metres[i * n + j] + metres[j * n + k];
                assert_true(straight <= round + 3 * promised_m(metric, round));
            }
        }
    }
}

/* A way back is computed from its other end: off by less than what two errors promise. SSE2 cannot
 * fuse, and its geodesics are further off. */
static double order_matters_m(const struct dm_metric *metric, const char *isa)
{
    bool coarse = metric == &dm_metric_geodesic && strcmp(isa, "sse2") == 0;
    return coarse ? 2 * promised_m(metric, 0) : 10e-9;
}

static void the_order_of_points_does_not_matter(struct random *random, const struct world *world)
{
    double metres[CELLS], others[CELLS];
    size_t place[POINTS_MAX];
    const struct dm_metric *metric = draw_metric(random);
    const char *isa = draw_isa(random)->name;
    struct points points = draw_points(random), shuffled = points;
    size_t n = points.count;
    (void)world;
    for (size_t i = 0; i < n; i++) {
        size_t j = random_below(random, i + 1);
        place[i] = j < i ? place[j] : i;
        place[j] = i;
    }
    for (size_t i = 0; i < n; i++)
        memcpy(&shuffled.degrees[2 * i], &points.degrees[2 * place[i]], 2 * sizeof(double));
    fill_all(metric, &points, isa, metres);
    fill_all(metric, &shuffled, isa, others);
    double most = order_matters_m(metric, isa);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            assert_true(fabs(others[i * n + j] - metres[place[i] * n + place[j]]) <= most);
    }
}

static void cut_rows_have_the_same_bits(struct random *random, const struct world *world)
{
    double whole[CELLS], parts[CELLS];
    const struct dm_metric *metric = draw_metric(random);
    const char *isa = draw_isa(random)->name;
    struct points points = draw_points(random);
    size_t n = points.count;
    (void)world;
    fill_all(metric, &points, isa, whole);
    struct dm_locations locations = points_for(metric, &points);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < n; i++) {
        for (size_t first = 0, count; first < n; first += count) {
            count = 1 + random_below(random, n - first);
            metric->fill(prepared, prepared, i, first, count, parts + i * n + first);
        }
    }
    assert_memory_equal(whole, parts, n * n * sizeof *whole);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

/* AVX2 and AVX-512 have the same bits; from SSE2 each may be off by what is promised. */
static void instruction_sets_agree_as_promised(struct random *random, const struct world *world)
{
    double best[CELLS], others[CELLS];
    const struct dm_metric *metric = draw_metric(random);
    struct points points = draw_points(random);
    const struct dm_isa *isa;
    (void)world;
    assert_int_equal(dm_isa_choose(NULL, &isa, NULL), DM_OK);
    fill_all(metric, &points, isa->name, best);
    for (const struct dm_isa *const *other = dm_isas(); *other; other++) {
        if (!(*other)->here())
            continue;
        fill_all(metric, &points, (*other)->name, others);
        bool same = strncmp(isa->name, "avx", 3) == 0 && strncmp((*other)->name, "avx", 3) == 0;
        for (size_t i = 0; i < points.count * points.count; i++) {
            if (same)
                assert_memory_equal(&best[i], &others[i], sizeof *best);
            assert_true(fabs(best[i] - others[i]) <= 2 * promised_m(metric, best[i]));
        }
    }
}

int main(int argc, char **argv)
{
    static const struct property properties[] = {
        PROPERTY(distances_are_numbers_and_symmetric), PROPERTY(no_way_round_is_shorter),
        PROPERTY(the_order_of_points_does_not_matter), PROPERTY(cut_rows_have_the_same_bits),
        PROPERTY(instruction_sets_agree_as_promised),
    };
    return try_properties(argc, argv, properties, sizeof properties / sizeof *properties, 5000);
}
