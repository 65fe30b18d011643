/* What a distance takes and how far off it is: every metric on every instruction set, with points
 * world-wide, in 500 km and in 10 km, beside a plain haversine of libm calls and PROJ's
 * geod_inverse().
 *
 * In a tile, 128 origins go to 896 destinations that stay in the nearest caches, into one row. In
 * a stream, origins go to 200,000 destinations, into a buffer of 2 MiB, the pipeline's largest
 * band.
 *
 *     build/release/bench_metric            all of it, some minutes
 *     build/release/bench_metric --quick    fewer pairs for the errors
 */
#include "bench/bench.h"
#include "testing/metrics.h"
#include "testing/references.h"

#include <geodesic.h>

#include <math.h>
#include <string.h>

enum {
    TILE = 1024,
    TILE_ORIGINS = 128, /* enough that fetching the destinations at first does not count */
    LIBM_ORIGINS = 16,
    STREAM = 200000,
    BAND = 1 << 18,
    STREAM_FILL = 1 << 13, /* as the pipeline's largest task */
    PROJ_ORIGINS = 2,
    ROUNDS = 31,
    METRICS_MAX = 8,
    ISAS_MAX = 4,
    BENCHES_MAX = 2 + 2 * METRICS_MAX * ISAS_MAX
};

#define DEGREE (3.14159265358979323846 / 180)
#define METRES_PER_DEGREE 111195.0

static _Alignas(64) double row[TILE];
static double *band;

/* ---- contestants ---- */

struct contestant {
    const struct dm_metric *metric;
    struct dm_prepared *prepared;
    const struct dm_locations *locations;
    struct geod_geodesic earth;
};

static void run_tile(void *context)
{
    const struct contestant *c = context;
    for (size_t i = 0; i < TILE_ORIGINS; i++)
        c->metric->fill(c->prepared, c->prepared, i, TILE_ORIGINS, TILE - TILE_ORIGINS, row);
}

static void run_stream(void *context)
{
    const struct contestant *c = context;
    size_t used = 0;
    for (size_t i = 0; i < 2; i++) {
        for (size_t first = 2; first + STREAM_FILL <= STREAM; first += STREAM_FILL) {
            c->metric->fill(c->prepared, c->prepared, i, first, STREAM_FILL, band + used);
            used = (used + STREAM_FILL) % BAND;
        }
    }
}

static double plain_haversine(double lat1, double lon1, double lat2, double lon2)
{
    double north = sin((lat2 - lat1) * (DEGREE / 2)), east = sin((lon2 - lon1) * (DEGREE / 2));
    double h = north * north + cos(lat1 * DEGREE) * cos(lat2 * DEGREE) * east * east;
    return 2 * DM_EARTH_RADIUS_M * asin(sqrt(h));
}

static void run_libm(void *context)
{
    const struct contestant *c = context;
    const double *lat = c->locations->lat_deg, *lon = c->locations->lon_deg;
    for (size_t i = 0; i < LIBM_ORIGINS; i++)
        for (size_t j = TILE_ORIGINS; j < TILE; j++)
            row[j] = plain_haversine(lat[i], lon[i], lat[j], lon[j]);
}

static void run_proj(void *context)
{
    const struct contestant *c = context;
    const double *lat = c->locations->lat_deg, *lon = c->locations->lon_deg;
    for (size_t i = 0; i < PROJ_ORIGINS; i++)
        for (size_t j = TILE_ORIGINS; j < TILE; j++)
            geod_inverse(&c->earth, lat[i], lon[i], lat[j], lon[j], &row[j], NULL, NULL);
}

/* ---- places ---- */

struct area {
    const char *name;
    double size_deg; /* 0: the world */
    size_t points;   /* whose pairs the errors are looked for in */
};

/* As degrees, or as metres for a planar metric. */
static struct dm_locations locations_in(const struct area *area, const struct dm_metric *metric,
                                        size_t count)
{
    double size_deg = area->size_deg;
    struct dm_locations locations =
        size_deg > 0 ? regional_locations(count, size_deg, 71) : random_locations(count, 71);
    for (size_t i = 0; metric->coordinates == DM_PLANAR && i < count; i++) {
        locations.y_m[i] *= METRES_PER_DEGREE;
        locations.x_m[i] *= METRES_PER_DEGREE;
    }
    locations.coordinates = metric->coordinates;
    return locations;
}

/* ---- errors ---- */

/* Exact distances of each point from those before it. */
static long double *exact_distances(const struct dm_metric *metric,
                                    const struct dm_locations *locations)
{
    size_t n = locations->count;
    reference *distance_of = reference_of(metric);
    long double *exact_m = malloc(n * n / 2 * sizeof *exact_m), *at = exact_m;
    assert_non_null(exact_m);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            *at++ = distance_of(locations->lat_deg[i], locations->lon_deg[i], locations->lat_deg[j],
                                locations->lon_deg[j]);
    return exact_m;
}

static double largest_error(const struct dm_metric *metric, const struct dm_locations *locations,
                            const long double *exact_m, const char *isa)
{
    size_t n = locations->count;
    struct dm_prepared *prepared = prepare_on(metric, locations, isa);
    double *metres = malloc(n * sizeof *metres), worst = 0;
    assert_non_null(metres);
    for (size_t i = 0; i < n; i++) {
        metric->fill(prepared, prepared, i, 0, i, metres);
        for (size_t j = 0; j < i; j++)
            worst = fmax(worst, (double)fabsl(metres[j] - *exact_m++));
    }
    metric->dispose(prepared);
    free(metres);
    return worst;
}

/* ---- the table ---- */

struct table {
    struct bench benches[BENCHES_MAX];
    struct contestant contestants[BENCHES_MAX];
    char names[BENCHES_MAX][64];
    double errors[BENCHES_MAX]; /* negative: not looked for */
    size_t count;
};

static void add(struct table *table, const char *name, void (*once)(void *), size_t items,
                const struct contestant *contestant, double error)
{
    size_t i = table->count++;
    snprintf(table->names[i], sizeof table->names[i], "%s", name);
    table->contestants[i] = *contestant;
    table->errors[i] = error;
    table->benches[i] = (struct bench){table->names[i], once, &table->contestants[i], items, {0}};
}

/* One metric on every instruction set. */
static void add_metric(struct table *table, const struct dm_metric *metric, const struct area *area)
{
    struct dm_locations few = locations_in(area, metric, TILE);
    struct dm_locations many = locations_in(area, metric, STREAM);
    struct dm_locations checked = locations_in(area, metric, area->points);
    long double *exact_m = exact_distances(metric, &checked);
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        char name[64];
        if (!(*isa)->here())
            continue;
        struct contestant c = {.metric = metric};
        c.prepared = prepare_on(metric, &few, (*isa)->name);
        snprintf(name, sizeof name, "%s %s tile", metric->name, (*isa)->name);
        add(table, name, run_tile, TILE_ORIGINS * (TILE - TILE_ORIGINS), &c,
            largest_error(metric, &checked, exact_m, (*isa)->name));
        c.prepared = prepare_on(metric, &many, (*isa)->name);
        snprintf(name, sizeof name, "%s %s stream", metric->name, (*isa)->name);
        add(table, name, run_stream, 2 * ((STREAM - 2) / STREAM_FILL * STREAM_FILL), &c, -1);
    }
    free(exact_m);
    dm_locations_free(&few);
    dm_locations_free(&many);
    dm_locations_free(&checked);
}

static void add_baselines(struct table *table, const struct dm_locations *locations)
{
    struct contestant c = {.locations = locations};
    geod_init(&c.earth, dm_ellipsoid_wgs84.a_m, dm_flattening(&dm_ellipsoid_wgs84));
    add(table, "libm haversine", run_libm, LIBM_ORIGINS * (TILE - TILE_ORIGINS), &c, -1);
    add(table, "geod_inverse", run_proj, PROJ_ORIGINS * (TILE - TILE_ORIGINS), &c, -1);
}

static void print(const struct table *table)
{
    const struct bench *libm = &table->benches[0], *proj = &table->benches[1];
    printf("  %-30s %9s %9s %10s %12s %10s\n", "", "least ns", "median ns", "libm/this",
           "PROJ/this", "error nm");
    for (size_t i = 0; i < table->count; i++) {
        const struct bench *bench = &table->benches[i];
        double median = bench->ns[ROUNDS / 2];
        printf("  %-30s %9.2f %9.2f %10.1f %12.1f", bench->name, bench->ns[0], median,
               libm->ns[ROUNDS / 2] / median, proj->ns[ROUNDS / 2] / median);
        if (table->errors[i] >= 0)
            printf(" %10.2f", table->errors[i] * 1e9);
        putchar('\n');
    }
}

static void measure(const struct area *area)
{
    static struct table table;
    memset(&table, 0, sizeof table);
    struct dm_locations locations = locations_in(area, &dm_metric_haversine, TILE);
    add_baselines(&table, &locations);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        add_metric(&table, *metric, area);
    bench_measure(table.benches, table.count, ROUNDS);
    size_t pairs = area->points * (area->points - 1) / 2;
    printf("%s, errors over %zu pairs\n", area->name, pairs);
    print(&table);
    for (size_t i = 2; i < table.count; i++)
        table.contestants[i].metric->dispose(table.contestants[i].prepared);
    dm_locations_free(&locations);
}

static void print_degenerate_errors(void)
{
    struct dm_locations locations = degenerate_locations();
    printf("errors in nm over all %zu pairs of degenerate places\n",
           locations.count * (locations.count - 1) / 2);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        if ((*metric)->coordinates == DM_PLANAR)
            continue;
        long double *exact_m = exact_distances(*metric, &locations);
        printf("  %-16s", (*metric)->name);
        for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
            if ((*isa)->here())
                printf(" %s %.2f", (*isa)->name,
                       largest_error(*metric, &locations, exact_m, (*isa)->name) * 1e9);
        putchar('\n');
        free(exact_m);
    }
    dm_locations_free(&locations);
}

int main(int argc, char **argv)
{
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    const struct area areas[] = {{"world-wide", 0, quick ? 200 : 1415},
                                 {"in 500 km", 4.5, quick ? 200 : 500},
                                 {"in 10 km", 0.09, quick ? 200 : 500}};
    band = malloc(BAND * sizeof *band);
    assert_non_null(band);
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        measure(&areas[i]);
    print_degenerate_errors();
    free(band);
    return 0;
}
