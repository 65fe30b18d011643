/* What is printed of a comparison, whatever was measured and however wide the terminal is. */
#include "base/text.h"
#include "report/comparison_report.h"
#include "report/wrap.h"
#include "run/verdict.h"
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct made_up made;
static char *printed;

static const char *print_with(struct dm_comparison_style style)
{
    struct dm_run_options options = dm_run_defaults();
    struct dm_error error;
    size_t length;
    free(printed);
    FILE *stream = open_memstream(&printed, &length);
    assert_non_null(stream);
    assert_int_equal(dm_verdict(&made.comparison, &error), DM_OK);
    assert_int_equal(dm_comparison_print(stream, &options, &made.comparison, style, &error), DM_OK);
    assert_int_equal(fclose(stream), 0);
    return printed;
}

static const char *print(unsigned columns, bool colour)
{
    return print_with((struct dm_comparison_style){colour, columns, false});
}

static int clean(void **state)
{
    (void)state;
    free(printed);
    printed = NULL;
    return 0;
}

/* The line of what was printed that contains the text, in a buffer of its own. */
static const char *line_with(const char *text)
{
    static char line[1024];
    const char *found = strstr(printed, text);
    if (!found)
        fail_msg("no \"%s\" in:\n%s", text, printed);
    while (found > printed && found[-1] != '\n')
        found--;
    snprintf(line, sizeof line, "%.*s", (int)strcspn(found, "\n"), found);
    return line;
}

/* Without line ends and indentation. */
static const char *unwrapped(void)
{
    static char text[1 << 15];
    size_t used = 0;
    assert_true(strlen(printed) < sizeof text);
    for (const char *c = printed; *c; c++)
        if ((*c != ' ' && *c != '\n') || used == 0 || text[used - 1] != ' ')
            text[used++] = *c == '\n' ? ' ' : *c;
    text[used] = '\0';
    return text;
}

static void assert_says(const char *wanted)
{
    if (!strstr(unwrapped(), wanted))
        fail_msg("no \"%s\" in:\n%s", wanted, printed);
}

static void assert_does_not_say(const char *unwanted)
{
    if (strstr(unwrapped(), unwanted))
        fail_msg("\"%s\" in:\n%s", unwanted, printed);
}

/* serial, pool and thread on 2 CPUs, in that order. Much of the last was left out. */
static void make_with(double thread_ms)
{
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 1, 0.01);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 0.524, 0.012);
    struct dm_trial *thread =
        made_up_runs(&made, &dm_executor_thread, 2, 0, thread_ms, thread_ms / 200);
    made_up_shares(thread, 0.81, 0, 0.01);
    thread->measured = thread->pairs * 28 / 1000;
}

static void make_usual(void)
{
    make_with(25100);
}

/* ---- the table ---- */

static void tells_it_all_where_there_is_room(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "1,000 locations, 499,500 distances (pairs, haversine, radius 6371.0088 km)",
        "  executor  threads  grain  tasks     time       min … max  pairs/s    CPU   speedup "
        "(95 %)                  efficiency  speed",
        "  pool            2   auto  1,000   524 us    512 … 536 us    953 M  200 %      1.91 "
        "(1.88 to 1.93)                95 %  ████████████████████",
        "  serial          1   auto  1,000  1.00 ms  0.99 … 1.01 ms    500 M  100 %      1.00 "
        "                             100 %  ██████████▌",
        "  thread          2   auto  1,000  ~25.1 s   25.0 … 25.2 s   19.9 k    2 %  0.000040 "
        "(0.000040 to 0.000040)         0 %  ▏",
    };
    make_usual();
    print(0, false);
    char text[4096] = "";
    strncat(text, printed, sizeof text - 1);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[512];
        snprintf(line, sizeof line, "%s\n", lines[i]);
        if (!strstr(text, line))
            fail_msg("no line %zu in:\n%s", i, text);
    }
    assert_says("10 rounds; 2 CPUs, instruction set ");
    assert_says("~ measured on 2.80 % of the pairs, scaled up; grain: pairs per task; time: ");
    assert_null(strchr(printed, '\033'));
}

static void assert_fits(unsigned columns)
{
    for (const char *line = printed; *line; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        if (dm_columns(line, length) > columns || (length > 0 && line[length - 1] == ' '))
            fail_msg("at %u columns: \"%.*s\"", columns, (int)length, line);
    }
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    for (unsigned columns = 60; columns <= 220; columns++) {
        make_usual();
        print(columns, false);
        assert_fits(columns);
        assert_non_null(strstr(printed, "thread"));
        assert_non_null(strstr(printed, "~25.1 s"));
    }
}

/* The title that each width still shows, and the first that it does not. */
static void the_least_important_columns_go_first(void **state)
{
    (void)state;
    static const char *const titles[] = {"threads", "grain",   "speedup", "(95 %)", "min … max",
                                         "CPU",     "speed\n", "pairs/s", "tasks",  "efficiency"};
    static const struct {
        unsigned columns;
        size_t shown;
    } known[] = {{60, 3}, {70, 4}, {80, 5}, {90, 6}, {100, 7}, {105, 8}, {115, 9}, {140, 10}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        make_with(25.1);
        print(known[i].columns, false);
        char head[1026];
        snprintf(head, sizeof head, "%s\n", line_with("executor"));
        for (size_t j = 0; j < sizeof titles / sizeof *titles; j++)
            if ((strstr(head, titles[j]) != NULL) != (j < known[i].shown))
                fail_msg("at %u columns, of %s: %s", known[i].columns, titles[j], head);
    }
}

/* Where the text ends in the line, in columns. */
static size_t end_of(const char *line, const char *text)
{
    const char *found = strstr(line, text);
    assert_non_null(found);
    return dm_columns(line, (size_t)(found - line) + strlen(text));
}

/* In columns of the terminal, of which a … takes one. */
static void figures_stand_below_each_other(void **state)
{
    (void)state;
    static const char *const cells[][3] = {
        {"executor", " time", "CPU"},
        {"  pool  ", "524 us", "200 %"},
        {"  serial  ", "1.00 ms", "100 %"},
        {"  thread  ", "~25.1 s", "  2 %"},
    };
    make_usual();
    print(0, false);
    for (size_t row = 1; row < sizeof cells / sizeof *cells; row++)
        for (size_t i = 1; i < 3; i++)
            assert_int_equal(end_of(line_with(cells[row][0]), cells[row][i]),
                             end_of(line_with("executor"), cells[0][i]));
    assert_int_equal(end_of(line_with("  pool  "), "1.91 ("),
                     end_of(line_with("executor"), "speedup ("));
}

static void the_fastest_comes_first(void **state)
{
    (void)state;
    made_up_begin(&made);
    for (unsigned i = 0; i < 30; i++)
        made_up_runs(&made, i == 0 ? &dm_executor_serial : &dm_executor_pool, 2, 0,
                     1 + (i * 7) % 30, 0.01);
    print(0, false);
    const char *before = printed;
    for (unsigned ms = 1; ms <= 30; ms++) {
        char text[32];
        snprintf(text, sizeof text, ms < 10 ? "  %u.00 ms  " : "  %u.0 ms  ", ms);
        const char *found = strstr(printed, text);
        if (!found)
            fail_msg("no \"%s\" in:\n%s", text, printed);
        assert_true(found > before);
        before = found;
    }
}

static void bars_are_as_long_as_speeds(void **state)
{
    (void)state;
    static const char *const bars[] = {"  ████████████████████\n", "  ██████████\n", "  █████\n",
                                       "  ▍\n", "  ▏\n"};
    static const double ms[] = {1, 2, 4, 50, 1e6};
    made_up_begin(&made);
    for (size_t i = 0; i < 5; i++)
        made_up_runs(&made, i == 0 ? &dm_executor_serial : &dm_executor_pool, 1, 0, ms[i], 0);
    print(0, false);
    const char *place = printed;
    for (size_t i = 0; i < 5; i++) {
        place = strstr(place, bars[i]);
        if (!place)
            fail_msg("no bar %zu in:\n%s", i, printed);
    }
}

static void one_round_tells_nothing(void **state)
{
    (void)state;
    const double slow = 2, fast = 1;
    made_up_begin(&made);
    made_up_trial(&made, &dm_executor_serial, 1, 0, &slow, 1);
    struct dm_trial *pool = made_up_trial(&made, &dm_executor_pool, 2, 0, &fast, 1);
    made_up_shares(pool, 0, 0, 0.5);
    print(0, false);
    assert_says("1 round; 2 CPUs");
    assert_says(" 2.00 100 % ");
    assert_says(" pool with 2 threads took the least time, but there are too "
                "few rounds to be sure (use --runs=6 or more). Where");
    assert_does_not_say("because");
}

static void conditions_are_told(void **state)
{
    (void)state;
    make_usual();
    made.comparison.warmup = 0;
    made.comparison.delay_ns = 1500000;
    print(0, false);
    assert_says(
        "10 rounds, 0 warm-up runs before each measurement, each task waits 1.50 ms; 2 CPUs, ");
}

/* Of two threads nobody expects more than twice; the machine was another for serial. */
static void too_much_is_doubtful(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 4.5, 0.045);
    print(0, false);
    assert_says(" ? 2.22 ");
    assert_says("times as fast as serial (doubtful: greater than its number of threads).");
    assert_says("?: doubtful, because greater than the number of threads");
    made.comparison.delay_ns = 1;
    print(0, false);
    assert_does_not_say("?");
}

static void colour_is_for_the_head_and_the_winner(void **state)
{
    (void)state;
    make_usual();
    print(100, true);
    assert_ptr_equal(strstr(printed, "\033[1m1,000 locations"), printed);
    assert_non_null(strstr(printed, "\033[2m  executor"));
    assert_non_null(strstr(printed, "\n\033[1mpool with 2 threads was fastest"));
    size_t on = 0, off = 0;
    for (const char *c = printed; (c = strchr(c, '\033')); c++) {
        off += strncmp(c, "\033[0m", 4) == 0;
        on += strncmp(c, "\033[0m", 4) != 0;
    }
    assert_int_equal(on, 4);
    assert_int_equal(off, 4);
}

/* Of a run, on average, and of so much of the work as was measured. */
static void details_tell_of_each_worker(void **state)
{
    (void)state;
    make_usual();
    made.trials[1].open_ns = 65432;
    strcpy(made.comparison.report.notes[0].columns, "name \"a\", latitude \"b\", longitude \"c\"");
    print_with((struct dm_comparison_style){.details = true});
    assert_says("What each worker did, on average per run "
                "pool with 2 threads, started in 65.4 us tasks busy waiting creating "
                "worker 0 500 524 us 0 ns 0 ns worker 1 500 524 us 0 ns 0 ns serial, started in ");
    assert_says("thread with 2 threads, started in 0 ns; 2.8 % of the pairs tasks ");
    assert_says("worker 0 is the calling thread; ");
    assert_says("columns: name \"a\", latitude \"b\", longitude \"c\"");
    print(0, false);
    assert_does_not_say("worker 0");
    assert_does_not_say("opened");
}

static void details_fit_too(void **state)
{
    (void)state;
    for (unsigned columns = 60; columns <= 220; columns++) {
        make_usual();
        print_with((struct dm_comparison_style){false, columns, true});
        assert_fits(columns);
        assert_non_null(strstr(printed, "worker 1"));
    }
}

/* ---- the winner ---- */

static void names_the_fastest_and_what_it_is_faster_than(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.2);
    struct dm_trial *thread = made_up_runs(&made, &dm_executor_thread, 2, 0, 7, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0.1);
    print(0, false);
    assert_says(" pool with 2 threads was fastest: 2.00 times as fast as serial, "
                "1.40 (1.39 to 1.41) times as fast as thread with 2 threads. Where");
    made_up_disturb(thread, 0, MADE_UP_RUNS, 0.5);
    print(0, false);
    assert_says(" thread with 2 threads was fastest: ");
}

static void serial_can_win(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_thread, 1, 0, 20, 0.1);
    print(0, false);
    assert_says(" serial was fastest: 2.00 (1.99 to 2.01) times as fast as thread with 1 thread. ");
}

/* In some rounds the one, in some the other. */
static void what_is_not_told_apart_is_equally_fast(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *serial = made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0);
    struct dm_trial *thread = made_up_runs(&made, &dm_executor_thread, 2, 0, 5.05, 0);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0);
    made_up_disturb(thread, 2, 3, 0.9);
    print(0, false);
    assert_says(" pool with 2 threads and thread with 2 threads were equally fast, the first 2.00 "
                "times as fast as serial. Where");
    made_up_disturb(serial, 0, MADE_UP_RUNS, 0.501); /* serial too */
    print(0, false);
    assert_says(" pool with 2 threads, serial and thread with 2 threads were equally fast. Where");
    assert_does_not_say("because"); /* nobody has to say why */
}

/* pool has the least median; neither of the others differs significantly from it, but they do from
 * each other. The one that is slower is not called equally fast, and nothing is said twice. */
static void equals_are_not_told_apart_from_each_other(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0);
    struct dm_trial *pool = made_up_runs(&made, &dm_executor_pool, 1, 0, 9.8, 0);
    struct dm_trial *process = made_up_runs(&made, &dm_executor_process, 1, 0, 12, 0);
    made_up_disturb(pool, 0, 4, 13 / 9.8);
    made_up_shares(process, 0, 0, 0.8);
    print(0, false);
    assert_says(" pool with 1 thread and serial were equally fast. Where");
    assert_says("; it takes 1.20 times as long as serial, because ");
}

static void lists_of_equals_have_an_end(void **state)
{
    (void)state;
    made_up_begin(&made);
    made.comparison.delay_ns = 1; /* so that threads can give anything */
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    for (unsigned i = 1; i <= 4; i++)
        made_up_runs(&made, &dm_executor_pool, i, 0, 5 + 0.001 * i, 0.1);
    print(0, false);
    assert_says(
        " pool with 1 thread, pool with 2 threads, pool with 3 threads and pool with 4 "
        "threads were equally fast, the first 2.00 (1.98 to 2.02) times as fast as serial.");
    made_up_runs(&made, &dm_executor_pool, 5, 0, 5.005, 0.1);
    print(0, false);
    assert_says(" pool with 1 thread, pool with 2 threads, pool with 3 threads and 2 others were "
                "equally fast, ");
}

static void names_tell_the_grain_where_it_differs(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 1, 10, 0.1);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 1, 0.01);
    print(0, false);
    assert_says(" serial at grain auto was fastest: 10.0 times as fast as serial at "
                "grain 1. ");
    assert_says(" serial at grain 1: 100 % working; ");
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 64, 10, 0.1);
    print(0, false);
    assert_says(" serial was the only executor: there is nothing to compare it with.");
}

/* ---- where the time went ---- */

/* serial takes 10 ms; this one so long. */
static struct dm_trial *against_serial(const struct dm_executor_ops *executor, unsigned threads,
                                       double ms)
{
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    return made_up_runs(&made, executor, threads, 0, ms, 0.01);
}

/* Its threads have a CPU for this part of the time that they work. */
static void give_cpu(struct dm_trial *trial, double part)
{
    for (unsigned i = 0; i < trial->workers; i++) {
        struct dm_worker_stats *worker = &trial->compute.stats.workers[i];
        worker->cpu_ns = (uint64_t)(part * (double)(worker->busy_ns - worker->delayed_ns));
    }
}

static void work_alone(void **state)
{
    (void)state;
    against_serial(&dm_executor_pool, 2, 5);
    print(0, false);
    assert_says(" serial: 100 % working; 10.0 us per task. ");
    assert_says(" pool with 2 threads: 100 % working; 10.0 us per task, evenly shared 50 : 50. ");
}

static void creating_threads(void **state)
{
    (void)state;
    made_up_shares(against_serial(&dm_executor_thread, 2, 25), 0.8, 0, 0.01);
    print(0, false);
    assert_says(" thread with 2 threads: 79 % creating 1,000 threads, 20.0 us each, 20 % waiting "
                "for threads to start and end, 1 % working; 500 ns per task; it takes 2.50 times "
                "as long as "
                "serial, because creating a thread takes 40.0 times as long as its task.");
    made_up_shares(against_serial(&dm_executor_thread, 2, 25), 0.1, 0, 0.1);
    print(0, false);
    assert_says(
        "thread with 2 threads: 81 % waiting for threads to start and end, 10 % working, 9 % "
        "creating 1,000 threads, 2.50 us each; 5.00 us per task, evenly shared 50 : 50; it "
        "takes 2.50 times as long as serial, because its threads take longer to start and end than "
        "to run "
        "their tasks.");
}

static void waiting(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 8);
    made_up_shares(pool, 0, 0, 0.6);
    print(0, false);
    assert_says(
        " pool with 2 threads: 60 % working, 40 % waiting; 9.60 us per task, evenly shared "
        "50 : 50; 1.25 times as fast as serial instead of 2, because its threads waited for each "
        "other or for a CPU for 40 % of the time.");
    pool->tasks = 1;
    print(0, false);
    assert_says(" instead of 2, because there is only 1 task.");
}

static void waiting_as_told(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 4, 2.5);
    made.comparison.delay_ns = 1000000;
    made_up_shares(&made.trials[0], 0, 0.99, 0.01);
    made_up_shares(pool, 0, 0.98, 0.02);
    print(0, false);
    assert_says(" serial: 99 % waiting for --delay, 1 % working; 100 ns of work per task. ");
    assert_says(" pool with 4 threads: 98 % waiting for --delay, 3.9 tasks at a time, 2 % working; "
                "200 ns of work per task, evenly shared. "); /* and no word of 2 CPUs */
}

/* A thousand tasks that wait 1 ms each, in 10 ms. */
static void waiting_at_once(void **state)
{
    (void)state;
    struct dm_trial *async = against_serial(&dm_executor_async, 1, 10);
    made.comparison.delay_ns = 1000000;
    made_up_shares(async, 0, 0.97, 0.03);
    print(0, false);
    assert_says(
        " async: 97 % waiting for --delay, 100 tasks at a time, 3 % working; 300 ns of work "
        "per task. ");
}

static void more_threads_than_cpus(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 4, 5.1);
    give_cpu(pool, 0.5);
    print(0, false);
    assert_says("; 1.96 times as fast as serial instead of 4, because 4 threads share 2 CPUs.");
    made_up_shares(pool, 0, 0, 0.45); /* two did not even begin before it was over */
    print(0, false);
    assert_says("; 1.96 times as fast as serial instead of 4, because 4 threads share 2 CPUs.");
}

/* Which does not make it slower than serial. */
static void a_crowd_is_no_excuse(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 4, 50);
    made_up_shares(pool, 0, 0, 0.2);
    print(0, false);
    assert_says(
        "; it takes 5.00 times as long as serial, because its threads waited for each other "
        "or for a CPU for "
        "80 % of the time.");
}

static void processes_are_called_so(void **state)
{
    (void)state;
    struct dm_trial *process = against_serial(&dm_executor_process, 2, 8);
    made_up_shares(process, 0, 0, 0.6);
    print(0, false);
    assert_says("because its processes waited for each other or for a CPU for 40 % of the time.");
}

static void chance_has_no_reason(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 10.5);
    made_up_shares(pool, 0, 0, 0.5);
    made_up_disturb(pool, 2, 3, 0.9); /* of ten rounds */
    print(0, false);
    assert_does_not_say("because");
    made_up_disturb(pool, 2, 3, 1 / 0.9);
    print(0, false);
    assert_says("; it takes 1.05 times as long as serial, because its threads waited ");
}

static void no_cpu(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 8);
    give_cpu(pool, 0.625);
    pool->compute.usage.preemptions = 40;
    pool->compute.usage.sleeps = 75;
    print(0, false);
    assert_says("; 12 context switches per run; 1.25 times as fast as serial instead of 2, because "
                "its threads "
                "had no CPU for 38 % of the time (other programs may be running).");
    give_cpu(pool, 0); /* not known */
    print(0, false);
    assert_says(" instead of 2, because its tasks took 1.60 times as long as in serial.");
    assert_non_null(strstr(line_with("  pool  "), "  –  ")); /* its use of CPUs */
}

static void uneven_shares(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 5);
    pool->compute.stats.workers[0].busy_ns /= 3;
    print(0, false);
    assert_says("per task, shared 75 : 25");
    pool->compute.stats.workers[0].tasks = 0;
    print(0, false);
    assert_says("per task, 1 of 2 threads had no tasks");
    pool = against_serial(&dm_executor_pool, 4, 5);
    print(0, false);
    assert_says("per task, evenly shared;");
    pool->compute.stats.workers[3].busy_ns *= 2;
    print(0, false);
    assert_says("per task, the busiest thread worked 1.6 times as long as the average;");
}

static void tasks_that_are_too_small(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 1, 35, 0.1);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 1, 0.1);
    made_up_runs(&made, &dm_executor_serial, 1, 20000, 2, 0.1);
    print(0, false);
    assert_says(" serial at grain 1: 100 % working; 35.0 us per task; a pair takes 35.0 times as "
                "long as at "
                "grain auto, because assigning such small tasks costs more than running them. ");
    assert_says(" serial at grain 20,000: 100 % working; 2.00 us per task. ");
    made.comparison.delay_ns = 1; /* then they wait more often */
    print(0, false);
    assert_does_not_say("such small tasks");
}

static void parts_are_scaled_up(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 5);
    pool->compute.usage.sleeps = 40;
    pool->measured = pool->pairs / 4;
    pool->compute.tasks /= 4;
    print(0, false);
    assert_says("; 16 context switches per run");
    assert_says(" ~ measured on 25.0 % of the pairs, scaled up; ");
    made.trials[0].measured = made.trials[0].pairs / 50;
    print(0, false);
    assert_says(" ~ measured on 2.00 to 25.0 % of the pairs, scaled up; ");
    assert_non_null(strstr(line_with("  serial  "), " ~10.0 ms"));
}

static void lost_workers(void **state)
{
    (void)state;
    struct dm_trial *pool = against_serial(&dm_executor_pool, 2, 5);
    pool->lost = 1;
    print(0, false);
    assert_says("; 1 worker died, the others did its tasks.");
    pool->lost = 2;
    pool->lost_to = 9;
    print(0, false);
    assert_says("; 2 workers died (signal 9), the others did their tasks.");
}

static void too_short_to_tell(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 0.004, 0.0001);
    print(0, false);
    assert_says(" pool with 2 threads: too short to analyse.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(tells_it_all_where_there_is_room, clean),
        cmocka_unit_test_teardown(no_line_is_wider_than_the_terminal, clean),
        cmocka_unit_test_teardown(the_least_important_columns_go_first, clean),
        cmocka_unit_test_teardown(figures_stand_below_each_other, clean),
        cmocka_unit_test_teardown(the_fastest_comes_first, clean),
        cmocka_unit_test_teardown(bars_are_as_long_as_speeds, clean),
        cmocka_unit_test_teardown(details_tell_of_each_worker, clean),
        cmocka_unit_test_teardown(details_fit_too, clean),
        cmocka_unit_test_teardown(one_round_tells_nothing, clean),
        cmocka_unit_test_teardown(conditions_are_told, clean),
        cmocka_unit_test_teardown(too_much_is_doubtful, clean),
        cmocka_unit_test_teardown(colour_is_for_the_head_and_the_winner, clean),
        cmocka_unit_test_teardown(names_the_fastest_and_what_it_is_faster_than, clean),
        cmocka_unit_test_teardown(serial_can_win, clean),
        cmocka_unit_test_teardown(what_is_not_told_apart_is_equally_fast, clean),
        cmocka_unit_test_teardown(equals_are_not_told_apart_from_each_other, clean),
        cmocka_unit_test_teardown(lists_of_equals_have_an_end, clean),
        cmocka_unit_test_teardown(names_tell_the_grain_where_it_differs, clean),
        cmocka_unit_test_teardown(work_alone, clean),
        cmocka_unit_test_teardown(creating_threads, clean),
        cmocka_unit_test_teardown(waiting, clean),
        cmocka_unit_test_teardown(waiting_as_told, clean),
        cmocka_unit_test_teardown(waiting_at_once, clean),
        cmocka_unit_test_teardown(more_threads_than_cpus, clean),
        cmocka_unit_test_teardown(a_crowd_is_no_excuse, clean),
        cmocka_unit_test_teardown(processes_are_called_so, clean),
        cmocka_unit_test_teardown(chance_has_no_reason, clean),
        cmocka_unit_test_teardown(no_cpu, clean),
        cmocka_unit_test_teardown(uneven_shares, clean),
        cmocka_unit_test_teardown(tasks_that_are_too_small, clean),
        cmocka_unit_test_teardown(parts_are_scaled_up, clean),
        cmocka_unit_test_teardown(lost_workers, clean),
        cmocka_unit_test_teardown(too_short_to_tell, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
