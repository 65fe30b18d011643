/* Whatever call of the system's fails in dm_distance_matrix() or dm_distance_stream(), on whichever
 * executor: the result is right or the failure is reported, and nothing is lost (LeakSanitizer). */
#include "fault/points.h"
#include "testing/testing.h"

#include <stdio.h>
#include <string.h>

enum { COUNT = 200, FEW = COUNT / 2, PAIRS = FEW * COUNT, MOST = SANITIZED ? 3 : 8 };

static double lat[COUNT], lon[COUNT], right[PAIRS], got[PAIRS];

static enum dm_status keep(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    double **to = context;
    (void)error;
    memcpy(*to, segment->distances, segment->count * sizeof **to);
    *to += segment->count;
    return DM_OK;
}

static enum dm_status call(const struct dm_executor_ops *executor, bool stream,
                           struct dm_error *error)
{
    struct dm_points origins = {FEW, lat, lon}, destinations = {COUNT, lat, lon};
    struct dm_matrix_options options = {.executor = executor, .executor_options.threads = 3};
    double *to = got;
    struct dm_sink sink = {keep, &to};
    return stream ? dm_distance_stream(&origins, &destinations, &options, &sink, error)
                  : dm_distance_matrix(&origins, &destinations, &options, got, error);
}

/* Lets the call fail. False: there is no such call. */
static bool try(const struct dm_executor_ops *executor, bool stream, enum point_kind kind,
                unsigned nth)
{
    struct dm_error error = {.message = ""};
    memset(got, 0, sizeof got);
    points_choose(kind, nth);
    points_begin();
    enum dm_status status = call(executor, stream, &error);
    points_end();
    bool good = status == DM_OK ? memcmp(got, right, sizeof got) == 0 : error.message[0] != '\0';
    enum point_outcome outcome = points[kind].outcome;
    if (points_happened() && outcome != EITHER)
        good = good && (status == DM_OK) == (outcome == UNHEARD);
    if (!good || (!points_happened() && status != DM_OK))
        fail_msg("%s, %s: %s %u fails, and it returns %s: %s", executor ? executor->name : "none",
                 stream ? "stream" : "matrix", points[kind].name, nth, dm_status_text(status),
                 error.message);
    return points_happened();
}

/* One after another, up to MOST. Returns how many there were. */
static unsigned try_all(const struct dm_executor_ops *executor, bool stream, enum point_kind kind)
{
    unsigned failed = 0;
    while (failed < MOST && try(executor, stream, kind, failed + 1))
        failed++;
    return failed;
}

static void every_failure_is_heard(void **state)
{
    unsigned failed = 0;
    (void)state;
    for (const struct dm_executor_ops *const *executor = dm_executors();; executor++) {
        for (int kind = 0; kind < POINT_COUNT; kind++)
            for (int stream = 0; stream < 2; stream++)
                failed += try_all(*executor, stream, (enum point_kind)kind);
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
    if (call(&dm_executor_serial, false, NULL) != DM_OK)
        return 1;
    memcpy(right, got, sizeof right);
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
