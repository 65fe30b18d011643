/* Whatever call of the system's fails in dm_distance_matrix(), dm_distance_stream(), dm_nearest()
 * or dm_within(), on whichever executor: the result is right or the failure is reported, and
 * nothing is lost (LeakSanitizer). */
#include "fault/points.h"
#include "testing/testing.h"

#include <stdio.h>
#include <string.h>

enum { COUNT = 200, FEW = COUNT / 2, PAIRS = FEW * COUNT, MOST = SANITIZED ? 3 : 8 };

enum way { MATRIX, STREAM, NEAREST, WITHIN, WAYS };
static const char *const ways[WAYS] = {"matrix", "stream", "nearest", "within"};

static double lat[COUNT], lon[COUNT], right[WAYS][PAIRS], got[PAIRS];

static enum dm_status keep(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    double **to = context;
    (void)error;
    memcpy(*to, segment->distances, segment->count * sizeof **to);
    *to += segment->count;
    return DM_OK;
}

static enum dm_status search(enum way way, const struct dm_points *origins,
                             const struct dm_points *destinations,
                             const struct dm_matrix_options *options, struct dm_error *error)
{
    struct dm_neighbour_lists lists = {0};
    enum dm_status status = way == NEAREST
                                ? dm_nearest(origins, destinations, 3, options, &lists, error)
                                : dm_within(origins, destinations, 2e6, options, &lists, error);
    for (size_t i = 0; i < lists.pairs; i++) {
        got[2 * i] = lists.distances[i];
        got[2 * i + 1] = (double)lists.destinations[i];
    }
    dm_neighbour_lists_free(&lists);
    return status;
}

static enum dm_status call(const struct dm_executor_ops *executor, enum way way,
                           struct dm_error *error)
{
    struct dm_points origins = {FEW, lat, lon}, destinations = {COUNT, lat, lon};
    struct dm_matrix_options options = {.executor = executor, .executor_options.threads = 3};
    double *to = got;
    struct dm_sink sink = {keep, &to};
    return way == STREAM   ? dm_distance_stream(&origins, &destinations, &options, &sink, error)
           : way == MATRIX ? dm_distance_matrix(&origins, &destinations, &options, got, error)
                           : search(way, &origins, &destinations, &options, error);
}

static bool is_right(enum way way, size_t pairs)
{
    return memcmp(got, right[way], pairs * sizeof *got) == 0;
}

/* Lets the call fail. False: there is no such call. */
static bool try(const struct dm_executor_ops *executor, enum way way, enum point_kind kind,
                unsigned nth)
{
    struct dm_error error = {.message = ""};
    memset(got, 0, sizeof got);
    points_choose(kind, nth);
    points_begin();
    enum dm_status status = call(executor, way, &error);
    points_end();
    bool good = status == DM_OK ? is_right(way, PAIRS) : error.message[0] != '\0';
    enum point_outcome outcome = points[kind].outcome;
    if (points_happened() && outcome != EITHER)
        good = good && (status == DM_OK) == (outcome == UNHEARD);
    if (!good || (!points_happened() && status != DM_OK))
        fail_msg("%s, %s: %s %u fails, and it returns %s: %s", executor ? executor->name : "none",
                 ways[way], points[kind].name, nth, dm_status_text(status), error.message);
    return points_happened();
}

static bool is_memory(enum point_kind kind)
{
    return kind == POINT_malloc || kind == POINT_calloc || kind == POINT_aligned_alloc ||
           kind == POINT_mmap;
}

/* One after another: all that allocate memory, and up to MOST of others. Returns how many there
 * were. */
static unsigned try_all(const struct dm_executor_ops *executor, enum way way, enum point_kind kind)
{
    unsigned failed = 0;
    while ((failed < MOST || is_memory(kind)) && try(executor, way, kind, failed + 1))
        failed++;
    return failed;
}

static void every_failure_is_heard(void **state)
{
    unsigned failed = 0;
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors();; executor++) {
        for (int kind = 0; kind < POINT_COUNT; kind++)
            for (int way = 0; way < WAYS; way++)
                failed += try_all(*executor, (enum way)way, (enum point_kind)kind);
        if (!*executor) /* the last: as the library chooses */
            break;
    }
    printf("%u calls failed\n", failed);
    assert_true(failed > 100);
}

static int make(void **state)
{
    (void)state;
    points_make();
    for (int i = 0; i < COUNT; i++) {
        lat[i] = -89 + 178.0 * i / COUNT;
        lon[i] = -180 + (i * 77 % 360);
    }
    for (int way = 0; way < WAYS; way++) {
        memset(got, 0, sizeof got);
        if (call(&dm_executor_serial, (enum way)way, NULL) != DM_OK)
            return 1;
        memcpy(right[way], got, sizeof got);
    }
    return 0;
}

static int clean(void **state)
{
    (void)state;
    points_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failure_is_heard)};
    return cmocka_run_group_tests(tests, make, clean);
}
