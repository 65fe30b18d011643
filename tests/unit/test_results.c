/* What is exported: the numbers of a run or a comparison, and the texts made of them. */
#include "report/export.h"

#include "testing/testing.h"

#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double three_runs[] = {0.011, 0.012, 0.016};
static const double one_run[] = {1.5};

/* A trial of three runs: 10 million pairs, in 13 ms. */
static struct dm_result trial(const char *executor, unsigned threads, uint64_t grain)
{
    return (struct dm_result){
        .command = (char *)"dmatrix cities.csv",
        .executor = executor,
        .metric = "haversine",
        .shape = "pairs",
        .selection = "pairs",
        .isa = "avx2",
        .radius_km = 6371.0088,
        .threads = threads,
        .asked_grain = grain,
        .grain = grain > 0 ? grain : 8192,
        .pairs = 10000000,
        .measured = 10000000,
        .tasks = 1221,
        .seconds = three_runs,
        .rounds = 3,
        .time =
            {.mean = 0.013, .stddev = 0.00264575131, .median = 0.012, .min = 0.011, .max = 0.016},
        .user = 0.025,
        .system = 0.000125,
        .sleeps = 2.5,
        .preemptions = 1.0 / 3,
        .shares = {.creating = 0.125, .waiting = 0.25, .working = 0.625},
        .speedup = {1.93, 1.88, 1.95},
    };
}

/* One that was measured once, on a few of its pairs. */
static struct dm_result scaled_trial(void)
{
    struct dm_result result = trial("thread", 2, 1);
    result.seconds = one_run;
    result.rounds = 1;
    result.time = (struct dm_statistics){1.5, NAN, 1.5, 1.5, 1.5};
    result.measured = 20000;
    result.speedup = (struct dm_ratio){0.0166666667, NAN, NAN};
    return result;
}

static struct dm_results comparison_of(struct dm_result *list, size_t count)
{
    return (struct dm_results){.list = list, .count = count, .compared = true};
}

static struct dm_result the_run(void)
{
    struct dm_result result = trial("pool", 2, 0);
    result.format = "csv";
    result.unit = "mi";
    result.time = (struct dm_statistics){0.0215, NAN, 0.0215, 0.0215, 0.0215};
    result.rounds = 1;
    result.speedup = (struct dm_ratio){NAN, NAN, NAN};
    return result;
}

static struct dm_results run_of(struct dm_result *result)
{
    const double phases[DM_PHASES] = {0.0004, NAN,    NAN,    NAN,    0.0009,
                                      0.001,  0.0077, 0.0115, 0.0146, 0.0215};
    memcpy(result->phases, phases, sizeof phases);
    return (struct dm_results){.list = result, .count = 1};
}

/* ---- JSON ---- */

static json_t *json_of(const struct dm_results *results)
{
    char *text;
    struct dm_error error;
    json_error_t why;
    if (dm_results_json(results, &text, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_int_equal(text[strlen(text) - 1], '\n');
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    if (!json)
        fail_msg("%s in %s", why.text, text);
    free(text);
    return json;
}

static json_t *result_in(const json_t *json, size_t place)
{
    return json_array_get(json_object_get(json, "results"), place);
}

static void assert_text(const json_t *object, const char *key, const char *wanted)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (!value || strcmp(value, wanted) != 0)
        fail_msg("%s is %s instead of %s", key, value ? value : "nothing", wanted);
}

static void assert_value(const json_t *object, const char *key, double wanted)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_number(value) || fabs(json_number_value(value) - wanted) > 1e-9)
        fail_msg("%s is %g instead of %g", key, json_number_value(value), wanted);
}

static void json_has_the_schema_of_hyperfine(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("pool", 2, 64)};
    struct dm_results results = comparison_of(list, 1);
    json_t *json = json_of(&results), *result = result_in(json, 0);
    assert_int_equal(json_object_size(json), 2);
    assert_text(result, "command", "dmatrix cities.csv");
    assert_value(result, "mean", 0.013);
    assert_value(result, "stddev", 0.00264575131);
    assert_value(result, "median", 0.012);
    assert_value(result, "user", 0.025);
    assert_value(result, "system", 0.000125);
    assert_value(result, "min", 0.011);
    assert_value(result, "max", 0.016);
    const json_t *times = json_object_get(result, "times");
    const json_t *codes = json_object_get(result, "exit_codes");
    assert_int_equal(json_array_size(times), 3);
    assert_int_equal(json_array_size(codes), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs(json_number_value(json_array_get(times, i)) - three_runs[i]) < 1e-9);
        assert_true(json_is_integer(json_array_get(codes, i)));
        assert_int_equal(json_integer_value(json_array_get(codes, i)), 0);
    }
    json_decref(json);
}

static void json_has_what_hyperfine_has_no_name_for(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("pool", 2, 64)};
    list[0].delay = 0.002;
    list[0].measured = 9000000;
    list[0].lost = 1;
    struct dm_results results = comparison_of(list, 1);
    json_t *json = json_of(&results), *result = result_in(json, 0);
    const json_t *shares = json_object_get(result, "shares");
    const json_t *speedup = json_object_get(result, "speedup");
    assert_text(result, "executor", "pool");
    assert_text(result, "metric", "haversine");
    assert_text(result, "shape", "pairs");
    assert_text(result, "instruction_set", "avx2");
    assert_value(result, "radius_km", 6371.0088);
    assert_true(json_is_null(json_object_get(result, "ellipsoid")));
    assert_text(result, "asked_grain", "64");
    assert_value(result, "threads", 2);
    assert_value(result, "grain", 64);
    assert_value(result, "delay", 0.002);
    assert_value(result, "pairs", 10000000);
    assert_value(result, "measured_pairs", 9000000);
    assert_value(result, "tasks", 1221);
    assert_value(result, "sleeps", 2.5);
    assert_value(result, "preemptions", 0.333333333);
    assert_value(result, "workers_lost", 1);
    assert_int_equal(json_object_size(speedup), 3);
    assert_value(speedup, "value", 1.93);
    assert_value(speedup, "low", 1.88);
    assert_value(speedup, "high", 1.95);
    assert_value(shares, "creating", 0.125);
    assert_value(shares, "waiting", 0.25);
    assert_value(shares, "delayed", 0);
    assert_value(shares, "working", 0.625);
    assert_null(json_object_get(result, "format"));
    assert_null(json_object_get(result, "unit"));
    assert_null(json_object_get(result, "phases"));
    json_decref(json);
}

static void json_says_null_where_nothing_is_known(void **state)
{
    (void)state;
    struct dm_result list[] = {scaled_trial(), trial("pool", 2, 0)};
    list[1].speedup = (struct dm_ratio){INFINITY, -INFINITY, NAN};
    list[1].radius_km = NAN;
    snprintf(list[1].ellipsoid, sizeof list[1].ellipsoid, "WGS84");
    struct dm_results results = comparison_of(list, 2);
    json_t *json = json_of(&results);
    assert_true(json_is_null(json_object_get(result_in(json, 0), "stddev")));
    const json_t *known = json_object_get(result_in(json, 0), "speedup");
    const json_t *unknown = json_object_get(result_in(json, 1), "speedup");
    assert_value(known, "value", 0.0166666667);
    assert_true(json_is_null(json_object_get(known, "low")));
    assert_true(json_is_null(json_object_get(known, "high")));
    assert_true(json_is_null(json_object_get(unknown, "value")));
    assert_true(json_is_null(json_object_get(unknown, "low")));
    assert_true(json_is_null(json_object_get(unknown, "high")));
    assert_true(json_is_null(json_object_get(result_in(json, 1), "radius_km")));
    assert_text(result_in(json, 1), "ellipsoid", "WGS84");
    json_decref(json);
}

static void json_of_a_run(void **state)
{
    (void)state;
    struct dm_result result = the_run();
    struct dm_results results = run_of(&result);
    json_t *json = json_of(&results), *object = result_in(json, 0);
    const json_t *parameters = json_object_get(object, "parameters");
    const json_t *phases = json_object_get(object, "phases");
    assert_int_equal(json_object_size(parameters), 6);
    assert_text(parameters, "executor", "pool");
    assert_text(parameters, "metric", "haversine");
    assert_text(parameters, "threads", "2");
    assert_text(parameters, "grain", "8192");
    assert_text(parameters, "shape", "pairs");
    assert_text(parameters, "format", "csv");
    assert_int_equal(json_object_size(phases), 10);
    assert_value(phases, "load", 0.0004);
    assert_true(json_is_null(json_object_get(phases, "index")));
    assert_true(json_is_null(json_object_get(phases, "count")));
    assert_value(phases, "prepare", 0.0009);
    assert_value(phases, "compute", 0.001);
    assert_value(phases, "encode", 0.0077);
    assert_value(phases, "finish", 0.0115);
    assert_value(phases, "write", 0.0146);
    assert_value(phases, "total", 0.0215);
    assert_text(object, "format", "csv");
    assert_text(object, "unit", "mi");
    assert_null(json_object_get(object, "speedup"));
    json_decref(json);
}

/* The parameters of every trial, "executor=pool threads=2; ...". */
static void assert_parameters(struct dm_result *list, size_t count, const char *wanted)
{
    char found[512] = "";
    struct dm_results results = comparison_of(list, count);
    json_t *json = json_of(&results);
    for (size_t i = 0; i < count; i++) {
        json_t *parameters = json_object_get(result_in(json, i), "parameters");
        const char *name;
        json_t *value;
        strcat(found, i > 0 ? ";" : "");
        json_object_foreach(parameters, name, value)
        {
            strcat(strcat(found, " "), name);
            strcat(strcat(found, "="), json_string_value(value));
        }
    }
    assert_string_equal(found, wanted);
    json_decref(json);
}

static void parameters_are_what_varies(void **state)
{
    (void)state;
    struct dm_result alone[] = {trial("serial", 1, 0)};
    struct dm_result executors[] = {trial("serial", 1, 0), trial("thread", 2, 0),
                                    trial("pool", 2, 0)};
    struct dm_result threads[] = {trial("serial", 1, 0), trial("pool", 1, 0), trial("pool", 2, 0)};
    struct dm_result grains[] = {trial("serial", 1, 16), trial("serial", 1, 0)};
    struct dm_result pool[] = {trial("serial", 1, 16), trial("serial", 1, 32), trial("pool", 2, 16),
                               trial("pool", 2, 32)};
    struct dm_result both[] = {trial("serial", 1, 0), trial("pool", 1, 0), trial("pool", 2, 0),
                               trial("thread", 1, 0), trial("thread", 2, 0)};
    assert_parameters(alone, 1, " executor=serial");
    assert_parameters(executors, 3, " executor=serial; executor=thread; executor=pool");
    assert_parameters(threads, 3, " threads=1; threads=1; threads=2");
    assert_parameters(grains, 2, " grain=16; grain=8192");
    assert_parameters(pool, 4,
                      " executor=serial grain=16; executor=serial grain=32;"
                      " executor=pool grain=16; executor=pool grain=32");
    assert_parameters(both, 5,
                      " executor=serial threads=1; executor=pool threads=1;"
                      " executor=pool threads=2; executor=thread threads=1;"
                      " executor=thread threads=2");
}

static char hostile[] = "dmatrix 'a \"b\", c|d`e\n*f*\\.csv'";

static void json_holds_any_command(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("pool", 2, 0)};
    list[0].command = hostile;
    struct dm_results results = comparison_of(list, 1);
    json_t *json = json_of(&results);
    assert_text(result_in(json, 0), "command", hostile);
    json_decref(json);
}

/* The fastest first, then those that do not differ significantly from it. */
static void json_names_the_fastest(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("serial", 1, 0), trial("pool", 1, 0), trial("pool", 2, 0)};
    struct dm_results results = comparison_of(list, 3);
    char *commands[] = {(char *)"first", (char *)"second", (char *)"third"};
    for (size_t i = 0; i < 3; i++)
        list[i].command = commands[i];
    list[0].fastest = list[2].fastest = true;
    results.first = 2;
    json_t *json = json_of(&results);
    const json_t *fastest = json_object_get(json, "fastest");
    assert_int_equal(json_array_size(fastest), 2);
    assert_string_equal(json_string_value(json_array_get(fastest, 0)), "third");
    assert_string_equal(json_string_value(json_array_get(fastest, 1)), "first");
    json_decref(json);
}

/* ---- CSV and Markdown ---- */

typedef enum dm_status maker(const struct dm_results *, char **, struct dm_error *);

static void assert_made(maker *make, const struct dm_results *results, const char *wanted)
{
    char *text;
    struct dm_error error;
    if (make(results, &text, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_string_equal(text, wanted);
    free(text);
}

#define HYPERFINE_COLUMNS "command,mean,stddev,median,user,system,min,max,"
#define PARAMETER_COLUMNS                                                                          \
    "parameter_executor,parameter_threads,parameter_grain,parameter_metric,parameter_shape,"       \
    "parameter_delay,"
#define OWN_COLUMNS                                                                                \
    "grain,pairs,measured_pairs,tasks,share_creating,share_waiting,share_delayed,share_working,"   \
    "sleeps,preemptions,workers_lost,"

static void csv_of_a_comparison(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("pool", 2, 0), scaled_trial()};
    list[0].command = hostile;
    list[0].delay = 0.002;
    struct dm_results results = comparison_of(list, 2);
    assert_made(dm_results_csv, &results,
                HYPERFINE_COLUMNS PARAMETER_COLUMNS OWN_COLUMNS
                "speedup,speedup_low,speedup_high\n"
                "\"dmatrix 'a \"\"b\"\", c|d`e\n*f*\\.csv'\",0.013,0.00264575131,0.012,0.025,"
                "0.000125,0.011,0.016,pool,2,auto,haversine,pairs,0.002,8192,10000000,10000000,"
                "1221,0.125,0.25,0,0.625,2.5,0.333333333,0,1.93,1.88,1.95\n"
                "dmatrix cities.csv,1.5,,1.5,0.025,0.000125,1.5,1.5,thread,2,1,haversine,pairs,0,"
                "1,10000000,20000,1221,0.125,0.25,0,0.625,2.5,0.333333333,0,0.0166666667,,\n");
}

static void csv_quotes_what_it_must(void **state)
{
    (void)state;
    static const char *const commands[][2] = {
        {"a 'b'; c", "\na 'b'; c,0.013,"}, {"a,b", "\n\"a,b\",0.013,"},
        {"a\"b", "\n\"a\"\"b\",0.013,"},   {"a\nb", "\n\"a\nb\",0.013,"},
        {"a\rb", "\n\"a\rb\",0.013,"},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct dm_result list[] = {trial("pool", 2, 0)};
        struct dm_results results = comparison_of(list, 1);
        struct dm_error error;
        char *text;
        list[0].command = (char *)commands[i][0];
        assert_int_equal(dm_results_csv(&results, &text, &error), DM_OK);
        if (!strstr(text, commands[i][1]))
            fail_msg("no %s in %s", commands[i][1], text);
        free(text);
    }
}

static void csv_of_a_run(void **state)
{
    (void)state;
    struct dm_result result = the_run();
    struct dm_results results = run_of(&result);
    assert_made(dm_results_csv, &results,
                HYPERFINE_COLUMNS PARAMETER_COLUMNS
                "parameter_format," OWN_COLUMNS "phase_load,phase_index,phase_count,phase_ask,"
                "phase_prepare,phase_compute,phase_encode,phase_"
                "finish,phase_write,"
                "phase_total\n"
                "dmatrix cities.csv,0.0215,,0.0215,0.025,0.000125,0.0215,0.0215,pool,2,auto,"
                "haversine,pairs,0,csv,8192,10000000,10000000,1221,0.125,0.25,0,0.625,2.5,"
                "0.333333333,0,0.0004,,,,0.0009,0.001,0.0077,0.0115,0.0146,0.0215\n");
}

/* The fastest first, in whose unit all are; what was scaled, or is doubtful, has a mark. */
static void markdown_of_a_comparison(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("serial", 1, 0), scaled_trial(), trial("pool", 2, 0)};
    list[0].time = (struct dm_statistics){0.025, 0, 0.025, 0.025, 0.025};
    list[0].speedup = (struct dm_ratio){1, 1, 1};
    list[0].delay = list[1].delay = list[2].delay = 0.002;
    list[0].relative = 2;
    list[1].relative = 100;
    list[2].relative = 1;
    struct dm_results results = comparison_of(list, 3);
    assert_made(
        dm_results_markdown, &results,
        "| Executor | Threads | Grain | Median [ms] | Min [ms] | Max [ms] | Pairs/s | Speedup |\n"
        "|:---|---:|---:|---:|---:|---:|---:|---:|\n"
        "| pool | 2 | 8,192 (auto) | 12.0 | 11.0 | 16.0 | 833.3 M | 1.93 (1.88 to 1.95) |\n"
        "| serial | 1 | 8,192 (auto) | 25.0 | 25.0 | 25.0 | 400.0 M | 1.00 |\n"
        "| thread | 2 | 1 | 1500.0 \\* | 1500.0 | 1500.0 | 6.7 M | 0.017 |\n"
        "\n"
        "10,000,000 distances (pairs, haversine), with a wait of 2.00 ms in every task; the "
        "speedup is over serial with the same grain, with a 95 % confidence interval for all "
        "rows together.\n"
        "\n"
        "\\* Measured on part of the distances, at least 20,000, and scaled up to all of them.\n");
}

static void markdown_marks_what_is_doubtful(void **state)
{
    (void)state;
    struct dm_result list[] = {trial("pool", 1, 0)};
    struct dm_results results = comparison_of(list, 1);
    struct dm_error error;
    char *text;
    list[0].doubtful = true;
    assert_int_equal(dm_results_markdown(&results, &text, &error), DM_OK);
    assert_non_null(strstr(text, " | ? 1.93 (1.88 to 1.95) |\n"));
    assert_non_null(strstr(text, "\n?: doubtful, because greater than the number of threads.\n"));
    free(text);
}

static void assert_row(double seconds, const char *unit, const char *row)
{
    struct dm_result list[] = {trial("a|b*_<c>\n`", 1, 1)};
    struct dm_results results = comparison_of(list, 1);
    struct dm_error error;
    char *text, head[64];
    list[0].time = (struct dm_statistics){seconds, NAN, seconds, seconds, seconds};
    list[0].pairs = list[0].measured = 20000;
    list[0].speedup = (struct dm_ratio){NAN, NAN, NAN};
    assert_int_equal(dm_results_markdown(&results, &text, &error), DM_OK);
    snprintf(head, sizeof head, "| Median [%s] | Min [%s] | Max [%s] |", unit, unit, unit);
    if (!strstr(text, head) || !strstr(text, row))
        fail_msg("no %s with %s in\n%s", head, row, text);
    free(text);
}

static void markdown_chooses_units_and_escapes_names(void **state)
{
    (void)state;
#define NAME "\n| a\\|b\\*\\_\\<c\\> \\` | 1 | 1 | "
    assert_row(2, "s", NAME "2.00 | 2.00 | 2.00 | 10,000 | – |\n");
    assert_row(10, "s", NAME "10.0 | 10.0 | 10.0 | 2,000 | – |\n");
    assert_row(0.001, "ms", NAME "1.00 | 1.00 | 1.00 | 20.0 M | – |\n");
    assert_row(0.00025, "µs", NAME "250.0 | 250.0 | 250.0 | 80.0 M | – |\n");
    assert_row(0, "µs", NAME "0.00 | 0.00 | 0.00 | – | – |\n");
#undef NAME
}

static void points_are_points_everywhere(void **state)
{
    (void)state;
    static maker *const makers[] = {dm_results_json, dm_results_csv, dm_results_markdown};
    struct dm_result list[] = {trial("pool", 2, 0), scaled_trial()};
    struct dm_results results = comparison_of(list, 2);
    struct dm_error error;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        char *plain, *german;
        assert_int_equal(makers[i](&results, &plain, &error), DM_OK);
        if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
            free(plain);
            skip();
        }
        assert_int_equal(makers[i](&results, &german, &error), DM_OK);
        assert_string_equal(localeconv()->decimal_point, ","); /* it is still in use */
        setlocale(LC_ALL, "C");
        assert_string_equal(german, plain);
        free(plain);
        free(german);
    }
}

/* ---- where the results come from ---- */

static void a_run_becomes_a_result(void **state)
{
    (void)state;
    struct dm_worker_stats workers[] = {{.busy_ns = 3, .waiting_ns = 1}};
    struct dm_run_options options = dm_run_defaults();
    struct dm_report report = {
        .shape = &dm_shape_pairs,
        .isa = *dm_isas(),
        .unit = &dm_unit_km,
        .computed = 10,
        .threads = 2,
        .grain = 5,
        .load_ns = 1000000000,
        .write_ns = 2000000000,
        .total_ns = 3000000000,
        .usage = {.user_ns = 500000000, .system_ns = 250000000, .sleeps = 4, .preemptions = 5},
        .compute = {.wall_ns = 2, .tasks = 2, .stats = {.workers = workers}},
        .workers = 1,
    };
    struct dm_results results;
    struct dm_error error;
    options.delay_ns = 2000000;
    assert_int_equal(
        dm_results_of_run("dmatrix \xFFm\xC3\xBCnster\x80\n", &options, &report, &results, &error),
        DM_OK);
    const struct dm_result *result = results.list;
    assert_false(results.compared);
    assert_int_equal(results.count, 1);
    assert_string_equal(result->command, "dmatrix ?m\xC3\xBCnster?\n");
    assert_int_equal(result->rounds, 1);
    assert_true(result->seconds[0] == 3 && result->time.mean == 3 && isnan(result->time.stddev));
    assert_true(result->user == 0.5 && result->system == 0.25);
    assert_true(result->sleeps == 4 && result->preemptions == 5 && result->delay == 0.002);
    assert_true(result->shares.working == 0.75 && result->shares.waiting == 0.25);
    assert_true(isnan(result->speedup.value)); /* over what? */
    assert_string_equal(result->unit, "km");
    assert_string_equal(result->isa, (*dm_isas())->name);
    assert_true(result->radius_km == 6371.0088);
    assert_string_equal(result->ellipsoid, "");
    assert_int_equal(result->pairs, 10);
    assert_int_equal(result->measured, 10);
    assert_int_equal(result->asked_grain, 0);
    assert_int_equal(result->grain, 5);
    assert_true(result->phases[DM_PHASE_LOAD] == 1 && result->phases[DM_PHASE_WRITE] == 2 &&
                result->phases[DM_PHASE_TOTAL] == 3);
    dm_results_free(&results);
}

static void trials_become_results(void **state)
{
    (void)state;
    double slow[] = {4, 4}, fast[] = {2, 2};
    struct dm_trial trials[] = {
        {.executor = &dm_executor_serial, .threads = 1, .seconds = slow, .relative = 2},
        {.executor = &dm_executor_pool, .threads = 2, .seconds = fast, .relative = 1.1},
        {.executor = &dm_executor_pool, .threads = 4, .asked_grain = 7, .seconds = fast},
    };
    struct dm_comparison comparison = {.report = {.shape = &dm_shape_pairs, .isa = *dm_isas()},
                                       .count = 3,
                                       .trials = trials,
                                       .rounds = 2};
    struct dm_run_options options = dm_run_defaults();
    struct dm_results results;
    struct dm_error error;
    double sorted[2];
    for (size_t i = 0; i < comparison.count; i++) {
        trials[i].rounds = 2;
        trials[i].runs = 8;
        trials[i].time = dm_statistics_of(trials[i].seconds, 2, sorted);
        trials[i].pairs = 100;
        trials[i].measured = 10;
        trials[i].compute.usage = (struct dm_usage){.sleeps = 24, .preemptions = 8};
    }
    trials[1].speedup = (struct dm_ratio){2, 1.9, 2.1};
    trials[1].fastest = trials[2].fastest = true;
    trials[2].relative = 1;
    assert_int_equal(
        dm_results_of_comparison("dmatrix a\xFF.csv", &options, &comparison, &results, &error),
        DM_OK);
    const struct dm_result *list = results.list;
    assert_true(results.compared);
    assert_int_equal(results.count, 3);
    assert_int_equal(results.first, 2);
    assert_string_equal(list[1].command, "dmatrix a?.csv --executor=pool --threads=2 --grain=auto");
    assert_string_equal(list[2].command, "dmatrix a?.csv --executor=pool --threads=4 --grain=7");
    assert_true(list[1].speedup.value == 2 && list[1].speedup.high == 2.1);
    assert_true(!list[0].fastest && list[1].fastest && list[2].fastest);
    assert_int_equal(list[0].rounds, 2);
    assert_true(list[0].sleeps == 30 && list[0].preemptions == 10); /* of all pairs, a run */
    dm_results_free(&results);
}

static void exports_do_not_share_standard_output(void **state)
{
    (void)state;
    const char *const paths[DM_EXPORTS] = {[DM_EXPORT_JSON] = "-", [DM_EXPORT_MARKDOWN] = "-"};
    struct dm_run_options options = dm_run_defaults();
    struct dm_exports exports;
    struct dm_error error;
    options.origins = "cities.csv";
    assert_int_equal(dm_exports_open(paths, &options, &exports, &error), DM_USAGE);
    assert_string_equal(
        error.message,
        "--export-markdown=- is also the file of --export-json (choose another name)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_the_schema_of_hyperfine),
        cmocka_unit_test(json_has_what_hyperfine_has_no_name_for),
        cmocka_unit_test(json_says_null_where_nothing_is_known),
        cmocka_unit_test(json_of_a_run),
        cmocka_unit_test(parameters_are_what_varies),
        cmocka_unit_test(json_holds_any_command),
        cmocka_unit_test(json_names_the_fastest),
        cmocka_unit_test(csv_of_a_comparison),
        cmocka_unit_test(csv_quotes_what_it_must),
        cmocka_unit_test(csv_of_a_run),
        cmocka_unit_test(markdown_of_a_comparison),
        cmocka_unit_test(markdown_marks_what_is_doubtful),
        cmocka_unit_test(markdown_chooses_units_and_escapes_names),
        cmocka_unit_test(points_are_points_everywhere),
        cmocka_unit_test(a_run_becomes_a_result),
        cmocka_unit_test(trials_become_results),
        cmocka_unit_test(exports_do_not_share_standard_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
