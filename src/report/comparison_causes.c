/* A sentence that explains the time of a trial: what it was spent on, greatest part first; what a
 * task took and how evenly the tasks were shared; and why the speedup is less than the number of
 * threads. */
#include "report/comparison_sentences.h"
#include "report/trial_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define SEEN 0.005    /* a smaller part would be shown as 0 % */
#define LITTLE 0.1    /* in a smaller part of the time, the balance does not matter */
#define GOOD 0.9      /* an efficiency that needs no explanation */
#define TOO_SMALL 1.5 /* tasks are too small if pairs take so many times as long */

/* A sentence, and the figures that it is built from. */
struct causes {
    char *text;
    size_t used;
    const struct dm_comparison *comparison;
    const struct dm_trial *trial;
    struct dm_shares shares;
    double efficiency;
    double starved; /* part of the time in which a task was running without a CPU; 0: not known */
    double crowded; /* ... in which a thread had no CPU because there are fewer CPUs than threads; 0
                     * if the trial is slower than serial, which needs only one */
    double slower;  /* ... by which tasks took longer than in serial, with a CPU */
};

/* Append to the sentence. */
#define put(causes, ...)                                                                           \
    ((causes)->used +=                                                                             \
     dm_append((causes)->text + (causes)->used, DM_SENTENCE_LENGTH - (causes)->used, __VA_ARGS__))

/* ---- figures ---- */

static double per_task(const struct dm_trial *trial, double ns)
{
    return ns / 1e9 / (double)(trial->compute.tasks > 0 ? trial->compute.tasks : 1);
}

static double created_ns(const struct dm_trial *trial)
{
    double ns = 0;
    for (unsigned i = 0; i < trial->workers; i++)
        ns += (double)trial->compute.stats.workers[i].creating_ns;
    return ns;
}

/* Return the time of all its threads together. */
static double capacity_ns(const struct dm_trial *trial)
{
    return (double)trial->compute.wall_ns * trial->threads;
}

static double seconds_a_pair(const struct dm_trial *trial)
{
    return trial->time.median / (double)trial->pairs;
}

static void account(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    causes->shares = dm_trial_shares(trial);
    causes->efficiency = trial->speedup.value / trial->threads;
    causes->starved = fmin(causes->shares.working, dm_trial_starved(trial) / trial->threads);
    if (trial->threads > causes->comparison->cpus && !dm_comparison_waits(causes->comparison) &&
        causes->efficiency * trial->threads >= 1)
        causes->crowded = 1 - (double)causes->comparison->cpus / trial->threads;
    causes->slower = fmax(0, causes->shares.working + causes->shares.delayed - causes->starved -
                                 causes->efficiency);
}

/* ---- parts of the time ---- */

static void add_creating(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    char count[DM_COUNT_LENGTH], each[DM_CELL_LENGTH];
    put(causes, "creating %s thread%s, %s each", dm_count_text(count, trial->tasks),
        trial->tasks == 1 ? "" : "s", dm_seconds_text(each, per_task(trial, created_ns(trial))));
}

static void add_waiting(struct causes *causes)
{
    put(causes, created_ns(causes->trial) > 0 ? "waiting for threads to start and end" : "waiting");
}

/* An executor that waits for many tasks at once waits less than the sum of its tasks. */
static void add_delayed(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    double asked = (double)causes->comparison->delay_ns * (double)trial->compute.tasks;
    double at_a_time = fmax(causes->shares.delayed * trial->threads,
                            trial->executor->waits_at_once && trial->compute.wall_ns > 0
                                ? asked / (double)trial->compute.wall_ns
                                : 0);
    const struct dm_road_report *road = causes->comparison->report.road;
    put(causes, road ? "waiting for the server" : "waiting for --delay");
    if (road && trial->executor->waits_at_once) {
        put(causes, ", up to %u request%s at a time", road->at_once, road->at_once == 1 ? "" : "s");
        return;
    }
    if (trial->threads > 1 || trial->executor->waits_at_once)
        put(causes, at_a_time < 99.5 ? ", %.2g tasks at a time" : ", %.0f tasks at a time",
            at_a_time);
}

static void add_working(struct causes *causes)
{
    put(causes, "working");
}

static void add_parts(struct causes *causes)
{
    struct part {
        double share;
        void (*add)(struct causes *);
    } parts[] = {
        {causes->shares.creating, add_creating},
        {causes->shares.delayed, add_delayed},
        {causes->shares.waiting, add_waiting},
        {causes->shares.working, add_working},
    };
    enum { PARTS = sizeof parts / sizeof *parts };
    for (size_t added = 0; added < PARTS; added++) {
        struct part *greatest = parts;
        for (size_t i = 1; i < PARTS; i++)
            if (parts[i].share > greatest->share)
                greatest = &parts[i];
        if (greatest->share < SEEN)
            return;
        put(causes, "%s%.0f %% ", added > 0 ? ", " : "", 100 * greatest->share);
        greatest->add(causes);
        greatest->share = -1;
    }
}

/* ---- tasks and workers ---- */

static void add_task_cost(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    char cost[DM_CELL_LENGTH];
    double seconds = per_task(trial, causes->shares.working * capacity_ns(trial));
    put(causes, causes->shares.delayed >= SEEN ? "; %s of work per task" : "; %s per task",
        dm_seconds_text(cost, seconds));
}

/* Add how the tasks' time is divided among the threads. There may be more workers than threads. */
static void add_balance(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    double most = 0, all = 0;
    unsigned idle = trial->threads;
    for (unsigned i = 0; i < trial->workers; i++) {
        const struct dm_worker_stats *worker = &trial->compute.stats.workers[i];
        most = fmax(most, (double)worker->busy_ns);
        all += (double)worker->busy_ns;
        idle -= worker->tasks > 0 && idle > 0;
    }
    double share = all > 0 ? most / all : 1, even = 1.0 / trial->threads;
    if (trial->threads < 2 || causes->shares.working + causes->shares.delayed < LITTLE)
        return;
    if (idle > 0)
        put(causes, ", %u of %u threads had no tasks", idle, trial->threads);
    else if (trial->threads == 2)
        put(causes, ", %sshared %.0f : %.0f", share < 1.1 * even ? "evenly " : "", 100 * share,
            100 * (1 - share));
    else if (share < 1.1 * even)
        put(causes, ", evenly shared");
    else
        put(causes, ", the busiest thread worked %.1f times as long as the average", share / even);
}

static void add_switches(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    const struct dm_usage *usage = &trial->compute.usage;
    double scale = (double)trial->tasks / (double)trial->compute.tasks;
    char count[DM_COUNT_LENGTH];
    uint64_t switches = (uint64_t)llround((double)(usage->sleeps + usage->preemptions) * scale);
    if (switches > 0)
        put(causes, "; %s context switch%s per run", dm_count_text(count, switches),
            switches == 1 ? "" : "es");
}

/* ---- reasons ---- */

static const char *workers_of(const struct dm_trial *trial)
{
    bool processes = trial->executor == &dm_executor_process;
    if (trial->threads == 1)
        return processes ? "process" : "thread";
    return processes ? "processes" : "threads";
}

static void because_of_creating(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    char times[DM_CELL_LENGTH];
    double task = per_task(trial, causes->shares.working * capacity_ns(trial));
    double each = per_task(trial, created_ns(trial));
    if (each > task && task > 0)
        put(causes, "creating a thread takes %s times as long as its task",
            dm_times_text(times, each / task));
    else
        put(causes, "it has to create its threads");
}

static void because_of_waiting(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    char count[DM_COUNT_LENGTH];
    if (trial->tasks < trial->threads && causes->efficiency * trial->threads >= 1)
        put(causes, "there %s only %s task%s", trial->tasks == 1 ? "is" : "are",
            dm_count_text(count, trial->tasks), trial->tasks == 1 ? "" : "s");
    else if (created_ns(trial) == 0)
        put(causes, "its %s waited %sfor %.0f %% of the time", workers_of(trial),
            trial->threads > 1 ? "for each other or for a CPU " : "", 100 * causes->shares.waiting);
    else if (causes->shares.waiting > causes->shares.working + causes->shares.delayed)
        put(causes, "its threads take longer to start and end than to run their tasks");
    else
        put(causes, "each of its threads has to start and end");
}

static void because_of_no_cpu(struct causes *causes)
{
    put(causes, "its %s had no CPU for %.0f %% of the time (other programs may be running)",
        workers_of(causes->trial), 100 * causes->starved);
}

static void because_of_crowd(struct causes *causes)
{
    unsigned cpus = causes->comparison->cpus;
    put(causes, "%u %s share %u CPU%s", causes->trial->threads, workers_of(causes->trial), cpus,
        cpus == 1 ? "" : "s");
}

static void because_of_slow_tasks(struct causes *causes)
{
    char times[DM_CELL_LENGTH];
    put(causes, "its tasks took %s times as long as in serial",
        dm_times_text(times, 1 + causes->slower / causes->efficiency));
}

/* Add "1.4 times as fast as serial, not 2, because ...". Add nothing if the trial may be as fast as
 * serial or may have the ideal speedup. */
static void add_reason(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    const struct dm_trial *serial = dm_trial_baseline(causes->comparison, trial);
    bool faster = trial->speedup.low > DM_SIGNIFICANT_RATIO;
    bool slower = trial->speedup.high < 1 / DM_SIGNIFICANT_RATIO;
    const struct {
        double loss;
        void (*add)(struct causes *);
    } reasons[] = {
        {causes->shares.creating, because_of_creating},
        {causes->shares.waiting - fmax(0, causes->crowded - causes->starved), because_of_waiting},
        {causes->starved - causes->crowded, because_of_no_cpu},
        {causes->crowded, because_of_crowd},
        {causes->slower, because_of_slow_tasks},
    };
    double speedup = causes->efficiency * trial->threads;
    char times[DM_CELL_LENGTH];
    size_t worst = 0;
    if (causes->efficiency >= GOOD || !(faster || slower) ||
        trial->speedup.high >= trial->threads || (trial->fastest && serial->fastest))
        return;
    for (size_t i = 1; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].loss > reasons[worst].loss)
            worst = i;
    if (reasons[worst].loss < SEEN)
        return;
    if (faster)
        put(causes, "; %s times as fast as serial instead of %u, because ",
            dm_times_text(times, speedup), trial->threads);
    else
        put(causes, "; it takes %s times as long as serial, because ",
            dm_times_text(times, 1 / speedup));
    reasons[worst].add(causes);
}

/* Return serial with the grain that suits it best. */
static const struct dm_trial *cheapest_serial(const struct dm_comparison *comparison)
{
    const struct dm_trial *cheapest = NULL;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        if (trial == dm_trial_baseline(comparison, trial) &&
            (!cheapest || trial->time.median < cheapest->time.median))
            cheapest = trial;
    }
    return cheapest;
}

/* For serial itself, compare its grain with the best one. */
static void add_price_of_tasks(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial, *best = cheapest_serial(causes->comparison);
    char times[DM_CELL_LENGTH], grain[DM_CELL_LENGTH];
    if (!best || dm_comparison_waits(causes->comparison) || trial->grain >= best->grain ||
        !(trial->behind.low > DM_SIGNIFICANT_RATIO))
        return;
    double factor = seconds_a_pair(trial) / seconds_a_pair(best);
    if (factor >= TOO_SMALL)
        put(causes,
            "; a pair takes %s times as long as at grain %s, because assigning such small tasks "
            "costs more than running them",
            dm_times_text(times, factor), dm_grain_text(grain, best->asked_grain));
}

static void add_busy_machine(struct causes *causes)
{
    if (causes->starved < LITTLE)
        return;
    put(causes, "; ");
    because_of_no_cpu(causes);
}

static void add_lost(struct causes *causes)
{
    const struct dm_trial *trial = causes->trial;
    if (trial->lost == 0)
        return;
    put(causes, "; %u worker%s died", trial->lost, trial->lost == 1 ? "" : "s");
    if (trial->lost_to > 0)
        put(causes, " (signal %d)", trial->lost_to);
    put(causes, ", the others did %s tasks", trial->lost == 1 ? "its" : "their");
}

void dm_causes_sentence(char text[DM_SENTENCE_LENGTH], const struct dm_comparison *comparison,
                        const struct dm_trial *trial)
{
    struct causes causes = {.text = text, .comparison = comparison, .trial = trial};
    char name[DM_TRIAL_NAME_LENGTH];
    account(&causes);
    put(&causes, "%s: ", dm_trial_name(name, trial, dm_several_grains(comparison)));
    if (dm_trial_is_short(comparison, trial)) {
        put(&causes, "too short to analyse.");
        return;
    }
    add_parts(&causes);
    add_task_cost(&causes);
    add_balance(&causes);
    add_switches(&causes);
    if (trial == dm_trial_baseline(comparison, trial)) {
        add_price_of_tasks(&causes);
        add_busy_machine(&causes);
    } else {
        add_reason(&causes);
    }
    add_lost(&causes);
    put(&causes, ".");
}
