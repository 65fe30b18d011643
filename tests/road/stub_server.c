/* A stub of a routing server, for tests and for trying requests without a network.
 *
 *     stub_server [--port=N] (--table=FILE --places=FILE | --computed) [OPTION]...
 *
 * README.md describes the options. */
#include "stub_loop.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct loop_options loop;
    struct rules rules;
    struct faults faults;
    const char *exchanges, *places, *log;
};

static void usage(FILE *file)
{
    fputs("Usage: stub_server [OPTION]... --computed\n"
          "       stub_server [OPTION]... --table=exchanges.json --places=places.csv\n"
          "\n"
          "Answer as a routing server would: GET .../table/v1/... (OSRM), POST\n"
          ".../sources_to_targets (Valhalla), POST .../v2/matrix/... (openrouteservice).\n"
          "Ends with its standard input, unless that is a terminal, or by SIGTERM or SIGINT.\n"
          "\n"
          "  --port=N           port on 127.0.0.1 (default 0: any that is free)\n"
          "  --table=FILE       recorded exchanges to answer from\n"
          "  --places=FILE      places of the recorded table: name,lat,lon\n"
          "  --computed         compute the answers, for any places\n"
          "  --unreachable=F    share of the computed pairs without a route (default: 0)\n"
          "  --snap=M           metres to the nearest road in computed answers (default: 0 to 50)\n"
          "  --kind=KIND        serve this kind only: osrm, valhalla or ors\n"
          "  --delay=TIME       wait before every answer: 20ms, 1.5s, 300us\n"
          "  --limit=CELLS      most cells in a request (default: 10000, 2500, 2500)\n"
          "  --too-big-code=N   error_code of Valhalla above the limit (default: 154)\n"
          "  --rate=N/s         answer 429 to more than N requests within a second\n"
          "  --fault=KIND[=VALUE][:COUNT|:every=N]\n"
          "                     fail: the first COUNT requests, every Nth, or all\n"
          "  --log=FILE         write a line for every request; - for standard error\n"
          "  --help             print this help\n"
          "\n"
          "Kinds of faults:\n",
          file);
    fault_usage(file);
}

/* Read a number between 0 and `most`, followed by `rest`. */
static bool read_number(const char *text, const char *rest, double most, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && strcmp(end, rest) == 0 && *number >= 0 && *number <= most;
}

static bool read_count(const char *text, const char *rest, double most, size_t *count)
{
    double number = 0;
    if (!read_number(text, rest, most, &number) || floor(number) != number)
        return false;
    *count = (size_t)number;
    return true;
}

static bool read_time(const char *text, unsigned long long *microseconds)
{
    static const struct {
        const char *name;
        double microseconds;
    } units[] = {{"us", 1}, {"ms", 1e3}, {"s", 1e6}};
    double number;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (read_number(text, units[i].name, 1e6, &number)) {
            *microseconds = (unsigned long long)(number * units[i].microseconds);
            return true;
        }
    return false;
}

static bool read_kind(const char *text, struct rules *rules)
{
    bool known = false;
    for (size_t i = 0; i < DIALECTS; i++) {
        rules->serves[i] = strcmp(text, dialect_names[i]) == 0;
        known = known || rules->serves[i];
    }
    return known;
}

static bool read_limit(const char *text, struct rules *rules)
{
    size_t limit = 0;
    bool is_read = read_count(text, "", 1e9, &limit);
    for (size_t i = 0; is_read && i < DIALECTS; i++)
        rules->limit[i] = limit;
    return is_read;
}

/* Return the value of --NAME=VALUE, or NULL. */
static const char *value_of(const char *argument, const char *name)
{
    size_t length = strlen(name);
    return strncmp(argument, name, length) == 0 && argument[length] == '=' ? argument + length + 1
                                                                           : NULL;
}

/* Read a whole number between 0 and `most`. */
static bool read_small(const char *text, double most, int *number)
{
    size_t count;
    bool is_read = read_count(text, "", most, &count);
    if (is_read)
        *number = (int)count;
    return is_read;
}

static bool read_option(const char *argument, struct settings *settings)
{
    const char *value;
    struct table *table = &settings->rules.table;
    if (strcmp(argument, "--computed") == 0)
        return table->computed = true;
    if ((value = value_of(argument, "--port"))) {
        int port = 0;
        bool is_read = read_small(value, 65535, &port);
        settings->loop.port = (unsigned)port;
        return is_read;
    }
    if ((value = value_of(argument, "--table")))
        return (settings->exchanges = value);
    if ((value = value_of(argument, "--places")))
        return (settings->places = value);
    if ((value = value_of(argument, "--log")))
        return (settings->log = value);
    if ((value = value_of(argument, "--unreachable")))
        return read_number(value, "", 1, &table->unreachable);
    if ((value = value_of(argument, "--snap")))
        return read_number(value, "", 1e7, &table->snap_metres);
    if ((value = value_of(argument, "--kind")))
        return read_kind(value, &settings->rules);
    if ((value = value_of(argument, "--delay")))
        return read_time(value, &settings->loop.delay_us);
    if ((value = value_of(argument, "--limit")))
        return read_limit(value, &settings->rules);
    if ((value = value_of(argument, "--too-big-code")))
        return read_small(value, 999, &settings->rules.too_big_code);
    if ((value = value_of(argument, "--rate")))
        return read_count(value, "/s", 1e6, &settings->loop.rate);
    if ((value = value_of(argument, "--fault")))
        return fault_add(&settings->faults, value);
    return false;
}

static bool read_options(int count, char **arguments, struct settings *settings)
{
    for (int i = 1; i < count; i++)
        if (!read_option(arguments[i], settings)) {
            fprintf(stderr, "stub_server: %s: not an option, or a wrong value; see --help\n",
                    arguments[i]);
            return false;
        }
    bool recorded = settings->exchanges && settings->places;
    bool partly = settings->exchanges || settings->places;
    if (settings->rules.table.computed ? partly : !recorded) {
        fputs("stub_server: give either --computed, or --table and --places\n", stderr);
        return false;
    }
    settings->rules.different = fault_of_kind(&settings->faults, FAULT_DIFFERENT);
    return true;
}

static bool open_log(struct settings *settings)
{
    if (!settings->log)
        return true;
    if (strcmp(settings->log, "-") == 0)
        settings->loop.log = stderr;
    else
        settings->loop.log = fopen(settings->log, "w");
    if (!settings->loop.log) {
        fprintf(stderr, "stub_server: %s: %s\n", settings->log, strerror(errno));
        return false;
    }
    setvbuf(settings->loop.log, NULL, _IOLBF, BUFSIZ); /* tests wait for lines of the log */
    return true;
}

static int run(struct settings *settings)
{
    struct table *table = &settings->rules.table;
    int status = 1;
    if ((table->computed || table_load(table, settings->exchanges, settings->places)) &&
        open_log(settings))
        status = loop_run(&settings->loop, &settings->rules, &settings->faults);
    if (settings->loop.log && settings->loop.log != stderr && fclose(settings->loop.log) != 0)
        status = 1;
    table_free(table);
    return status;
}

int main(int count, char **arguments)
{
    struct settings settings = {
        .rules = {.table = {.snap_metres = -1},
                  .limit = {10000, 2500, 2500},
                  .serves = {true, true, true},
                  .too_big_code = 154},
    };
    if (count == 2 && strcmp(arguments[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    return read_options(count, arguments, &settings) ? run(&settings) : 2;
}
