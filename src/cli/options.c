#include "cli/options.h"

#include "base/number.h"
#include "base/text.h"

#include <dmatrix/dmatrix.h>

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

#define DELAY_MAX_NS 3600e9 /* an hour: longer is a slip, and nothing overflows */

static enum dm_status fail_value(const char *option, const char *value, const char *wanted,
                                 struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    dm_quote(quoted, value, strlen(value));
    return dm_fail(error, DM_USAGE, "--%s=%s: %s is expected", option, quoted, wanted);
}

/* One of `words`, by its place. */
static enum dm_status read_word(const char *option, const char *value, const char *const *words,
                                int *place, struct dm_error *error)
{
    char list[128] = "";
    size_t used = 0;
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0) {
            *place = i;
            return DM_OK;
        }
        used = dm_append_item(list, sizeof list, used, ", ", words[i]);
    }
    char wanted[160];
    snprintf(wanted, sizeof wanted, "one of %s", list);
    return fail_value(option, value, wanted, error);
}

/* Bytes: a number, and K, M or G for so many times 1024. */
static bool read_size(const char *value, uint64_t *bytes)
{
    static const char units[] = "KMGkmg";
    char digits[24];
    size_t length = strspn(value, "0123456789");
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, value, length);
    digits[length] = '\0';
    unsigned shift = 0;
    if (value[length]) {
        const char *unit = strchr(units, value[length]);
        if (!unit)
            return false;
        shift = 10 * (unsigned)((unit - units) % 3 + 1);
        const char *rest = value + length + 1;
        if (strcmp(rest, "") != 0 && strcmp(rest, "B") != 0 && strcmp(rest, "iB") != 0)
            return false;
    }
    uint64_t number;
    if (!dm_integer_parse(digits, UINT64_MAX >> shift, &number) || number == 0)
        return false;
    *bytes = number << shift;
    return true;
}

/* ---- options that check or look up their value ---- */

static enum dm_status set_delimiter(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    bool tab = strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0;
    if (!tab && (strlen(value) != 1 || strchr("\"\r\n ", *value)))
        return fail_value("delimiter", value, "one character, or the word tab,", error);
    options->run.load.delimiter = tab ? '\t' : *value;
    return DM_OK;
}

static enum dm_status set_header(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    static const char *const words[] = {"auto", "yes", "no", NULL};
    int place;
    enum dm_status status = read_word("header", value, words, &place, error);
    if (status == DM_OK)
        options->run.load.header = (enum dm_header)place;
    return status;
}

static enum dm_status set_metric(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    return dm_metric_find(value, &options->run.metric, error);
}

static enum dm_status set_radius(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    double radius_km;
    if (dm_number_parse(value, strlen(value), &radius_km) != DM_NUMBER_OK || !(radius_km > 0))
        return fail_value("radius", value, "a number of kilometres above 0", error);
    options->run.metric_options.radius_m = radius_km * 1000;
    return DM_OK;
}

static enum dm_status set_ellipsoid(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    return dm_ellipsoid_find(value, &options->run.metric_options.ellipsoid, error);
}

/* Notes that an option of the format was asked for, which not every format heeds. */
static void note_given(struct dm_options *options, enum dm_format_heeds heed)
{
    options->run.format_options.given |= heed;
}

static enum dm_status set_unit(struct dm_options *options, const char *value,
                               struct dm_error *error)
{
    note_given(options, DM_HEEDS_UNIT);
    return dm_unit_find(value, &options->run.format_options.unit, error);
}

static enum dm_status set_shape(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    return dm_shape_find(value, &options->run.shape, error);
}

static enum dm_status set_format(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    options->format_given = true;
    return dm_format_find(value, &options->run.format, error);
}

static enum dm_status set_precision(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    uint64_t decimals;
    if (!dm_integer_parse(value, DM_PRECISION_MAX, &decimals))
        return fail_value("precision", value, "a number of decimals from 0 to 12", error);
    options->run.format_options.precision = (unsigned)decimals;
    note_given(options, DM_HEEDS_PRECISION);
    return DM_OK;
}

static enum dm_status set_dtype(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    static const char *const words[] = {"f8", "f4", NULL};
    int place;
    enum dm_status status = read_word("dtype", value, words, &place, error);
    if (status != DM_OK)
        return status;
    options->run.format_options.dtype = (enum dm_dtype)place;
    note_given(options, DM_HEEDS_DTYPE);
    return DM_OK;
}

static enum dm_status set_scale(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    double scale;
    if (dm_number_parse(value, strlen(value), &scale) != DM_NUMBER_OK || !(scale > 0))
        return fail_value("scale", value, "a number above 0", error);
    options->run.format_options.scale = scale;
    note_given(options, DM_HEEDS_SCALE);
    return DM_OK;
}

static enum dm_status set_round(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    static const char *const words[] = {"nearest", "floor", "ceil", NULL};
    int place;
    enum dm_status status = read_word("round", value, words, &place, error);
    if (status != DM_OK)
        return status;
    options->run.format_options.round = (enum dm_round)place;
    note_given(options, DM_HEEDS_ROUND);
    return DM_OK;
}

static enum dm_status set_speed(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    double speed_kmh;
    if (dm_number_parse(value, strlen(value), &speed_kmh) != DM_NUMBER_OK || !(speed_kmh > 0))
        return fail_value("speed", value, "a number of kilometres an hour above 0", error);
    options->run.format_options.speed_kmh = speed_kmh;
    note_given(options, DM_HEEDS_SPEED);
    return DM_OK;
}

static enum dm_status set_no_header(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    (void)value;
    (void)error;
    options->run.format_options.header = false;
    note_given(options, DM_HEEDS_HEADER);
    return DM_OK;
}

static enum dm_status set_executor(struct dm_options *options, const char *value,
                                   struct dm_error *error)
{
    return dm_executor_find(value, &options->run.executor, error);
}

static enum dm_status set_threads(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    uint64_t threads;
    if (!dm_integer_parse(value, DM_THREADS_MAX, &threads) || threads == 0)
        return fail_value("threads", value, "a number from 1 to 4096", error);
    options->run.executor_options.threads = (unsigned)threads;
    return DM_OK;
}

static enum dm_status set_grain(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    uint64_t grain = 0;
    bool automatic = strcmp(value, "auto") == 0;
    if (!automatic && (!dm_integer_parse(value, INT64_MAX, &grain) || grain == 0))
        return fail_value("grain", value, "a number of pairs from 1 up, or auto,", error);
    options->run.grain = grain;
    return DM_OK;
}

/* A number and ns, us, ms, s or min. */
static bool read_duration(const char *value, uint64_t *ns)
{
    static const struct {
        const char *name;
        double ns;
    } units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"min", 60e9}};
    size_t length = strspn(value, "0123456789.");
    double number;
    if (dm_number_parse(value, length, &number) != DM_NUMBER_OK)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(value + length, units[i].name) == 0 && number * units[i].ns <= DELAY_MAX_NS) {
            *ns = (uint64_t)(number * units[i].ns);
            return true;
        }
    }
    return false;
}

static enum dm_status set_delay(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    if (!read_duration(value, &options->run.delay_ns))
        return fail_value("delay", value, "a duration up to an hour, such as 2ms or 0.5s,", error);
    return DM_OK;
}

static enum dm_status set_max_memory(struct dm_options *options, const char *value,
                                     struct dm_error *error)
{
    if (!read_size(value, &options->run.max_memory))
        return fail_value("max-memory", value, "a size such as 64M or 2G", error);
    return DM_OK;
}

/* "3/8": a part of so many. */
static enum dm_status set_shard(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    char part[24];
    size_t length = strcspn(value, "/");
    struct dm_shard shard;
    bool good = value[length] == '/' && length < sizeof part;
    if (good) {
        memcpy(part, value, length);
        part[length] = '\0';
        good = dm_integer_parse(value + length + 1, DM_SHARDS_MAX, &shard.shards) &&
               dm_integer_parse(part, shard.shards, &shard.shard) && shard.shard > 0;
    }
    if (!good)
        return fail_value("shard", value, "a part and their number (up to 1000000), such as 3/8,",
                          error);
    options->run.shard = shard;
    return DM_OK;
}

static enum dm_status set_progress(struct dm_options *options, const char *value,
                                   struct dm_error *error)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int place;
    enum dm_status status = read_word("progress", value, words, &place, error);
    if (status == DM_OK)
        options->progress = (enum dm_when)place;
    return status;
}

static enum dm_status set_color(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int place;
    enum dm_status status = read_word("color", value, words, &place, error);
    if (status == DM_OK)
        options->colour = (enum dm_when)place;
    return status;
}

/* ---- the table ---- */

#define TEXT(member) DM_OPTION_TEXT, offsetof(struct dm_options, member), NULL
#define FLAG(member) DM_OPTION_FLAG, offsetof(struct dm_options, member), NULL
#define ACTION(action) DM_OPTION_ACTION, action, NULL
#define SET(function) DM_OPTION_SET, 0, function

const struct dm_option dm_option_table[] = {
    {"name", 0, "COL", DM_GROUP_INPUT,
     "column of the names: its header, or its number from 1 (these options are for both files)",
     TEXT(run.load.name)},
    {"lat", 0, "COL", DM_GROUP_INPUT, "column of the latitudes, in degrees", TEXT(run.load.lat)},
    {"lon", 0, "COL", DM_GROUP_INPUT, "column of the longitudes, in degrees", TEXT(run.load.lon)},
    {"x", 0, "COL", DM_GROUP_INPUT, "column of x (east), in metres, for --metric=euclidean",
     TEXT(run.load.lon)},
    {"y", 0, "COL", DM_GROUP_INPUT, "column of y (north), in metres, likewise", TEXT(run.load.lat)},
    {"delimiter", 0, "C", DM_GROUP_INPUT, "what parts the columns, or tab (default: a comma)",
     SET(set_delimiter)},
    {"header", 0, "WHEN", DM_GROUP_INPUT,
     "the first row names the columns: auto (default), yes, no", SET(set_header)},
    {"skip-invalid", 0, NULL, DM_GROUP_INPUT, "leave out rows that cannot be used, and say so",
     FLAG(run.load.skip_invalid)},

    {"metric", 0, "NAME", DM_GROUP_DISTANCE, "how to measure (default: haversine)",
     SET(set_metric)},
    {"radius", 0, "KM", DM_GROUP_DISTANCE, "of the sphere (default: 6371.0088, the Earth's)",
     SET(set_radius)},
    {"ellipsoid", 0, "NAME", DM_GROUP_DISTANCE,
     "for metrics that measure on one, and for --accuracy: a name that --list shows, or A,RF, the "
     "equatorial radius in metres and the reciprocal flattening (default: WGS84)",
     SET(set_ellipsoid)},
    {"unit", 0, "UNIT", DM_GROUP_DISTANCE, "km (default), m, mi, nmi or ft", SET(set_unit)},
    {"accuracy", 0, NULL, DM_GROUP_DISTANCE,
     "write no distances, but how far the metric is from the geodesic on the ellipsoid, in up to "
     "40,000 of these pairs",
     FLAG(accuracy)},

    {"output", 'o', "FILE", DM_GROUP_OUTPUT,
     "where to: a file that appears when it is complete (default: standard output)",
     TEXT(run.output)},
    {"shape", 0, "SHAPE", DM_GROUP_OUTPUT,
     "which pairs (default: pairs of one file, or square where the format is a matrix; cross of "
     "two)",
     SET(set_shape)},
    {"format", 0, "FORMAT", DM_GROUP_OUTPUT,
     "how to write them (default: what the extension of FILE names, else csv; on a terminal a "
     "preview)",
     SET(set_format)},
    {"precision", 0, "N", DM_GROUP_OUTPUT, "decimals, 0 to 12 (default: 6)", SET(set_precision)},
    {"no-header", 0, NULL, DM_GROUP_OUTPUT, "leave out the line that names the columns",
     SET(set_no_header)},
    {"dtype", 0, "TYPE", DM_GROUP_OUTPUT, "of numbers in npy: f8 (default) or f4", SET(set_dtype)},
    {"scale", 0, "X", DM_GROUP_OUTPUT, "integers in tsplib are distances times this (default: 1)",
     SET(set_scale)},
    {"round", 0, "HOW", DM_GROUP_OUTPUT,
     "to integers in tsplib and json: nearest (default), floor or ceil", SET(set_round)},
    {"speed", 0, "KMH", DM_GROUP_OUTPUT, "for the durations in json, in kilometres an hour",
     SET(set_speed)},
    {"dry-run", 0, NULL, DM_GROUP_OUTPUT,
     "write nothing, but how many pairs and bytes, how much memory and time it would be",
     FLAG(dry_run)},

    {"executor", 0, "NAME", DM_GROUP_EXECUTION, "who computes (default: pool)", SET(set_executor)},
    {"threads", 'j', "N", DM_GROUP_EXECUTION,
     "at work at once (default: the CPUs this process may use)", SET(set_threads)},
    {"grain", 0, "PAIRS", DM_GROUP_EXECUTION,
     "pairs a task; 1 makes every calculation a task (default: auto)", SET(set_grain)},
    {"delay", 0, "TIME", DM_GROUP_EXECUTION,
     "every computing task also waits, as if it asked a disk or a network: 2ms, 0.5s",
     SET(set_delay)},
    {"max-memory", 0, "SIZE", DM_GROUP_EXECUTION,
     "for what flows, beside the locations: bytes, or with K, M, G (default: 64M)",
     SET(set_max_memory)},
    {"shard", 0, "K/N", DM_GROUP_EXECUTION,
     "only the K-th of N equal parts; their files, put together, are the whole", SET(set_shard)},

    {"export-json", 0, "FILE", DM_GROUP_REPORTING,
     "write the timings as JSON, in hyperfine's schema", TEXT(export_json)},
    {"progress", 0, "WHEN", DM_GROUP_REPORTING,
     "show how far a long run is: auto (default: on a terminal), always, never", SET(set_progress)},
    {"color", 0, "WHEN", DM_GROUP_REPORTING, "auto (default), always, never", SET(set_color)},
    {"quiet", 'q', NULL, DM_GROUP_REPORTING, "no report, only warnings and errors", FLAG(quiet)},
    {"verbose", 'v', NULL, DM_GROUP_REPORTING, "report what each worker did", FLAG(verbose)},
    {"list", 0, NULL, DM_GROUP_REPORTING,
     "list metrics, executors, formats and all else to choose from", ACTION(DM_ACTION_LIST)},
    {"help", 'h', NULL, DM_GROUP_REPORTING, "show this help", ACTION(DM_ACTION_HELP)},
    {"version", 0, NULL, DM_GROUP_REPORTING, "show the version", ACTION(DM_ACTION_VERSION)},
    {NULL, 0, NULL, DM_GROUP_COUNT, NULL, DM_OPTION_SET, 0, NULL},
};

enum { OPTIONS = sizeof dm_option_table / sizeof *dm_option_table };

static enum dm_status apply(const struct dm_option *option, const char *value,
                            struct dm_options *options, struct dm_error *error)
{
    char *place = (char *)options + option->place;
    switch (option->kind) {
    case DM_OPTION_SET:
        return option->set(options, value, error);
    case DM_OPTION_TEXT:
        if (!*value)
            return fail_value(option->name, value, option->argument, error);
        memcpy(place, &value, sizeof value);
        return DM_OK;
    case DM_OPTION_FLAG:
        memcpy(place, &(bool){true}, sizeof(bool));
        return DM_OK;
    case DM_OPTION_ACTION:
        options->action = (enum dm_action)option->place;
        return DM_OK;
    }
    return DM_OK;
}

/* ---- parsing ---- */

enum { FIRST_LONG = 256 }; /* what getopt_long() returns for option 0; above all letters */

static void fill_getopt(struct option *longs, char *letters)
{
    *letters++ = ':'; /* tell a missing argument from an unknown option */
    for (int i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        longs[i] = (struct option){option->name, option->argument ? required_argument : no_argument,
                                   NULL, FIRST_LONG + i};
        if (option->letter) {
            *letters++ = option->letter;
            if (option->argument)
                *letters++ = ':';
        }
    }
    longs[OPTIONS - 1] = (struct option){0};
    *letters = '\0';
}

static const struct dm_option *find_option(int code)
{
    if (code >= FIRST_LONG)
        return &dm_option_table[code - FIRST_LONG];
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->letter == code)
            return option;
    return NULL;
}

/* `word` is what stands on the command line: "--exekutor=pool"; "-x". */
static enum dm_status fail_unknown(const char *word, struct dm_error *error)
{
    char name[64], meant[256] = "";
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    const char *letters = name + strspn(name, "-");
    struct dm_nearest nearest = dm_nearest_to(letters);
    size_t used = 0, beginnings = 0;
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        dm_nearest_offer(&nearest, option->name);
        if (*letters && strncmp(option->name, letters, strlen(letters)) == 0)
            used += dm_append(meant + used, sizeof meant - used, "%s--%s",
                              beginnings++ > 0 ? ", " : "", option->name);
    }
    if (strncmp(word, "--", 2) == 0 && beginnings > 1)
        return dm_fail(error, DM_USAGE, "option %s could be %s", name, meant);
    if (strncmp(word, "--", 2) == 0 && nearest.best)
        return dm_fail(error, DM_USAGE, "unknown option %s: did you mean --%s?", name,
                       nearest.best);
    return dm_fail(error, DM_USAGE, "unknown option %s (dmatrix --help lists them)", name);
}

static enum dm_status fail_getopt(int code, const char *word, struct dm_error *error)
{
    const struct dm_option *option = find_option(optopt);
    if (code == ':')
        return dm_fail(error, DM_USAGE, "--%s needs a value: --%s=%s", option->name, option->name,
                       option->argument);
    if (optopt >= FIRST_LONG)
        return dm_fail(error, DM_USAGE, "--%s takes no value", option->name);
    char letter[] = {'-', (char)optopt, '\0'};
    return fail_unknown(optopt ? letter : word, error);
}

static enum dm_status take_files(int count, char **names, struct dm_options *options,
                                 struct dm_error *error)
{
    if (count == 0)
        return dm_fail(error, DM_USAGE,
                       "which locations? dmatrix LOCATIONS.csv (dmatrix --help shows examples)");
    if (count > 2)
        return dm_fail(error, DM_USAGE, "%d files are too many: one, or origins and destinations",
                       count);
    options->run.origins = names[0];
    options->run.destinations = count > 1 ? names[1] : NULL;
    if (count > 1 && strcmp(names[0], "-") == 0 && strcmp(names[1], "-") == 0)
        return dm_fail(error, DM_USAGE, "only one of the two files can be standard input");
    if (options->export_json && strcmp(options->export_json, "-") == 0 &&
        strcmp(options->run.output, "-") == 0)
        return dm_fail(error, DM_USAGE,
                       "distances and timings cannot both go to standard output (-o FILE)");
    return DM_OK;
}

/* Nothing would come where these options point to. */
static enum dm_status check_accuracy(const struct dm_options *options, struct dm_error *error)
{
    const char *pointless = options->output_given           ? "-o"
                            : options->format_given         ? "--format"
                            : options->export_json          ? "--export-json"
                            : options->dry_run              ? "--dry-run"
                            : options->run.shard.shards > 0 ? "--shard"
                                                            : NULL;
    if (!options->accuracy || !pointless)
        return DM_OK;
    return dm_fail(error, DM_USAGE,
                   "--accuracy only compares, there will be nothing for %s (leave out one of the "
                   "two; its report goes to standard output)",
                   pointless);
}

static enum dm_status check_dry_run(const struct dm_options *options, struct dm_error *error)
{
    if (!options->dry_run || !options->export_json)
        return DM_OK;
    return dm_fail(error, DM_USAGE,
                   "--dry-run times nothing, there will be nothing for --export-json (leave out "
                   "one of the two)");
}

/* Without --format, the output's name says which: "distances.npy". */
static enum dm_status choose_format(struct dm_options *options, struct dm_error *error)
{
    static const char *const foreign[] = {"gz",   "bz2", "xz",  "zst",     "zip",    "tsv",
                                          "xlsx", "xls", "ods", "parquet", "feather"};
    const char *name = strrchr(options->run.output, '/');
    const char *dot = strrchr(name ? name : options->run.output, '.');
    if (options->format_given || !dot)
        return DM_OK;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        if (dm_same_word(dot + 1, (*format)->extension) || dm_same_word(dot + 1, (*format)->name)) {
            options->run.format = *format;
            return DM_OK;
        }
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (dm_same_word(dot + 1, foreign[i]))
            return dm_fail(
                error, DM_USAGE,
                "-o %s: %s is no format of dmatrix (--format=csv writes CSV all the "
                "same; | converts it, as in: dmatrix cities.csv | gzip >distances.csv.gz)",
                options->run.output, dot);
    return DM_OK;
}

/* For comparisons: the best is taken without a wish. */
static enum dm_status read_environment(struct dm_options *options, struct dm_error *error)
{
    const char *wish = getenv("DMATRIX_ISA");
    const struct dm_isa *isa;
    struct dm_error why;
    if (!wish || !*wish)
        return DM_OK;
    if (dm_isa_choose(wish, &isa, &why) != DM_OK)
        return dm_fail(error, DM_USAGE, "DMATRIX_ISA: %s", why.message);
    options->run.metric_options.isa = isa->name;
    return DM_OK;
}

enum dm_status dm_options_parse(int argc, char **argv, struct dm_options *options,
                                struct dm_error *error)
{
    struct dm_options parsed = {.run = dm_run_defaults()};
    struct option longs[OPTIONS];
    char letters[2 * OPTIONS + 2];
    fill_getopt(longs, letters);
    parsed.run.output = NULL;
    opterr = 0;
    optind = 1;
    for (;;) {
        int code = getopt_long(argc, argv, letters, longs, NULL);
        if (code == -1)
            break;
        if (code == '?' || code == ':')
            return fail_getopt(code, argv[optind - 1], error);
        enum dm_status status = apply(find_option(code), optarg, &parsed, error);
        if (status != DM_OK)
            return status;
    }
    parsed.output_given = parsed.run.output != NULL;
    if (!parsed.output_given)
        parsed.run.output = "-";
    enum dm_status status = choose_format(&parsed, error);
    if (status == DM_OK && parsed.action == DM_ACTION_RUN)
        status = take_files(argc - optind, argv + optind, &parsed, error);
    if (status == DM_OK && parsed.action == DM_ACTION_RUN)
        status = check_accuracy(&parsed, error);
    if (status == DM_OK && parsed.action == DM_ACTION_RUN)
        status = check_dry_run(&parsed, error);
    if (status == DM_OK && (parsed.action == DM_ACTION_RUN || parsed.action == DM_ACTION_LIST))
        status = read_environment(&parsed, error);
    if (status == DM_OK)
        *options = parsed;
    return status;
}
