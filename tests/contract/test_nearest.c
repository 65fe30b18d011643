/* What dm_nearest(), dm_within() and a search of dm_distance_stream() promise to programs: exactly
 * what somebody finds who looks through all distances. */
#include "testing/metrics.h"
#include "testing/testing.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 61, MANY = 5000 };

/* ---- looking through all distances ---- */

struct found {
    double distance;
    size_t destination;
};

static int by_distance(const void *a, const void *b)
{
    const struct found *one = a, *two = b;
    if (one->distance != two->distance)
        return one->distance < two->distance ? -1 : 1;
    return one->destination < two->destination ? -1 : 1;
}

static int by_destination(const void *a, const void *b)
{
    const struct found *one = a, *two = b;
    return one->destination < two->destination ? -1 : 1;
}

/* What is searched for: at most `nearest`, within `within`. */
struct wanted {
    const struct dm_points *origins, *destinations;
    struct dm_matrix_options options;
    uint64_t nearest; /* 0: any number */
    double within;    /* infinity: any distance */
    bool sorted_by_destination;
    size_t every;      /* row to be looked at; 0: all */
    bool with_nothing; /* rows without neighbours have one that is none */
};

/* Compares each row of distances with the next list. */
struct look {
    const struct wanted *wanted;
    const struct dm_neighbour_lists *lists;
    struct found *row;
    size_t used, rows;
};

static void assert_row(const struct look *look, size_t origin)
{
    const struct wanted *wanted = look->wanted;
    const struct dm_neighbour_lists *lists = look->lists;
    struct found *row = look->row;
    size_t count = 0, begin = (size_t)lists->row_begin[origin];
    if (wanted->every > 0 && origin % wanted->every != 0)
        return;
    qsort(row, look->used, sizeof *row, by_distance);
    while (count < look->used && row[count].distance <= wanted->within &&
           (wanted->nearest == 0 || count < wanted->nearest))
        count++;
    if (wanted->sorted_by_destination)
        qsort(row, count, sizeof *row, by_destination);
    if (wanted->with_nothing && count == 0) {
        assert_int_equal(lists->row_begin[origin + 1], begin + 1);
        assert_int_equal(lists->destinations[begin], -1);
        assert_true(isnan(lists->distances[begin]));
        return;
    }
    assert_int_equal(lists->row_begin[origin + 1], begin + count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(lists->destinations[begin + i], row[i].destination);
        assert_memory_equal(&lists->distances[begin + i], &row[i].distance, sizeof(double));
    }
}

static enum dm_status take(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    struct look *look = context;
    bool one_set = !look->wanted->destinations, once = look->wanted->options.shape;
    (void)error;
    for (size_t i = 0; i < segment->count; i++) {
        size_t destination = segment->first + i;
        if (one_set && (once ? destination <= segment->origin : destination == segment->origin))
            continue;
        look->row[look->used++] = (struct found){segment->distances[i], destination};
    }
    if (segment->row_ends) {
        assert_row(look, segment->origin);
        look->used = 0;
        look->rows++;
    }
    return DM_OK;
}

static void assert_found(const struct wanted *wanted, const struct dm_neighbour_lists *lists)
{
    const struct dm_points *to = wanted->destinations ? wanted->destinations : wanted->origins;
    struct dm_matrix_options all = {.metric = wanted->options.metric, .unit = wanted->options.unit};
    struct look look = {wanted, lists, calloc(to->count + 1, sizeof(struct found)), 0, 0};
    struct dm_sink sink = {take, &look};
    assert_int_equal(lists->origins, wanted->origins->count);
    assert_int_equal(lists->row_begin[0], 0);
    assert_int_equal(lists->row_begin[lists->origins], lists->pairs);
    assert_int_equal(dm_distance_stream(wanted->origins, wanted->destinations, &all, &sink, NULL),
                     DM_OK);
    assert_int_equal(look.rows, to->count > 0 ? wanted->origins->count : 0);
    free(look.row);
}

/* ---- the ways to search ---- */

static enum dm_status find(const struct wanted *wanted, struct dm_neighbour_lists *lists,
                           struct dm_error *error)
{
    struct dm_search_options search = {.by_destination = wanted->sorted_by_destination};
    struct dm_matrix_options options = wanted->options;
    options.search = &search;
    if (wanted->nearest == 0 || wanted->nearest % 2 == 0) { /* whichever is said as an argument */
        search.nearest = wanted->nearest;
        return dm_within(wanted->origins, wanted->destinations, wanted->within, &options, lists,
                         error);
    }
    search.limited = !isinf(wanted->within);
    search.within = wanted->within;
    return dm_nearest(wanted->origins, wanted->destinations, wanted->nearest, &options, lists,
                      error);
}

/* A sink that makes lists. */
struct making {
    struct dm_neighbour_lists lists;
    size_t room, rows; /* of these, the beginnings are known */
    pthread_t thread;
};

static void begin_rows(struct making *making, size_t rows)
{
    while (making->rows < rows)
        making->lists.row_begin[making->rows++] = (int64_t)making->lists.pairs;
}

static enum dm_status put(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    struct making *making = context;
    struct dm_neighbour_lists *lists = &making->lists;
    (void)error;
    assert_true(pthread_equal(making->thread, pthread_self()));
    assert_non_null(segment->destinations);
    assert_true(lists->pairs + segment->count <= making->room);
    if (segment->row_begins)
        begin_rows(making, segment->origin + 1);
    assert_int_equal(lists->row_begin[segment->origin] + (int64_t)segment->first, lists->pairs);
    for (size_t i = 0; i < segment->count; i++) {
        lists->destinations[lists->pairs] = (int64_t)dm_segment_destination(segment, i);
        lists->distances[lists->pairs++] = segment->distances[i];
    }
    return DM_OK;
}

static void free_making(struct making *making)
{
    free(making->lists.row_begin);
    free(making->lists.destinations);
    free(making->lists.distances);
}

static struct making stream(const struct wanted *wanted)
{
    const struct dm_points *to = wanted->destinations ? wanted->destinations : wanted->origins;
    size_t origins = wanted->origins->count;
    size_t row =
        wanted->nearest > 0 && wanted->nearest < to->count ? (size_t)wanted->nearest : to->count;
    struct making making = {.room = origins * (row + 1), .thread = pthread_self()};
    struct dm_search_options search = {.nearest = wanted->nearest,
                                       .limited = !isinf(wanted->within),
                                       .within = wanted->within,
                                       .unmatched = wanted->with_nothing ? DM_UNMATCHED_KEEP
                                                                         : DM_UNMATCHED_DROP,
                                       .by_destination = wanted->sorted_by_destination};
    struct dm_matrix_options options = wanted->options;
    struct dm_sink sink = {put, &making};
    options.search = &search;
    making.lists.origins = origins;
    making.lists.row_begin = calloc(origins + 1, sizeof *making.lists.row_begin);
    making.lists.destinations = calloc(making.room + 1, sizeof *making.lists.destinations);
    making.lists.distances = calloc(making.room + 1, sizeof *making.lists.distances);
    assert_int_equal(
        dm_distance_stream(wanted->origins, wanted->destinations, &options, &sink, NULL), DM_OK);
    begin_rows(&making, origins + 1);
    return making;
}

static void check(const struct wanted *wanted)
{
    struct dm_neighbour_lists lists;
    struct dm_error error = {.message = ""};
    if (find(wanted, &lists, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_found(wanted, &lists);
    dm_neighbour_lists_free(&lists);
    assert_null(lists.row_begin);
    if (wanted->nearest == 0 && isinf(wanted->within)) /* nothing that a stream would search for */
        return;
    struct making making = stream(wanted);
    assert_found(wanted, &making.lists);
    free_making(&making);
}

/* Points, of which some are at the same place. */
static struct dm_locations with_duplicates(const struct dm_metric *metric, size_t count,
                                           uint64_t seed)
{
    struct dm_locations locations = random_locations_for(metric, count, seed);
    for (size_t i = 7; i < count; i += 5) {
        locations.lat_deg[i] = locations.lat_deg[i / 2];
        locations.lon_deg[i] = locations.lon_deg[i / 2];
    }
    return locations;
}

static struct dm_points points_of(const struct dm_locations *locations)
{
    return (struct dm_points){locations->count, locations->lat_deg, locations->lon_deg};
}

/* A distance that some pairs are within. */
static double some_distance(const struct dm_points *points, const struct dm_matrix_options *options)
{
    struct dm_matrix_options all = {.metric = options->metric, .unit = options->unit};
    struct dm_points few = {12, points->lat, points->lon};
    double distances[144];
    assert_int_equal(dm_distance_matrix(&few, NULL, &all, distances, NULL), DM_OK);
    return distances[11];
}

static void check_all(struct wanted wanted)
{
    static const uint64_t counts[] = {1, 2, 5, COUNT - 2, COUNT - 1, COUNT, 1000, UINT64_MAX};
    double some = some_distance(wanted.origins, &wanted.options);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i += SANITIZED ? 3 : 1) {
        wanted.nearest = counts[i];
        wanted.within = i % 3 == 2 ? some : (double)INFINITY;
        wanted.sorted_by_destination = i % 2;
        check(&wanted);
    }
    const double distances[] = {0, some, (double)INFINITY};
    wanted.nearest = 0;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        wanted.within = distances[i];
        wanted.sorted_by_destination = i % 2;
        check(&wanted);
        wanted.options.shape = wanted.destinations ? NULL : &dm_shape_pairs;
        check(&wanted);
        wanted.options.shape = NULL;
    }
}

static void search_with(const struct dm_metric *metric)
{
    struct dm_locations a = with_duplicates(metric, COUNT, 1);
    struct dm_locations b = with_duplicates(metric, COUNT + 3, 1); /* and some of them the same */
    struct dm_points origins = points_of(&a), destinations = points_of(&b);
    struct wanted wanted = {.origins = &origins, .options.metric = metric};
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        wanted.options.executor = *executor;
        for (unsigned threads = 0; threads < ((*executor)->processes || SANITIZED ? 1 : 4);
             threads++) {
            wanted.options.executor_options.threads = (threads + 3) % 4; /* 3, 0, 1, 2 */
            wanted.options.grain = threads % 2 ? 0 : 7;
            wanted.options.unit = threads < 2 ? &dm_unit_km : NULL;
            wanted.destinations = NULL;
            check_all(wanted);
            wanted.destinations = &destinations;
            check_all(wanted);
        }
    }
    dm_locations_free(&a);
    dm_locations_free(&b);
}

static void it_is_what_all_distances_say(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        search_with(*metric);
}

/* One's own, which the library knows nothing of. */
static void any_metric_can_be_searched(void **state)
{
    struct dm_metric own = dm_metric_haversine;
    (void)state;
    own.name = "own";
    own.embed = NULL;
    search_with(&own);
}

/* More than fit in a leaf, and so many that the origins are taken in the order of the index. */
static void many_points_are_searched(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_locations a = with_duplicates(*metric, MANY, 3);
        struct dm_locations b = with_duplicates(*metric, MANY + 500, 4);
        struct dm_points origins = points_of(&a), destinations = points_of(&b);
        struct wanted wanted = {.origins = &origins,
                                .options.metric = *metric,
                                .nearest = 5,
                                .within = (double)INFINITY,
                                .every = 97};
        check(&wanted);
        wanted.destinations = &destinations;
        wanted.sorted_by_destination = true;
        wanted.nearest = 40;
        check(&wanted);
        wanted.options.executor = &dm_executor_process;
        wanted.options.executor_options.threads = 2;
        check(&wanted);
        dm_locations_free(&a);
        dm_locations_free(&b);
    }
}

/* Each of 200 has all others, which are more pairs than a band of the stream has. */
static void long_rows_go_by_in_bands(void **state)
{
    struct dm_locations a = random_locations(200, 5), b = random_locations(3000, 6);
    struct dm_points origins = points_of(&a), destinations = points_of(&b);
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct wanted wanted = {.origins = &origins,
                                .destinations = &destinations,
                                .options = {.executor = *executor, .executor_options.threads = 2},
                                .nearest = 2900,
                                .within = (double)INFINITY,
                                .every = 13};
        check(&wanted);
    }
    dm_locations_free(&a);
    dm_locations_free(&b);
}

/* ---- little of it ---- */

static void nothing_has_no_neighbours(void **state)
{
    double degrees[] = {1, 2};
    struct dm_points none = {0}, one = {1, degrees, degrees}, two = {2, degrees, degrees};
    struct {
        const struct dm_points *origins, *destinations;
        int64_t rows[3];
    } cases[] = {{&none, NULL, {0}},       {&none, &none, {0}},    {&none, &two, {0}},
                 {&two, &none, {0, 0, 0}}, {&one, NULL, {0, 0}},   {&one, &one, {0, 1}},
                 {&two, NULL, {0, 1, 2}},  {&two, &one, {0, 1, 2}}};
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors();; executor++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct dm_matrix_options options = {.executor = *executor,
                                                .executor_options.threads = *executor ? 2 : 0};
            struct dm_neighbour_lists lists;
            size_t origins = cases[i].origins->count;
            for (int within = 0; within < 2; within++) {
                assert_int_equal(within ? dm_within(cases[i].origins, cases[i].destinations, 1e9,
                                                    &options, &lists, NULL)
                                        : dm_nearest(cases[i].origins, cases[i].destinations, 1,
                                                     &options, &lists, NULL),
                                 DM_OK);
                assert_int_equal(lists.origins, origins);
                if (!within || cases[i].destinations != &two)
                    assert_memory_equal(lists.row_begin, cases[i].rows,
                                        (origins + 1) * sizeof(int64_t));
                dm_neighbour_lists_free(&lists);
            }
        }
        if (!*executor)
            break;
    }
    struct dm_neighbour_lists empty = {0};
    dm_neighbour_lists_free(&empty);
}

/* A table of origins x count. */
static void rows_of_one_length_are_a_table(void **state)
{
    struct dm_locations a = random_locations(COUNT, 7);
    struct dm_points points = points_of(&a);
    struct dm_neighbour_lists lists;
    (void)state;
    assert_int_equal(dm_nearest(&points, NULL, 4, NULL, &lists, NULL), DM_OK);
    for (size_t i = 0; i <= COUNT; i++)
        assert_int_equal(lists.row_begin[i], 4 * i);
    dm_neighbour_lists_free(&lists);
    dm_locations_free(&a);
}

static void the_distance_is_included(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_locations a = random_locations_for(*metric, COUNT, 8);
        struct dm_points points = points_of(&a), first = {1, points.lat, points.lon};
        struct dm_matrix_options options = {.metric = *metric, .unit = &dm_unit_km};
        struct dm_neighbour_lists nearest, within;
        assert_int_equal(dm_nearest(&first, &points, 9, &options, &nearest, NULL), DM_OK);
        double last = nearest.distances[8];
        assert_int_equal(dm_within(&first, &points, last, &options, &within, NULL), DM_OK);
        assert_int_equal(within.pairs, 9);
        assert_memory_equal(within.distances, nearest.distances, 9 * sizeof(double));
        dm_neighbour_lists_free(&within);
        assert_int_equal(dm_within(&first, &points, nextafter(last, 0), &options, &within, NULL),
                         DM_OK);
        assert_int_equal(within.pairs, 8);
        dm_neighbour_lists_free(&within);
        dm_neighbour_lists_free(&nearest);
        dm_locations_free(&a);
    }
}

/* The arguments are what counts. */
static void arguments_replace_options(void **state)
{
    struct dm_locations a = random_locations(COUNT, 9);
    struct dm_points points = points_of(&a);
    struct dm_search_options search = {.nearest = 3, .limited = true, .within_unit = &dm_unit_m};
    struct dm_matrix_options options = {.unit = &dm_unit_km, .search = &search};
    struct dm_neighbour_lists lists;
    (void)state;
    assert_int_equal(dm_within(&points, NULL, 30000, &options, &lists, NULL), DM_OK);
    assert_int_equal(lists.pairs, 3 * COUNT); /* 30,000 km, not m */
    dm_neighbour_lists_free(&lists);
    search.within = 30000e3; /* m */
    assert_int_equal(dm_nearest(&points, NULL, 5, &options, &lists, NULL), DM_OK);
    assert_int_equal(lists.pairs, 5 * COUNT);
    dm_neighbour_lists_free(&lists);
    dm_locations_free(&a);
}

static void a_stream_can_keep_the_unmatched(void **state)
{
    struct dm_locations a = random_locations(COUNT, 10);
    struct dm_points points = points_of(&a);
    struct wanted wanted = {.origins = &points, .within = 900e3, .with_nothing = true};
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        wanted.options.executor = *executor;
        struct making making = stream(&wanted);
        assert_found(&wanted, &making.lists);
        free_making(&making);
    }
    dm_locations_free(&a);
}

/* All zero is no search. */
static void an_empty_search_is_none(void **state)
{
    double degrees[] = {1, 2}, filled[4], wanted[4];
    struct dm_points points = {2, degrees, degrees};
    struct dm_search_options search = {0};
    struct dm_matrix_options options = {.search = &search};
    (void)state;
    assert_int_equal(dm_distance_matrix(&points, NULL, NULL, wanted, NULL), DM_OK);
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
    assert_memory_equal(filled, wanted, sizeof filled);
}

/* ---- what is refused ---- */

static const struct dm_neighbour_lists untouched = {.origins = 77};

static void refuse(const struct dm_points *origins, const struct dm_points *destinations,
                   uint64_t count, double distance, struct dm_matrix_options options,
                   enum dm_field field, const char *message)
{
    struct dm_neighbour_lists lists = untouched;
    struct dm_error error = {.message = ""};
    enum dm_status status =
        count != UINT64_MAX ? dm_nearest(origins, destinations, count, &options, &lists, &error)
                            : dm_within(origins, destinations, distance, &options, &lists, &error);
    assert_string_equal(error.message, message);
    assert_int_equal(error.field, field);
    assert_int_equal(status, error.status);
    assert_memory_equal(&lists, &untouched, sizeof lists);
}

static void what_makes_no_sense_is_refused(void **state)
{
    double degrees[] = {1, 2}, bad[] = {0, 181}, filled[4];
    struct dm_points points = {2, degrees, degrees}, off = {2, degrees, bad};
    struct dm_points many = {SIZE_MAX, degrees, degrees};
    struct dm_search_options keep = {.unmatched = DM_UNMATCHED_KEEP};
    struct dm_matrix_options none = {0};
    struct dm_error error;
    (void)state;
    refuse(&points, NULL, 0, 0, none, DM_FIELD_NEAREST, "the number of nearest neighbours is 0");
    refuse(&points, NULL, UINT64_MAX, -1, none, DM_FIELD_WITHIN,
           "a distance of -1 is below 0 or not a number");
    refuse(&points, NULL, UINT64_MAX, (double)NAN, none, DM_FIELD_WITHIN,
           "a distance of nan is below 0 or not a number");
    refuse(NULL, NULL, 1, 0, none, DM_FIELD_NONE,
           "origins is NULL; to pass no points, set its count to 0");
    refuse(&off, NULL, 1, 0, none, DM_FIELD_NONE, "origins[1]: longitude 181 is outside -180..180");
    refuse(&points, &off, UINT64_MAX, 5, none, DM_FIELD_NONE,
           "destinations[1]: longitude 181 is outside -180..180");
    refuse(&many, NULL, 1, 0, none, DM_FIELD_NONE,
           "18446744073709551615 locations are too many; the limit is 2147483648");
    refuse(&points, NULL, 1, 0, (struct dm_matrix_options){.search = &keep}, DM_FIELD_UNMATCHED,
           "search.unmatched has no effect: an origin without neighbours has an empty list");
    refuse(&points, NULL, 1, 0, (struct dm_matrix_options){.shape = &dm_shape_pairs},
           DM_FIELD_SHAPE, "a search within one set needs the shape square, not pairs");
    refuse(&points, NULL, UINT64_MAX, 1, (struct dm_matrix_options){.shape = &dm_shape_sequence},
           DM_FIELD_SHAPE, "a search within one set needs the shape square or pairs, not sequence");
    refuse(&points, &points, 1, 0, (struct dm_matrix_options){.shape = &dm_shape_paired},
           DM_FIELD_SHAPE, "a search between two sets needs the shape cross, not paired");
    assert_int_equal(dm_nearest(&points, NULL, 1, NULL, NULL, &error), DM_USAGE);
    assert_string_equal(error.message, "lists is NULL");
    struct dm_search_options search = {.nearest = 1};
    struct dm_matrix_options searching = {.search = &search};
    assert_int_equal(dm_distance_matrix(&points, NULL, &searching, filled, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_NEAREST);
}

/* More than any machine can address. */
static void too_many_neighbours_are_an_error(void **state)
{
    enum { HUGE = 1 << 22 };
    (void)state;
    if (SANITIZED) /* they end the process */
        skip();
    double *zeros = calloc(HUGE, sizeof *zeros);
    struct dm_points points = {HUGE, zeros, zeros};
    struct dm_neighbour_lists lists = untouched;
    struct dm_error error;
    assert_int_equal(dm_nearest(&points, NULL, HUGE, NULL, &lists, &error), DM_MEMORY);
    assert_string_equal(error.message, "out of memory for 17592181850112 neighbours");
    assert_memory_equal(&lists, &untouched, sizeof lists);
    free(zeros);
}

/* ---- ending early ---- */

static void a_raised_flag_ends_it(void **state)
{
    struct dm_locations a = random_locations(MANY, 11);
    struct dm_points points = points_of(&a);
    dm_flag stop = true;
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct dm_matrix_options options = {.executor = *executor, .stop = &stop};
        struct dm_neighbour_lists lists = untouched;
        assert_int_equal(dm_nearest(&points, NULL, 2, &options, &lists, NULL), DM_STOPPED);
        assert_memory_equal(&lists, &untouched, sizeof lists);
    }
    dm_locations_free(&a);
}

/* A metric that raises a flag. */
static dm_flag raised;
static atomic_long calls_left;

static void fill_and_raise(const struct dm_prepared *origins,
                           const struct dm_prepared *destinations, size_t origin, size_t first,
                           size_t count, double *metres)
{
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
    if (atomic_fetch_sub(&calls_left, 1) == 1)
        atomic_store(&raised, true);
}

static void a_flag_raised_meanwhile_ends_it(void **state)
{
    struct dm_locations a = random_locations(MANY, 12);
    struct dm_points points = points_of(&a);
    struct dm_metric metric = dm_metric_haversine;
    (void)state;
    metric.fill = fill_and_raise;
    metric.fill_reversed = NULL;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        if ((*executor)->processes) /* the flag would be raised in a process of its own */
            continue;
        for (int within = 0; within < 2; within++) {
            struct dm_matrix_options options = {
                .metric = &metric, .executor = *executor, .stop = &raised, .grain = 10};
            struct dm_neighbour_lists lists = untouched;
            atomic_store(&raised, false);
            atomic_store(&calls_left, 1000);
            assert_int_equal(within ? dm_within(&points, NULL, 1e6, &options, &lists, NULL)
                                    : dm_nearest(&points, NULL, 2, &options, &lists, NULL),
                             DM_STOPPED);
            assert_memory_equal(&lists, &untouched, sizeof lists);
        }
    }
    dm_locations_free(&a);
}

/* ---- an executor that is kept ---- */

static void an_opened_executor_is_used(void **state)
{
    struct dm_locations a = with_duplicates(&dm_metric_haversine, MANY, 13);
    struct dm_points points = points_of(&a);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct wanted wanted = {
            .origins = &points, .nearest = 3, .within = (double)INFINITY, .every = 501};
        if ((*ops)->processes)
            continue;
        assert_int_equal(
            (*ops)->open(&(struct dm_executor_options){.threads = 3}, &wanted.options.opened, NULL),
            DM_OK);
        for (points.count = 0; points.count <= MANY; points.count += MANY / 2)
            check(&wanted); /* again and again */
        (*ops)->close(wanted.options.opened);
    }
    dm_locations_free(&a);
}

static void opened_processes_are_refused(void **state)
{
    double degrees[] = {1, 2};
    struct dm_points points = {2, degrees, degrees};
    struct dm_matrix_options options = {0};
    (void)state;
    assert_int_equal(dm_executor_process.open(&(struct dm_executor_options){.threads = 2},
                                              &options.opened, NULL),
                     DM_OK);
    refuse(&points, NULL, 1, 0, options, DM_FIELD_EXECUTOR,
           "the executor process cannot be opened before the call: its processes would not see the "
           "points");
    dm_executor_process.close(options.opened);
}

/* ---- metrics that break their promise ---- */

static double broken_metres;

static void fill_broken(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                        size_t origin, size_t first, size_t count, double *metres)
{
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
    if (origin == 1 && first <= 3 && first + count > 3)
        metres[3 - first] = broken_metres;
}

static void what_a_metric_must_not_give_is_found(void **state)
{
    static const double broken[] = {(double)NAN, (double)INFINITY, -1, 1e300};
    struct dm_locations a = random_locations(COUNT, 14);
    struct dm_points points = points_of(&a);
    struct dm_metric metric = dm_metric_haversine;
    (void)state;
    metric.name = "broken";
    metric.embed = NULL;
    metric.fill = fill_broken;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++)
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
            struct dm_matrix_options options = {.metric = &metric, .executor = *executor};
            struct dm_neighbour_lists lists = untouched;
            struct dm_error error;
            broken_metres = broken[i];
            assert_int_equal(dm_nearest(&points, NULL, 2, &options, &lists, &error), DM_DATA);
            assert_int_equal(error.field, DM_FIELD_METRIC);
            assert_memory_equal(&lists, &untouched, sizeof lists);
        }
    dm_locations_free(&a);
}

/* ---- in many threads at once ---- */

static void *search_again(void *argument)
{
    const struct dm_points *points = argument;
    struct dm_matrix_options options = {.executor_options.threads = 2, .grain = 64};
    struct dm_neighbour_lists first, again;
    enum dm_status status = dm_nearest(points, NULL, 3, &options, &first, NULL);
    if (status != DM_OK)
        return NULL;
    for (int i = 0; i < 20 && status == DM_OK; i++) {
        status = dm_nearest(points, NULL, 3, i % 2 ? &options : NULL, &again, NULL);
        if (status != DM_OK)
            break;
        size_t pairs = first.pairs;
        if (again.pairs != pairs ||
            memcmp(first.distances, again.distances, pairs * sizeof *first.distances) != 0 ||
            memcmp(first.destinations, again.destinations, pairs * sizeof *first.destinations) != 0)
            status = DM_DIFFERENT;
        dm_neighbour_lists_free(&again);
    }
    dm_neighbour_lists_free(&first);
    return status == DM_OK ? argument : NULL;
}

static void it_can_be_called_in_many_threads(void **state)
{
    enum { THREADS = 6 };
    struct dm_locations sets[THREADS];
    struct dm_points points[THREADS];
    pthread_t threads[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++) {
        sets[i] = random_locations(COUNT, 20 + (uint64_t)i);
        points[i] = points_of(&sets[i]);
        assert_int_equal(pthread_create(&threads[i], NULL, search_again, &points[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *well;
        assert_int_equal(pthread_join(threads[i], &well), 0);
        assert_non_null(well);
        dm_locations_free(&sets[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_what_all_distances_say),
        cmocka_unit_test(any_metric_can_be_searched),
        cmocka_unit_test(many_points_are_searched),
        cmocka_unit_test(long_rows_go_by_in_bands),
        cmocka_unit_test(nothing_has_no_neighbours),
        cmocka_unit_test(rows_of_one_length_are_a_table),
        cmocka_unit_test(the_distance_is_included),
        cmocka_unit_test(arguments_replace_options),
        cmocka_unit_test(a_stream_can_keep_the_unmatched),
        cmocka_unit_test(an_empty_search_is_none),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(too_many_neighbours_are_an_error),
        cmocka_unit_test(a_raised_flag_ends_it),
        cmocka_unit_test(a_flag_raised_meanwhile_ends_it),
        cmocka_unit_test(an_opened_executor_is_used),
        cmocka_unit_test(opened_processes_are_refused),
        cmocka_unit_test(what_a_metric_must_not_give_is_found),
        cmocka_unit_test(it_can_be_called_in_many_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
