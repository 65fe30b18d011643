/* A search finds what measuring all pairs finds, to the bit: with every metric, on every
 * instruction set, with the places where formulas break and with random sets.
 *
 *     test_search            some thousand random sets
 *     test_search SEED       the random set of this seed
 *     test_search --sets N   the random sets of the seeds 1, 2, ... N
 */
#include "testing/metrics.h"
#include "testing/searches.h"
#include "testing/uneven.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

static struct search defaults(const struct dm_metric *metric, const struct dm_locations *origins)
{
    return (struct search){.metric = metric,
                           .origins = origins,
                           .metres_per_unit = 1000,
                           .nearest = SIZE_MAX,
                           .within = INFINITY};
}

/* ---- numbers of neighbours and distances ---- */

enum { EVERY = 5 /* of the origins, others each time */ };

/* Around the length of a list that is kept sorted, and around the number of places. */
static void with_many_numbers(struct search *search, struct searched *searched, const char *text)
{
    size_t n = search->destinations ? search->destinations->count : search->origins->count;
    const size_t numbers[] = {1,
                              2,
                              5,
                              DM_NEIGHBOURS_SHORT - 1,
                              DM_NEIGHBOURS_SHORT,
                              DM_NEIGHBOURS_SHORT + 1,
                              DM_NEIGHBOURS_SHORT + 2,
                              n > 1 ? n - 1 : 1,
                              n,
                              n + 3,
                              SIZE_MAX};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        search->nearest = numbers[i];
        search->by_row = i % 3 == 2;
        assert_many_neighbours(searched, i % EVERY, EVERY, text);
    }
    search->nearest = SIZE_MAX;
    search->by_row = false;
}

/* The distances of the neighbours of one origin and the doubles next to them, and others. */
static void with_many_distances(struct search *search, struct searched *searched, const char *text)
{
    double longest = search->metric->longest(searched->origins, searched->destinations) /
                     search->metres_per_unit;
    const double distances[] = {0, DBL_MIN, longest * 1e-17, longest / 2, longest, INFINITY};
    size_t n = search->destinations ? search->destinations->count : search->origins->count;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        search->within = distances[i];
        assert_many_neighbours(searched, i % EVERY, EVERY, text);
    }
    for (size_t i = 0; i < 24; i++) {
        double exact = written_distance(searched, search->origins->count / 2, i * 7 % n);
        search->within = i % 3 == 0   ? exact
                         : i % 3 == 1 ? nextafter(exact, 0)
                                      : nextafter(exact, INFINITY);
        search->nearest = i % 4 == 3 ? 3 : SIZE_MAX;
        assert_neighbours(searched, search->origins->count / 2, text);
        assert_many_neighbours(searched, i % EVERY, EVERY, text);
    }
    search->within = INFINITY;
    search->nearest = SIZE_MAX;
}

static void with_everything(struct search *search, const char *text)
{
    struct searched searched = open_search(search);
    with_many_numbers(search, &searched, text);
    with_many_distances(search, &searched, text);
    search->each_once = !search->destinations;
    with_many_distances(search, &searched, text);
    search->each_once = false;
    close_search(&searched);
}

/* ---- fixed sets ---- */

/* Some of the locations, with room for `more`. */
static struct dm_locations copy_of(const struct dm_locations *locations, size_t begin, size_t step)
{
    double *degrees = malloc((2 * locations->count + 1) * sizeof *degrees);
    size_t count = 0;
    assert_non_null(degrees);
    for (size_t i = begin; i < locations->count; i += step, count++) {
        degrees[2 * count] = locations->lat_deg[i];
        degrees[2 * count + 1] = locations->lon_deg[i];
        if (locations->coordinates == DM_PLANAR) {
            degrees[2 * count] = locations->x_m[i];
            degrees[2 * count + 1] = locations->y_m[i];
        }
    }
    struct dm_locations copy = locations->coordinates == DM_PLANAR ? planar_at(degrees, count)
                                                                   : locations_at(degrees, count);
    free(degrees);
    return copy;
}

static const char *isa_of_all; /* of the search at hand */

static void with_one_and_two_sets(const struct dm_metric *metric,
                                  const struct dm_metric_options *options,
                                  struct dm_locations locations)
{
    struct dm_locations some = copy_of(&locations, 1, 3);
    struct search search = defaults(metric, &locations);
    search.options = *options;
    search.options.isa = isa_of_all;
    search.checked = true;
    with_everything(&search, metric->name);
    search.destinations = &some;
    with_everything(&search, metric->name);
    search.origins = &some;
    search.destinations = &locations;
    with_everything(&search, metric->name);
    dm_locations_free(&some);
    dm_locations_free(&locations);
}

static void finds_in_awkward_sets(const struct dm_metric *metric, const char *isa)
{
    struct dm_metric_options options = {0};
    isa_of_all = isa;
    with_one_and_two_sets(metric, &options, awkward_locations_for(metric));
    if (metric->coordinates == DM_PLANAR)
        return;
    struct dm_locations all = degenerate_locations();
    with_one_and_two_sets(metric, &options, copy_of(&all, 0, 2));
    with_one_and_two_sets(metric, &options, opposite_locations(90, 23));
    dm_locations_free(&all);
}

static void every_metric_finds_the_same_as_all_pairs(void **state)
{
    (void)state;
    with_every_metric(finds_in_awkward_sets);
}

static void a_users_metric_finds_the_same_as_all_pairs(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = user_metrics; *metric; metric++)
        finds_in_awkward_sets(*metric, NULL);
}

/* Reciprocal flattenings of ellipsoids; 0 is a sphere. */
static const double flattenings[] = {0, 298.257223563, 150, 50, -50, -150};
static const double radii_m[] = {DM_RADIUS_MIN_M, 4194e3, 6378137, DM_RADIUS_MAX_M};

enum {
    FLATTENINGS = sizeof flattenings / sizeof *flattenings,
    RADII = sizeof radii_m / sizeof *radii_m
};

static void every_body_finds_the_same_as_all_pairs(void **state)
{
    (void)state;
    isa_of_all = NULL;
    for (size_t r = 0; r < RADII; r++) {
        struct dm_metric_options options = {.radius_m = radii_m[r]};
        with_one_and_two_sets(&dm_metric_haversine, &options, opposite_locations(70, r));
        with_one_and_two_sets(&dm_metric_equirectangular, &options, random_locations(70, r));
        with_one_and_two_sets(&metric_uneven, &options, opposite_locations(70, r));
        for (size_t f = 0; f < FLATTENINGS; f++) {
            options =
                (struct dm_metric_options){.ellipsoid = {.a_m = radii_m[r], .rf = flattenings[f]}};
            with_one_and_two_sets(&dm_metric_geodesic, &options, opposite_locations(40, r + f));
        }
    }
}

/* ---- the rules ---- */

/* Many rows at few places, in turn, so that every origin has some of its own before and after it.
 */
static struct dm_locations coincident(size_t count)
{
    static const double places[][2] = {
        {48.1, 11.5}, {-31.9, 115.9},         {90, 0}, {90, 77}, {0, 180},
        {0, -180},    {48.1, 11.500000000001}};
    enum { PLACES = sizeof places / sizeof *places };
    double *degrees = malloc(2 * count * sizeof *degrees);
    assert_non_null(degrees);
    for (size_t i = 0; i < count; i++)
        memcpy(degrees + 2 * i, places[i * i % 11 % PLACES], sizeof *places);
    struct dm_locations locations = locations_at(degrees, count);
    free(degrees);
    return locations;
}

static void coincident_places_are_neighbours(void **state)
{
    (void)state;
    isa_of_all = NULL;
    struct dm_metric_options options = {0};
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        if ((*metric)->coordinates == DM_GEOGRAPHIC)
            with_one_and_two_sets(*metric, &options, coincident(120));
    for (const struct dm_metric *const *metric = user_metrics; *metric; metric++)
        with_one_and_two_sets(*metric, &options, coincident(120));
}

static void assert_finds(const struct search *search, size_t row, size_t count, const size_t *rows)
{
    struct searched searched = open_search(search);
    assert_neighbours(&searched, row, "rules");
    assert_int_equal(searched.found.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(searched.found.rows[i], rows[i]);
    close_search(&searched);
}

/* The origin is left out by its row, not by its distance; with two sets nothing is. */
static void the_origin_is_left_out_by_its_row(void **state)
{
    (void)state;
    static const double degrees[] = {1, 2, 1, 2, 1, 2, 50, 60};
    struct dm_locations locations = locations_at(degrees, 4), same = locations_at(degrees, 4);
    struct search search = defaults(&dm_metric_geodesic, &locations);
    search.nearest = 2;
    assert_finds(&search, 0, 2, (size_t[]){1, 2});
    assert_finds(&search, 1, 2, (size_t[]){0, 2});
    assert_finds(&search, 2, 2, (size_t[]){0, 1});
    assert_finds(&search, 3, 2, (size_t[]){0, 1});
    search.within = 0;
    search.nearest = SIZE_MAX;
    assert_finds(&search, 1, 2, (size_t[]){0, 2});
    assert_finds(&search, 3, 0, NULL);
    search.each_once = true;
    assert_finds(&search, 1, 1, (size_t[]){2});
    search.each_once = false;
    search.destinations = &same;
    assert_finds(&search, 1, 3, (size_t[]){0, 1, 2});
    assert_finds(&search, 3, 1, (size_t[]){3});
    dm_locations_free(&locations);
    dm_locations_free(&same);
}

/* All are equally far from the pole, so that the lowest rows are the neighbours. */
static void equal_distances_are_decided_by_row(void **state)
{
    (void)state;
    enum { N = 500 };
    double degrees[2 * N];
    size_t rows[40];
    for (size_t i = 0; i < N; i++) {
        degrees[2 * i] = i == N / 2 ? 90 : 60;
        degrees[2 * i + 1] = (double)(i * 7 % 360) - 180;
    }
    for (size_t i = 0; i < 40; i++)
        rows[i] = i;
    struct dm_locations locations = locations_at(degrees, N);
    for (size_t nearest = 1; nearest <= 40; nearest++) {
        struct search search = defaults(&dm_metric_haversine, &locations);
        search.nearest = nearest;
        assert_finds(&search, N / 2, nearest, rows);
    }
    dm_locations_free(&locations);
}

/* A set of one place, and none at all. */
static void few_places_have_few_neighbours(void **state)
{
    (void)state;
    static const double degrees[] = {1, 2};
    struct dm_locations one = locations_at(degrees, 1), none = locations_at(degrees, 0);
    for (const struct dm_metric *const *metric = user_metrics; *metric; metric++) {
        struct search search = defaults(*metric, &one);
        assert_finds(&search, 0, 0, NULL);
        search.destinations = &none;
        assert_finds(&search, 0, 0, NULL);
        search.origins = &none;
        search.destinations = &one;
        struct searched searched = open_search(&search);
        close_search(&searched);
    }
    dm_locations_free(&one);
    dm_locations_free(&none);
}

/* Distances so small that they lose digits in the unit, where a limit has to include them, too. */
static void distances_that_lose_digits_are_found(void **state)
{
    (void)state;
    double metres[2 * 64];
    for (size_t i = 0; i < 64; i++) {
        metres[2 * i] = DBL_TRUE_MIN * (double)(i * 37 % 64) * 37;
        metres[2 * i + 1] = 0;
    }
    struct dm_locations locations = planar_at(metres, 64);
    for (const struct dm_unit *const *unit = dm_units(); *unit; unit++) {
        struct search search = defaults(&dm_metric_euclidean, &locations);
        search.metres_per_unit = (*unit)->metres;
        with_everything(&search, "tiny distances");
    }
    dm_locations_free(&locations);
}

/* ---- faulty metrics ---- */

static double fault_m; /* the distance of every pair, also from a place to itself */

static void fill_fault(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                       size_t origin, size_t first, size_t count, double *metres)
{
    (void)origins;
    (void)destinations;
    (void)origin;
    (void)first;
    for (size_t i = 0; i < count; i++)
        metres[i] = fault_m;
}

/* Only where all pairs of a call are from the origin: those to rows after it at places that also
 * have rows before it. */
static void fill_fault_reversed(const struct dm_prepared *origins,
                                const struct dm_prepared *destinations, size_t origin, size_t first,
                                size_t count, size_t reversed, double *metres)
{
    metric_uneven.fill_reversed(origins, destinations, origin, first, count, reversed, metres);
    for (size_t i = 0; i < count && reversed == 0; i++)
        metres[i] = fault_m;
}

static void assert_heard(const struct dm_metric *metric, const struct dm_locations *locations)
{
    struct search search = defaults(metric, locations);
    struct searched searched = open_search(&search);
    struct dm_query query = {.index = &searched.index,
                             .origins = locations,
                             .within_set = true,
                             .nearest = SIZE_MAX,
                             .within = INFINITY,
                             .metres_per_unit = 1,
                             .longest_m = metric->longest(searched.origins, searched.origins)};
    searched.found.most = locations->count;
    assert_false(dm_query_find(&query, locations->count / 2, &searched.found));
    query.within = 0.5; /* even the origin is farther from itself */
    assert_true(dm_query_count(&query, locations->count / 2) < locations->count);
    close_search(&searched);
}

static void impossible_distances_are_heard_of(void **state)
{
    (void)state;
    static const double faults_m[] = {NAN, -1, INFINITY, 1e9};
    struct dm_locations locations = coincident(50);
    struct dm_metric faulty = metric_uneven, one_way = metric_uneven;
    struct dm_metric unembedded = metric_unembedded;
    faulty.fill = unembedded.fill = fill_fault;
    faulty.fill_reversed = NULL;
    one_way.fill_reversed = fill_fault_reversed;
    for (size_t i = 0; i < sizeof faults_m / sizeof *faults_m; i++) {
        fault_m = faults_m[i];
        assert_heard(&faulty, &locations);
        assert_heard(&unembedded, &locations);
        assert_heard(&one_way, &locations);
    }
    dm_locations_free(&locations);
}

/* ---- effort ---- */

static size_t measured; /* places */

static void fill_counted(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                         size_t origin, size_t first, size_t count, double *metres)
{
    measured += count;
    metric_symmetric.fill(origins, destinations, origin, first, count, metres);
}

/* Few places are measured, and nearly none is where only the number of neighbours is needed and
 * the distance includes nearly none or nearly all. */
static void a_search_measures_few_places(void **state)
{
    (void)state;
    enum { N = 20000, ORIGINS = 100, MOST = 400 };
    struct dm_locations locations = random_locations(N, 41), others = random_locations(ORIGINS, 42);
    struct dm_metric counted = metric_symmetric;
    counted.fill = fill_counted;
    for (int two = 0; two < 2; two++) {
        struct search search = defaults(&counted, two ? &others : &locations);
        search.destinations = two ? &locations : NULL;
        struct searched searched = open_search(&search);
        double distances[5];
        size_t rows[5];
        struct dm_query query = {.index = &searched.index,
                                 .origins = search.origins,
                                 .prepared = two ? searched.origins : NULL,
                                 .nearest = 5,
                                 .within = INFINITY,
                                 .metres_per_unit = 1000,
                                 .longest_m = NAN};
        measured = 0;
        for (size_t i = 0; i < ORIGINS; i++) {
            struct dm_neighbours found = {.distances = distances, .rows = rows, .most = 5};
            assert_true(dm_query_find(&query, i, &found));
        }
        assert_in_range(measured / ORIGINS, 5, MOST);
        query.nearest = SIZE_MAX;
        for (query.within = 100; query.within < 40000; query.within += 29900) {
            measured = 0;
            for (size_t i = 0; i < ORIGINS; i++)
                dm_query_count(&query, i);
            assert_in_range(measured / ORIGINS, 0, MOST);
        }
        close_search(&searched);
    }
    dm_locations_free(&locations);
    dm_locations_free(&others);
}

/* ---- random sets ---- */

enum { PLACES_MAX = 300, ROWS = 12 /* origins of a set that are tried */ };

static double step_deg(struct random *random)
{
    return pow(10, random_between(random, -14, 1.3));
}

/* What the places of a set have in common. */
struct theme {
    int kind;
    double centre[2], size_deg; /* a pole or the antimeridian may be the centre */
    size_t few;
};

enum { ANYWHERE, CLUSTER, GRID, RING, SPECIAL, FEW, KINDS };

static void draw_anywhere(struct random *random, double *place)
{
    place[0] = asin(random_between(random, -1, 1)) * (180 / PI);
    place[1] = random_between(random, -180, 180);
}

static void draw_special(struct random *random, double *place)
{
    static const double lats[] = {90, -90, 0, -0.0, 45, -45, 89.9999999999999, 1e-13, 23.4};
    static const double lons[] = {180, -180, 0, -0.0, 90, -90, 179.99999999999997, 1e-13, 12.3};
    place[0] = lats[random_below(random, sizeof lats / sizeof *lats)];
    place[1] = lons[random_below(random, sizeof lons / sizeof *lons)];
}

static struct theme draw_theme(struct random *random)
{
    struct theme theme = {.kind = (int)random_below(random, KINDS),
                          .size_deg = step_deg(random),
                          .few = 1 + random_below(random, 5)};
    if (random_below(random, 2) == 0)
        draw_special(random, theme.centre);
    else
        draw_anywhere(random, theme.centre);
    return theme;
}

static void draw_themed(struct random *random, const struct theme *theme, double *place)
{
    double size = theme->size_deg;
    memcpy(place, theme->centre, sizeof theme->centre);
    switch (theme->kind) {
    case CLUSTER:
        place[0] += random_between(random, -size, size);
        place[1] += random_between(random, -size, size);
        break;
    case GRID:
        place[0] += size * ((double)random_below(random, 15) - 7);
        place[1] += size * ((double)random_below(random, 15) - 7);
        break;
    case RING: /* of a pole, or of equally long steps on the equator */
        place[0] = theme->few % 2 == 0 ? 0 : 90 - fmin(size, 180);
        place[1] = (double)random_below(random, 36) * 10 - 180;
        break;
    case SPECIAL:
        draw_special(random, place);
        break;
    default:
        draw_anywhere(random, place);
    }
}

static void move_into_range(double *place)
{
    place[0] = fmax(-90, fmin(90, place[0]));
    if (fabs(place[1]) > 180)
        place[1] = remainder(place[1], 360);
}

static void draw_place(struct random *random, const struct theme *theme, const double *others,
                       size_t count, double *place)
{
    const double *other = others + 2 * random_below(random, count > 0 ? count : 1);
    draw_themed(random, theme, place);
    uint64_t change = random_below(random, 10);
    if (theme->kind == FEW && count >= theme->few)
        change = 0;
    if (count > 0 && change <= 2)
        memcpy(place, other, 2 * sizeof *place);
    if (count > 0 && change == 1) { /* the antipode */
        place[0] = -other[0];
        place[1] = other[1] > 0 ? other[1] - 180 : other[1] + 180;
    }
    if (change == 2 || change == 3) { /* beside it, often nanometres */
        place[random_below(random, 2)] += step_deg(random);
    }
    move_into_range(place);
}

static void draw_sets(struct random *random, const struct dm_metric *metric,
                      struct dm_locations *sets, size_t count)
{
    static double places[4 * PLACES_MAX], scaled[4 * PLACES_MAX];
    const struct theme theme = draw_theme(random);
    bool planar = metric->coordinates == DM_PLANAR;
    double scale =
        random_below(random, 2) == 0 ? 111000 : pow(10, random_between(random, -325, 12));
    size_t used = 0;
    for (size_t s = 0; s < count; s++) {
        size_t most = random_below(random, 2) == 0 ? PLACES_MAX : 40, first = used;
        for (size_t n = 1 + random_below(random, most); used < first + n; used++)
            draw_place(random, &theme, places, used, places + 2 * used);
        for (size_t i = 2 * first; i < 2 * used; i++)
            scaled[i] = places[i] * scale;
        sets[s] = planar ? planar_at(scaled + 2 * first, used - first)
                         : locations_at(places + 2 * first, used - first);
    }
}

static const struct dm_metric *draw_metric(struct random *random)
{
    size_t registered = 0;
    while (dm_metrics()[registered])
        registered++;
    size_t i = random_below(random, registered + 3);
    return i < registered ? dm_metrics()[i] : user_metrics[i - registered];
}

static struct dm_metric_options draw_options(struct random *random)
{
    struct dm_metric_options options = {0};
    bool earth = random_below(random, 3) > 0;
    options.radius_m = earth ? 0 : pow(10, random_between(random, -3, 15));
    if (options.radius_m > 10 && options.radius_m < 1000)
        options.radius_m *= 1000; /* or flattening and radius look mixed up */
    options.ellipsoid.a_m = earth ? 6378137 : options.radius_m;
    options.ellipsoid.rf = flattenings[random_below(random, 3) > 0 ? 1 : random_below(random, 6)];
    size_t isas = 0;
    while (dm_isas()[isas])
        isas++;
    const struct dm_isa *isa = dm_isas()[random_below(random, isas)];
    options.isa = isa->here() ? isa->name : NULL;
    return options;
}

static size_t draw_nearest(struct random *random, size_t n)
{
    switch (random_below(random, 5)) {
    case 0:
        return SIZE_MAX;
    case 1:
        return n + random_below(random, 3) > 1 ? n + random_below(random, 3) - 1 : 1;
    case 2:
        return 31 + random_below(random, 4);
    default:
        return 1 + random_below(random, 6);
    }
}

static double draw_within(struct random *random, struct searched *searched)
{
    const struct search *search = searched->search;
    const struct dm_locations *others =
        search->destinations ? search->destinations : search->origins;
    double exact = written_distance(searched, random_below(random, search->origins->count),
                                    random_below(random, others->count));
    double longest = search->metric->longest(searched->origins, searched->destinations) /
                     search->metres_per_unit;
    switch (random_below(random, 8)) {
    case 0:
        return exact;
    case 1:
        return nextafter(exact, 0);
    case 2:
        return nextafter(exact, INFINITY);
    case 3:
        return random_below(random, 2) == 0 ? 0 : DBL_TRUE_MIN;
    case 4:
        return longest * pow(10, random_between(random, -18, 0.2));
    default:
        return INFINITY;
    }
}

/* Two choices of nearest and within for a set. */
static void try_set(uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations sets[2];
    struct search search = {.metric = draw_metric(&random)};
    bool two = random_below(&random, 3) == 0;
    char text[64];
    draw_sets(&random, search.metric, sets, two ? 2 : 1);
    search.options = draw_options(&random);
    search.origins = &sets[0];
    search.destinations = two ? &sets[1] : NULL;
    size_t units = 0, n = sets[two].count;
    while (dm_units()[units])
        units++;
    search.metres_per_unit = dm_units()[random_below(&random, units)]->metres;
    struct searched searched = open_search(&search);
    snprintf(text, sizeof text, "seed %" PRIu64 ", %s", seed, search.metric->name);
    for (int choice = 0; choice < 2; choice++) {
        search.nearest = draw_nearest(&random, n);
        search.within = draw_within(&random, &searched);
        search.each_once = !two && random_below(&random, 4) == 0;
        search.by_row = random_below(&random, 3) == 0;
        search.checked = random_below(&random, 3) == 0;
        if (search.origins->count <= ROWS)
            assert_many_neighbours(&searched, 0, 1, text);
        for (int i = 0; i < ROWS && search.origins->count > ROWS; i++)
            assert_neighbours(&searched, random_below(&random, search.origins->count), text);
    }
    close_search(&searched);
    dm_locations_free(&sets[0]);
    if (two)
        dm_locations_free(&sets[1]);
}

static uint64_t first_seed = 1, last_seed = SANITIZED ? 1000 : 10000;

static void random_sets_find_the_same_as_all_pairs(void **state)
{
    (void)state;
    for (uint64_t seed = first_seed; seed <= last_seed; seed++)
        try_set(seed);
    print_message("%" PRIu64 " random sets\n", last_seed - first_seed + 1);
}

static int close_phase(void **state)
{
    (void)state;
    close_serial_phase();
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_finds_the_same_as_all_pairs),
        cmocka_unit_test(a_users_metric_finds_the_same_as_all_pairs),
        cmocka_unit_test(every_body_finds_the_same_as_all_pairs),
        cmocka_unit_test(coincident_places_are_neighbours),
        cmocka_unit_test(the_origin_is_left_out_by_its_row),
        cmocka_unit_test(equal_distances_are_decided_by_row),
        cmocka_unit_test(few_places_have_few_neighbours),
        cmocka_unit_test(distances_that_lose_digits_are_found),
        cmocka_unit_test(impossible_distances_are_heard_of),
        cmocka_unit_test(a_search_measures_few_places),
        cmocka_unit_test(random_sets_find_the_same_as_all_pairs),
    };
    if (argc == 2)
        first_seed = last_seed = strtoull(argv[1], NULL, 10);
    if (argc == 3 && strcmp(argv[1], "--sets") == 0)
        last_seed = strtoull(argv[2], NULL, 10);
    if (argc > 1) /* only random sets */
        return cmocka_run_group_tests_name(
            "random",
            ((const struct CMUnitTest[]){cmocka_unit_test(random_sets_find_the_same_as_all_pairs)}),
            NULL, close_phase);
    return cmocka_run_group_tests(tests, NULL, close_phase);
}
