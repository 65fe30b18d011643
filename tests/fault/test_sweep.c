/* Every call that the command makes of the system fails once, on every way through it: it says so
 * and leaves everything as it was, or it does what it would have done. */
#define _GNU_SOURCE /* prctl() */
#include "fault/sweep_judge.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALWAYS = 5 };  /* so many first calls of malloc() are tried whatever the step */
enum { DENSE = 200 }; /* of what is called more often, wider and wider steps are enough */

/* Where time is short, only every so many points are tried, of the scenarios that are short. */
enum { SHORT_STEP = SANITIZED ? 16 : 3 };

static bool is_long;
static unsigned step;    /* every so many points */
static const char *only; /* a part of a scenario's name: no others */
static char *folder;
static unsigned tried, wrong, tried_of[POINT_COUNT];

static void complain(const struct scenario *scenario, enum point_kind kind, unsigned nth,
                     const struct left *left, const char *why)
{
    wrong++;
    fprintf(stderr, "%s, %s %u: %s (status %x)\n%s\n", scenario->name,
            kind < POINT_COUNT ? points[kind].name : "nothing", nth, why, (unsigned)left->status,
            left->err);
}

/* Whether the n-th call happened, and so failed. */
static bool try_point(const struct scenario *scenario, enum point_kind kind, unsigned nth,
                      const struct left *whole)
{
    struct left left = run_point(folder, scenario, kind, nth);
    const char *why = what_is_wrong(scenario, kind, &left, whole);
    bool happened = left.happened;
    if (why)
        complain(scenario, kind, nth, &left, why);
    left_free(&left);
    return happened;
}

/* Returns how many calls were made to fail. All are tried until one does not happen any more; of
 * some, those that do where nothing fails. What is not called at all there cannot fail. */
static unsigned sweep_kind(const struct scenario *scenario, enum point_kind kind,
                           const struct left *whole)
{
    static unsigned points_seen;
    unsigned calls = whole->calls[kind], count = 0;
    bool goes_on = calls > 0;
    for (unsigned nth = 1; goes_on; nth += 1 + nth / DENSE * 16) {
        bool wanted = points_seen++ % step == 0 || (kind == POINT_malloc && nth <= ALWAYS);
        bool happened = wanted && try_point(scenario, kind, nth, whole);
        count += happened;
        goes_on = step == 1 ? happened : nth < calls;
    }
    return count;
}

static void sweep_scenario(const struct scenario *scenario)
{
    unsigned sum = 0;
    struct left whole = run_point(folder, scenario, POINT_COUNT, 0);
    if (whole.status != 0 || whole.orphans || whole.others > 0)
        complain(scenario, POINT_COUNT, 0, &whole, "it fails where nothing does");
    printf("%s:", scenario->name);
    for (enum point_kind kind = 0; whole.status == 0 && kind < POINT_COUNT; kind++) {
        unsigned count = sweep_kind(scenario, kind, &whole);
        if (count > 0)
            printf(" %s %u", points[kind].name, count);
        tried_of[kind] += count;
        sum += count;
    }
    printf("; %u in all\n", sum);
    fflush(stdout);
    tried += sum;
    left_free(&whole);
}

static void no_call_that_fails_does_harm(void **state)
{
    static struct scenario list[SCENARIOS_MAX];
    size_t count = scenarios(list);
    (void)state;
    for (size_t i = 0; i < count; i++)
        if ((is_long || list[i].is_short) && (!only || strstr(list[i].name, only)))
            sweep_scenario(&list[i]);
    printf("of all:");
    for (enum point_kind kind = 0; kind < POINT_COUNT; kind++)
        printf(" %s %u", points[kind].name, tried_of[kind]);
    printf("\n%u calls failed\n", tried);
    assert_int_equal(wrong, 0);
    assert_true(tried > 0);
}

static int make(void **state)
{
    (void)state;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    folder = make_folder();
    char *outputs = path_in(folder, "out");
    assert_int_equal(mkdir(outputs, 0700), 0);
    free(outputs);
    scenario_files(folder);
    points_make();
    return 0;
}

static int clean(void **state)
{
    (void)state;
    points_free();
    for (int i = 0; i < SWEEP_FILES; i++) {
        char *path = path_in(folder, sweep_files[i]);
        unlink(path);
        free(path);
    }
    char *outputs = path_in(folder, "out");
    remove_folder(outputs);
    remove_folder(folder);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_call_that_fails_does_harm)};
    is_long = argc > 1 && strcmp(argv[1], "long") == 0;
    step = argc > 2 ? (unsigned)atoi(argv[2]) : is_long ? 1 : SHORT_STEP;
    only = argc > 3 ? argv[3] : NULL;
    return cmocka_run_group_tests(tests, make, clean);
}
