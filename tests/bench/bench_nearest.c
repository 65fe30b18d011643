/* The five nearest of many places: building the index (with preparing the metric), and searching
 * it, for places that lie in different ways, and with two threads. The ratio is that to places
 * spread evenly over the sphere, on one thread. Other programs: peers/nearest/run.sh.
 *
 *     bench_nearest [PLACES]      (default 100000) */
#include "bench/bench.h"

#include "search/find.h"
#include "search/order.h"
#include "testing/testing.h"

#include <math.h>
#include <string.h>

enum { NEAREST = 5, ROUNDS = 5, TASK = 1 << 10 };

typedef void place(struct random *random, size_t i, struct dm_locations *locations);

struct set {
    const char *name;
    place *place;
};

static double unit(struct random *random)
{
    return (double)random_below(random, 1 << 30) / (1 << 30);
}

static void put(struct dm_locations *locations, size_t i, double lat, double lon)
{
    locations->lat_deg[i] = lat;
    locations->lon_deg[i] = lon;
}

static void spread(struct random *random, size_t i, struct dm_locations *locations)
{
    const double degrees = 57.29577951308232;
    put(locations, i, asin(2 * unit(random) - 1) * degrees, 360 * unit(random) - 180);
}

/* Of ten places, nine are where an earlier one is. */
static void repeat(struct random *random, size_t i, struct dm_locations *locations)
{
    size_t earlier = i > 0 ? random_below(random, (unsigned)i) : 0;
    if (i > 0 && random_below(random, 10) > 0)
        put(locations, i, locations->lat_deg[earlier], locations->lon_deg[earlier]);
    else
        spread(random, i, locations);
}

static void on_equator(struct random *random, size_t i, struct dm_locations *locations)
{
    put(locations, i, 0, 360 * unit(random) - 180);
}

static void on_meridian(struct random *random, size_t i, struct dm_locations *locations)
{
    put(locations, i, 180 * unit(random) - 90, 7);
}

/* In towns of 3 km, a thousand of them. */
static void in_towns(struct random *random, size_t i, struct dm_locations *locations)
{
    struct random town = {random_below(random, 1000) + 1};
    spread(&town, i, locations);
    locations->lat_deg[i] = fmin(90, locations->lat_deg[i] + 0.03 * unit(random));
    locations->lon_deg[i] = fmin(180, locations->lon_deg[i] + 0.03 * unit(random));
}

static void at_one_point(struct random *random, size_t i, struct dm_locations *locations)
{
    (void)random;
    put(locations, i, 48.85, 2.35);
}

static const struct set sets[] = {
    {"spread evenly", spread},      {"nine of ten repeated", repeat},
    {"on the equator", on_equator}, {"on a meridian", on_meridian},
    {"in towns", in_towns},         {"at one point", at_one_point},
};
enum { SETS = sizeof sets / sizeof *sets };

/* What is measured, with its results. */
struct job {
    const struct dm_metric *metric;
    struct dm_locations locations;
    unsigned threads;
    struct dm_index index;
    struct dm_order order;
    struct dm_query query;
    struct dm_phase phase;
    double *distances;
    size_t *rows;
};

static void must(enum dm_status status, const struct dm_error *error)
{
    if (status == DM_OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static void build(void *context)
{
    struct job *job = context;
    struct dm_error error;
    struct dm_timing timing = {0};
    const struct dm_metric_options options = {0};
    job->phase.timing = &timing;
    dm_order_free(&job->order);
    dm_index_free(&job->index);
    must(dm_index_build(&job->locations, NULL, job->metric, &options, &job->phase, &job->index,
                        &error),
         &error);
    must(dm_order_make(&job->index, NULL, false, &job->phase, &job->order, &error), &error);
    free(timing.stats.workers);
}

static void search_task(void *context, size_t index)
{
    struct job *job = context;
    size_t end =
        (index + 1) * TASK < job->locations.count ? (index + 1) * TASK : job->locations.count;
    for (size_t i = index * TASK; i < end; i++) {
        size_t row = job->order.rows ? job->order.rows[i] : i;
        struct dm_neighbours found = {.distances = job->distances + row * NEAREST,
                                      .rows = job->rows + row * NEAREST,
                                      .most = NEAREST};
        dm_query_find(&job->query, row, &found);
    }
}

static void search(void *context)
{
    struct job *job = context;
    struct dm_error error;
    struct dm_timing timing = {0};
    job->phase.timing = &timing;
    job->query = (struct dm_query){.index = &job->index,
                                   .origins = &job->locations,
                                   .within_set = true,
                                   .nearest = NEAREST,
                                   .within = INFINITY,
                                   .metres_per_unit = 1000,
                                   .longest_m = NAN};
    must(dm_phase_begin(&job->phase, &error), &error);
    must(dm_phase_run(&job->phase, (job->locations.count + TASK - 1) / TASK, search_task, job,
                      &error),
         &error);
    free(timing.stats.workers);
}

static void make(struct job *job, const struct set *set, size_t count,
                 const struct dm_metric *metric, unsigned threads)
{
    struct random random = {42};
    *job = (struct job){.metric = metric, .threads = threads};
    job->locations.count = count;
    job->locations.lat_deg = malloc(count * sizeof(double));
    job->locations.lon_deg = malloc(count * sizeof(double));
    job->distances = malloc(count * NEAREST * sizeof *job->distances);
    job->rows = malloc(count * NEAREST * sizeof *job->rows);
    if (!job->locations.lat_deg || !job->locations.lon_deg || !job->distances || !job->rows)
        exit(1);
    job->phase.ops = threads == 1 ? &dm_executor_serial : &dm_executor_pool;
    job->phase.options.threads = threads;
    for (size_t i = 0; i < count; i++)
        set->place(&random, i, &job->locations);
}

static void drop(struct job *job)
{
    dm_phase_close(&job->phase);
    dm_order_free(&job->order);
    dm_index_free(&job->index);
    dm_locations_free(&job->locations);
    free(job->distances);
    free(job->rows);
}

static void measure(const struct dm_metric *metric, size_t count)
{
    static struct job jobs[SETS + 1];
    struct bench builds[SETS + 1], searches[SETS + 1];
    for (size_t i = 0; i <= SETS; i++) {
        const char *name = i < SETS ? sets[i].name : "spread evenly, two threads";
        make(&jobs[i], &sets[i % SETS], count, metric, i < SETS ? 1 : 2);
        builds[i] = (struct bench){name, build, &jobs[i], count, {0}};
        searches[i] = (struct bench){name, search, &jobs[i], count, {0}};
    }
    printf("\n%s, %zu places: building and preparing, ns a place\n", metric->name, count);
    bench_run(builds, SETS + 1, ROUNDS);
    printf("%s, %zu places: the %d nearest, ns a place\n", metric->name, count, NEAREST);
    bench_run(searches, SETS + 1, ROUNDS);
    for (size_t i = 0; i <= SETS; i++)
        drop(&jobs[i]);
}

int main(int count, char **words)
{
    size_t places = count > 1 ? strtoul(words[1], NULL, 10) : 100000;
    if (places < NEAREST + 1 || places > DM_LOCATIONS_MAX) {
        fprintf(stderr, "usage: bench_nearest [PLACES]\n");
        return 1;
    }
    measure(&dm_metric_haversine, places);
    measure(&dm_metric_geodesic, places);
    return 0;
}
