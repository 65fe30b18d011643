/* Executors that are equally fast, on machines that are not the same from one moment to the next:
 * nobody may be called the fastest. Time is made up, so that the same happens each time. */
#include "run/rounds.h"
#include "run/verdict.h"
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <math.h>

enum { TRIALS = 3, ROUNDS = 15, COMPARISONS = 200 };

/* How many times as long as on an idle machine something takes. */
struct machine {
    double now_s;
    struct random random;
    double phase;               /* where it begins, in parts of a period */
    double changes_s, slowness; /* of steps and bursts: up to when they are as they are */
};

static double normal(struct random *random)
{
    double radius = sqrt(-2 * log(random_between(random, 1e-12, 1)));
    return radius * cos(6.283185307179586 * random_between(random, 0, 1));
}

/* It gets slower and slower, as machines do that get hot. */
static double drift(struct machine *machine)
{
    return 1 + 0.05 * machine->now_s;
}

/* Another program, or another clock rate, every second or so. */
static double steps(struct machine *machine)
{
    while (machine->changes_s <= machine->now_s) {
        machine->changes_s += random_between(&machine->random, 0.1, 2);
        machine->slowness = random_between(&machine->random, 1, 1.3);
    }
    return machine->slowness;
}

/* Quiet, but for a tenth of a second now and then. */
static double bursts(struct machine *machine)
{
    while (machine->changes_s <= machine->now_s) {
        bool quiet = machine->slowness > 1;
        machine->slowness = quiet ? 1 : random_between(&machine->random, 1.2, 2);
        machine->changes_s += quiet ? random_between(&machine->random, 0.05, 1)
                                    : random_between(&machine->random, 0.05, 0.3);
    }
    return machine->slowness;
}

/* Most runs are undisturbed, some a little, few very much (Pareto's distribution). */
static double heavy_tails(struct machine *machine)
{
    return 1 + 0.01 * (pow(random_between(&machine->random, 1e-6, 1), -1 / 1.5) - 1);
}

/* Something that the machine does every third of a second. */
static double periods(struct machine *machine)
{
    double place = machine->now_s / 0.37 + machine->phase;
    return place - floor(place) < 0.4 ? 1.25 : 1;
}

static const struct {
    const char *name;
    double (*slowness)(struct machine *machine);
} machines[] = {{"drift", drift},
                {"steps", steps},
                {"bursts", bursts},
                {"heavy tails", heavy_tails},
                {"periods", periods}};

/* ---- a comparison ---- */

struct bench {
    struct machine machine;
    size_t kind;
    double cost_s[TRIALS]; /* of a run on an idle machine */
    struct dm_comparison comparison;
    struct dm_trial trials[TRIALS];
    double seconds[TRIALS][ROUNDS];
};

static double run(struct bench *bench, size_t trial)
{
    struct machine *machine = &bench->machine;
    double slowness = machines[bench->kind].slowness(machine);
    double took = bench->cost_s[trial] * slowness * exp(0.003 * normal(&machine->random));
    machine->now_s += took;
    return took;
}

static enum dm_status turn(void *context, size_t trial, size_t round, struct dm_error *error)
{
    struct bench *bench = context;
    double took = 0, runs = 0;
    (void)error;
    run(bench, trial);
    for (; took < 0.01; runs++)
        took += run(bench, trial);
    bench->seconds[trial][round] = took / runs;
    return DM_OK;
}

static void begin(struct bench *bench, size_t kind, uint64_t seed, double cost_s)
{
    static const struct dm_executor_ops *const executors[TRIALS] = {
        &dm_executor_serial, &dm_executor_async, &dm_executor_pool};
    *bench = (struct bench){.machine = {.random = {seed}}, .kind = kind};
    bench->machine.phase = random_between(&bench->machine.random, 0, 1);
    bench->comparison = (struct dm_comparison){.trials = bench->trials, .count = TRIALS};
    for (size_t i = 0; i < TRIALS; i++) {
        bench->cost_s[i] = cost_s;
        bench->trials[i] =
            (struct dm_trial){.executor = executors[i], .threads = 1, .seconds = bench->seconds[i]};
    }
}

/* Returns how many are fastest. */
static size_t compare(struct bench *bench, size_t rounds, uint64_t seed)
{
    const struct dm_rounds order = {TRIALS, rounds, seed, turn, bench};
    size_t equals = 0;
    bench->comparison.rounds = rounds;
    assert_int_equal(dm_rounds_run(&order, NULL), DM_OK);
    assert_int_equal(dm_verdict(&bench->comparison, NULL), DM_OK);
    for (size_t i = 0; i < TRIALS; i++)
        equals += bench->trials[i].fastest;
    return equals;
}

/* ---- the usual way: one trial after another, and a test of the difference of their means ---- */

/* Ten runs after one to warm up. Welch's test at 5 % needs 2.26 times the standard error, or less.
 */
static bool usual_way_tells_a_difference(struct bench *bench)
{
    enum { RUNS = 10 };
    struct dm_statistics times[TRIALS];
    size_t first = 0;
    bool significant = false;
    for (size_t i = 0; i < TRIALS; i++) {
        double seconds[RUNS], sorted[RUNS];
        run(bench, i);
        for (size_t r = 0; r < RUNS; r++)
            seconds[r] = run(bench, i);
        times[i] = dm_statistics_of(seconds, RUNS, sorted);
        first = times[i].mean < times[first].mean ? i : first;
    }
    for (size_t i = 0; i < TRIALS; i++) {
        double error = hypot(times[i].stddev, times[first].stddev) / sqrt(RUNS);
        significant = significant || times[i].mean - times[first].mean > 2.26 * error;
    }
    return significant;
}

/* ---- */

static void equals_have_no_winner(void **state)
{
    (void)state;
    const double costs_s[] = {0.018, 0.1};
    unsigned usual = 0, all = 0;
    for (size_t kind = 0; kind < sizeof machines / sizeof *machines; kind++) {
        unsigned usual_here = 0, paired_here = 0;
        for (uint64_t i = 0; i < COMPARISONS; i++) {
            struct bench bench;
            begin(&bench, kind, i, costs_s[i % 2]);
            usual_here += usual_way_tells_a_difference(&bench);
            begin(&bench, kind, i, costs_s[i % 2]);
            paired_here += compare(&bench, i % 4 < 2 ? 10 : ROUNDS, i) < TRIALS;
        }
        print_message("%s: of %d comparisons of equals %u were significant in the usual way, %u "
                      "in rounds\n",
                      machines[kind].name, COMPARISONS, usual_here, paired_here);
        usual += usual_here;
        all += COMPARISONS;
        assert_true(100 * paired_here <= COMPARISONS);
    }
    assert_true(3 * usual >= all); /* else these machines are too easy */
}

/* Real differences are found. */
static void what_is_faster_wins(void **state)
{
    (void)state;
    unsigned found = 0, all = 0;
    for (size_t kind = 0; kind < sizeof machines / sizeof *machines; kind++)
        for (uint64_t i = 0; i < COMPARISONS; i++, all++) {
            struct bench bench;
            begin(&bench, kind, i, 0.018);
            bench.cost_s[1] /= 1.2;
            found += compare(&bench, ROUNDS, i) == 1 && bench.trials[1].fastest;
        }
    assert_true(found >= 0.8 * all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_have_no_winner),
        cmocka_unit_test(what_is_faster_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
