/* The table of options, and how each one reads its value. */
#include "base/number.h"
#include "base/text.h"
#include "base/try.h"
#include "cli/choices.h"
#include "cli/options.h"
#include "cli/road_values.h"
#include "cli/slurm.h"
#include "cli/values.h"

#include <dmatrix/dmatrix.h>

#include <string.h>

/* Messages and --help mention these limits. */
_Static_assert(DM_PRECISION_MAX == 12 && DM_THREADS_MAX == 4096 && DM_RUNS_MAX == 100000 &&
                   DM_SHARDS_MAX == 1000000,
               "the texts below mention these");

static enum dm_status set_delimiter(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    char delimiter;
    if (!dm_read_separator(value, &delimiter) || strchr("\"\r\n", delimiter))
        return dm_fail_value("delimiter", value,
                             "one character, or tab, space, comma, semicolon or pipe", error);
    options->run.load.delimiter = delimiter;
    return DM_OK;
}

static enum dm_status set_skip_rows(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    if (!dm_integer_parse(value, INT64_MAX, &options->run.load.skip_rows))
        return dm_fail_value("skip-rows", value, "a number of lines", error);
    return DM_OK;
}

/* The library says which characters cannot be delimiters. */
static enum dm_status set_output_delimiter(struct dm_options *options, const char *value,
                                           struct dm_error *error)
{
    if (!dm_read_separator(value, &options->run.format_options.delimiter))
        return dm_fail_value("output-delimiter", value,
                             "one character, or tab, space, comma, semicolon or pipe", error);
    return DM_OK;
}

static enum dm_status set_output_decimal(struct dm_options *options, const char *value,
                                         struct dm_error *error)
{
    char decimal;
    if (!dm_read_separator(value, &decimal) || (decimal != '.' && decimal != ','))
        return dm_fail_value("output-decimal", value, "a point or a comma", error);
    options->run.format_options.decimal = decimal;
    return DM_OK;
}

static enum dm_status find_metric(const char *value, const struct dm_metric **metric,
                                  struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    enum dm_status status = dm_metric_find(value, metric, error);
    if (status == DM_OK || !strstr(value, "road"))
        return status;
    return dm_fail(error, DM_USAGE, "unknown metric %s (did you mean road?)",
                   dm_quote(quoted, value, strlen(value)));
}

static enum dm_status set_metric(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    if (strcmp(value, DM_ROAD_WORD) == 0)
        options->run.metric = &dm_metric_geodesic; /* of the crow's flight */
    else
        DM_TRY(find_metric(value, &options->run.metric, error));
    options->run.load.degrees = true; /* or metres, as the metric says: x and y are no question */
    return DM_OK;
}

static enum dm_status set_radius(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    double radius;
    const struct dm_unit *unit;
    if (!dm_read_distance(value, &radius, &unit) || !(radius > 0))
        return dm_fail_value("radius", value,
                             "a number of kilometres greater than 0, or one with its unit: 6371km, "
                             "6371000m, 3959mi",
                             error);
    options->run.metric_options.radius_m = radius * (unit ? unit : &dm_unit_km)->metres;
    return DM_OK;
}

static enum dm_status set_ellipsoid(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    struct dm_error why;
    enum dm_status status = dm_ellipsoid_find(value, &options->run.metric_options.ellipsoid, &why);
    bool unknown = status != DM_OK && !strchr(value, ',');
    return status == DM_OK ? DM_OK
                           : dm_fail(error, status, "%s%s", why.message,
                                     unknown ? "; dmatrix --list shows the names" : "");
}

static enum dm_status set_unit(struct dm_options *options, const char *value,
                               struct dm_error *error)
{
    return dm_unit_find(value, &options->run.format_options.unit, error);
}

static enum dm_status set_nearest(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    uint64_t *nearest = &options->run.search.nearest;
    if (!dm_integer_parse(value, DM_LOCATIONS_MAX, nearest) || *nearest == 0)
        return dm_fail_value("nearest", value, "a number of places, at least 1", error);
    return DM_OK;
}

static enum dm_status set_within(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    struct dm_search_options *search = &options->run.search;
    search->limited = dm_read_distance(value, &search->within, &search->within_unit);
    options->within_time = !search->limited && dm_read_seconds(value, &search->within);
    search->limited |= options->within_time;
    if (search->limited)
        return DM_OK;
    struct dm_error why;
    char quoted[DM_QUOTED_LENGTH];
    if (dm_unit_is_unknown(value, &why))
        return dm_fail(error, DM_USAGE, "--within=%s: %s", dm_quote(quoted, value, strlen(value)),
                       why.message);
    return dm_fail_value("within", value,
                         "a distance of at least 0, in the unit of the output or with its own: "
                         "50, 50km, 800m, 30mi, 10nmi, 500ft; by road also a time: 10min",
                         error);
}

static enum dm_status set_shape(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    return dm_shape_find(value, &options->run.shape, error);
}

static enum dm_status set_format(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    return dm_format_find(value, &options->run.format, error);
}

static enum dm_status set_append(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    (void)value;
    (void)error;
    options->run.format = &dm_format_append;
    return DM_OK;
}

static enum dm_status set_summary(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    bool of_destinations = value && strcmp(value, "destinations") == 0;
    if (value && !of_destinations && strcmp(value, "origins") != 0)
        return dm_fail_value("summary", value, "origins or destinations", error);
    options->run.format = of_destinations ? &dm_format_summary_destinations : &dm_format_summary;
    return DM_OK;
}

static enum dm_status set_name(struct dm_options *options, const char *value,
                               struct dm_error *error)
{
    (void)error;
    options->run.load.name = value;
    return DM_OK;
}

static enum dm_status set_precision(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    uint64_t decimals;
    if (!dm_integer_parse(value, DM_PRECISION_MAX, &decimals))
        return dm_fail_value("precision", value, "a number of decimals from 0 to 12", error);
    options->run.format_options.precision = (unsigned)decimals;
    return DM_OK;
}

static enum dm_status set_scale(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    double scale;
    if (dm_number_parse(value, strlen(value), &scale) != DM_NUMBER_OK || !(scale > 0))
        return dm_fail_value("scale", value, "a number greater than 0", error);
    options->run.format_options.scale = scale;
    return DM_OK;
}

static enum dm_status set_speed(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    double speed_kmh;
    if (dm_number_parse(value, strlen(value), &speed_kmh) != DM_NUMBER_OK || !(speed_kmh > 0))
        return dm_fail_value("speed", value, "a speed in km/h greater than 0", error);
    options->run.format_options.speed_kmh = speed_kmh;
    return DM_OK;
}

static enum dm_status set_no_header(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    (void)value;
    (void)error;
    options->run.format_options.header = false;
    return DM_OK;
}

static enum dm_status set_executor(struct dm_options *options, const char *value,
                                   struct dm_error *error)
{
    return dm_executor_find(value, &options->run.executor, error);
}

/* Read a list. `take` stores each item. */
static enum dm_status
read_list(const char *option, const char *value, size_t *count, struct dm_options *options,
          enum dm_status (*take)(struct dm_options *, size_t, const char *, struct dm_error *),
          struct dm_error *error)
{
    char item[64];
    const char *rest = value;
    size_t found = 0;
    while (dm_read_item(&rest, item, sizeof item)) {
        if (found == DM_LIST_MAX)
            return dm_fail(error, DM_USAGE, "--%s: the list has more than %d items", option,
                           DM_LIST_MAX);
        DM_TRY(take(options, found++, item, error));
    }
    *count = found;
    return DM_OK;
}

static enum dm_status take_threads(struct dm_options *options, size_t place, const char *item,
                                   struct dm_error *error)
{
    uint64_t threads;
    if (!dm_integer_parse(item, DM_THREADS_MAX, &threads) || threads == 0)
        return dm_fail_value("threads", item, "a number from 1 to 4096", error);
    options->threads[place] = (unsigned)threads;
    return DM_OK;
}

static enum dm_status set_threads(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    return read_list("threads", value, &options->thread_counts, options, take_threads, error);
}

static enum dm_status take_grain(struct dm_options *options, size_t place, const char *item,
                                 struct dm_error *error)
{
    uint64_t grain = 0;
    bool automatic = strcmp(item, "auto") == 0;
    if (!automatic && (!dm_integer_parse(item, INT64_MAX, &grain) || grain == 0))
        return dm_fail_value("grain", item, "a number of pairs, at least 1, or auto", error);
    options->grains[place] = grain;
    return DM_OK;
}

static enum dm_status set_grain(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    return read_list("grain", value, &options->grain_counts, options, take_grain, error);
}

static enum dm_status take_executor(struct dm_options *options, size_t place, const char *item,
                                    struct dm_error *error)
{
    return dm_executor_find(item, &options->executors[place], error);
}

static enum dm_status set_compare(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    size_t count = 0;
    enum dm_status status =
        value ? read_list("compare", value, &count, options, take_executor, error) : DM_OK;
    options->compare = true;
    options->executors[count] = NULL;
    return status;
}

static enum dm_status set_runs(struct dm_options *options, const char *value,
                               struct dm_error *error)
{
    uint64_t runs;
    if (!dm_integer_parse(value, DM_RUNS_MAX, &runs) || runs == 0)
        return dm_fail_value("runs", value, "a number from 1 to 100000", error);
    options->runs = (unsigned)runs;
    return DM_OK;
}

static enum dm_status set_warmup(struct dm_options *options, const char *value,
                                 struct dm_error *error)
{
    uint64_t warmup;
    if (!dm_integer_parse(value, DM_RUNS_MAX, &warmup))
        return dm_fail_value("warmup", value, "a number from 0 to 100000", error);
    options->warmup = (unsigned)warmup;
    return DM_OK;
}

static enum dm_status set_delay(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    if (!dm_read_duration(value, &options->run.delay_ns))
        return dm_fail_value(
            "delay", value,
            "a duration of at most one hour with its unit (ns, us, ms, s, min, h), such as 2ms",
            error);
    return DM_OK;
}

static enum dm_status set_max_memory(struct dm_options *options, const char *value,
                                     struct dm_error *error)
{
    if (!dm_read_size(value, &options->run.max_memory))
        return dm_fail_value("max-memory", value, "a size such as 64M or 2G", error);
    return DM_OK;
}

/* Parse "3/8", part 3 of 8; or "auto", the part of this task of a job array. */
static enum dm_status set_shard(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    char part[24];
    size_t length = strcspn(value, "/");
    struct dm_shard shard;
    bool good = length < sizeof part && value[length] == '/';
    if (strcmp(value, "auto") == 0)
        return dm_slurm_shard(&options->run.shard, error);
    if (good) {
        memcpy(part, value, length);
        part[length] = '\0';
        good = dm_integer_parse(value + length + 1, DM_SHARDS_MAX, &shard.shards) &&
               dm_integer_parse(part, shard.shards, &shard.shard) && shard.shard > 0;
    }
    if (!good)
        return dm_fail_value(
            "shard", value, "a part and the number of parts, at most 1000000, such as 3/8; or auto",
            error);
    options->run.shard = shard;
    return DM_OK;
}

/* ---- the table ---- */

#define AT(member)                                                                                 \
    .place = offsetof(struct dm_options, member), .size = sizeof((struct dm_options){0}.member)

/* How the option uses its value. */
#define TEXT(member) .kind = DM_OPTION_TEXT, AT(member)
#define FILE_NAME(member) .kind = DM_OPTION_FILE, AT(member)
#define WORD(member, ...) .kind = DM_OPTION_WORD, AT(member), WORDS(__VA_ARGS__)
#define FLAG(member) .kind = DM_OPTION_FLAG, AT(member)
#define ACTION(action) .kind = DM_OPTION_ACTION, .place = action
#define SET(function, member) .kind = DM_OPTION_SET, .set = function, AT(member)

/* The fields of --within, which are next to each other. */
#define DISTANCE                                                                                   \
    .place = offsetof(struct dm_options, run.search.limited),                                      \
    .size = offsetof(struct dm_options, run.search.unmatched) -                                    \
            offsetof(struct dm_options, run.search.limited)

/* Those of --unreachable. */
#define REPLACEMENT                                                                                \
    .place = offsetof(struct dm_options, road.replaces),                                           \
    .size = offsetof(struct dm_options, road.max_speed_kmh) -                                      \
            offsetof(struct dm_options, road.replaces)

/* Its possible values, and the field of the library that it sets. */
#define WORDS(...)                                                                                 \
    .words = (const char *const[])                                                                 \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }
#define CHOICE(function) .choice = function
#define LIST .list = true
#define FIELD(name) .field = DM_FIELD_##name

const struct dm_option dm_option_table[] = {
    {"name", 0, "COL", DM_GROUP_INPUT,
     "column with the names: its header, or its number counted from 1; several, separated by "
     "commas, are joined; nothing: rows are numbered (default: found)",
     SET(set_name, run.load.name), FIELD(NAME)},
    {"lat", 0, "COL", DM_GROUP_INPUT,
     "column with the latitudes; or those with degrees, minutes, seconds and N or S, separated by "
     "commas (default: found)",
     TEXT(run.load.lat), FIELD(LAT)},
    {"lon", 0, "COL", DM_GROUP_INPUT, "same for the longitudes", TEXT(run.load.lon), FIELD(LON)},
    {"x", 0, "COL", DM_GROUP_INPUT,
     "column with x (east) in metres, for --metric=euclidean or --crs", TEXT(run.load.lon),
     FIELD(LON)},
    {"y", 0, "COL", DM_GROUP_INPUT,
     "column with y (north) in metres, for --metric=euclidean or --crs", TEXT(run.load.lat),
     FIELD(LAT)},
    {"latlon", 0, "COL", DM_GROUP_INPUT,
     "column with both coordinates, latitude (or y) first: 48.85, 2.35", TEXT(run.load.latlon),
     FIELD(LATLON)},
    {"lonlat", 0, "COL", DM_GROUP_INPUT, "column with both coordinates, longitude (or x) first",
     TEXT(run.load.lonlat), FIELD(LONLAT)},
    {"to-name", 0, "COL", DM_GROUP_INPUT,
     "column with the name of the second place in each row, or of places in the second file",
     TEXT(run.load.to_name), FIELD(TO_NAME)},
    {"to-lat", 0, "COL", DM_GROUP_INPUT, "same for its latitude, or its y", TEXT(run.load.to_lat),
     FIELD(TO_LAT)},
    {"to-lon", 0, "COL", DM_GROUP_INPUT, "same for its longitude, or its x", TEXT(run.load.to_lon),
     FIELD(TO_LON)},
    {"delimiter", 0, "C", DM_GROUP_INPUT,
     "column separator: a character, \"tab\", or \"space\" for one or more blanks (default: found)",
     SET(set_delimiter, run.load.delimiter), WORDS("tab", "space"), FIELD(DELIMITER)},
    {"quote", 0, "WHEN", DM_GROUP_INPUT,
     "whether fields may be in quotes: auto (default), yes, or no if quotes are characters like "
     "any "
     "other",
     WORD(run.load.quote, "auto", "yes", "no"), FIELD(QUOTE)},
    {"header", 0, "WHEN", DM_GROUP_INPUT, "whether there is a header: auto (default), yes or no",
     WORD(run.load.header, "auto", "yes", "no"), FIELD(HEADER)},
    {"skip-rows", 0, "N", DM_GROUP_INPUT, "number of lines to skip at the beginning of the file",
     SET(set_skip_rows, run.load.skip_rows), FIELD(SKIP_ROWS)},
    {"encoding", 0, "NAME", DM_GROUP_INPUT,
     "character encoding, a name from iconv -l: windows-1252, ISO-8859-1, UTF-16LE, ... (default: "
     "UTF-8, or as the file's byte order mark says)",
     TEXT(run.load.encoding), WORDS("windows-1252", "ISO-8859-1", "UTF-16LE"), FIELD(ENCODING)},
    {"skip-invalid", 0, NULL, DM_GROUP_INPUT, "skip rows that cannot be used, with a warning",
     FLAG(run.load.skip_invalid), FIELD(SKIP_INVALID)},
    {"crs", 0, "NAME", DM_GROUP_INPUT,
     "coordinate reference system of the files, such as EPSG:27700, a name or a PROJ string; "
     "coordinates are converted to degrees (default: degrees on WGS84)",
     TEXT(run.load.crs), FIELD(CRS)},

    {"metric", 0, "NAME", DM_GROUP_DISTANCE,
     "how to measure distances (default: haversine); by road, a server measures them",
     SET(set_metric, run.metric), CHOICE(dm_metric_choice), FIELD(METRIC)},
    {"radius", 0, "KM", DM_GROUP_DISTANCE,
     "radius of the sphere of haversine and equirectangular (default: 6371.0088, the "
     "Earth's mean)",
     SET(set_radius, run.metric_options.radius_m), FIELD(RADIUS)},
    {"ellipsoid", 0, "NAME", DM_GROUP_DISTANCE,
     "ellipsoid for --metric=geodesic and --accuracy: a name from --list, or A,RF, the equatorial "
     "radius in metres and the reciprocal flattening (default: WGS84)",
     SET(set_ellipsoid, run.metric_options.ellipsoid), CHOICE(dm_ellipsoid_choice),
     FIELD(ELLIPSOID)},
    {"unit", 0, "UNIT", DM_GROUP_DISTANCE,
     "unit of the distances (default: km, in tsplib output m)",
     SET(set_unit, run.format_options.unit), CHOICE(dm_unit_choice), FIELD(UNIT)},
    {"accuracy", 0, NULL, DM_GROUP_DISTANCE,
     "report the metric's error on up to 40,000 of the pairs instead of writing distances",
     FLAG(accuracy)},

    {"server", 0, "KIND:URL", DM_GROUP_ROAD,
     "routing server, for --metric=road: osrm, valhalla or ors (openrouteservice) and its address, "
     "such as osrm:http://localhost:5000",
     TEXT(road.server), WORDS("osrm:http://localhost:5000"), FIELD(SERVER)},
    {"profile", 0, "NAME", DM_GROUP_ROAD,
     "means of transport, a name that the server knows (default: its usual one for cars)",
     TEXT(road.profile), FIELD(PROFILE)},
    {"quantity", 0, "WHICH", DM_GROUP_ROAD,
     "distance (default) or duration: what is written where there is one number for a pair, and "
     "what --nearest and --within (then a time: 10min) compare",
     WORD(road.quantity, "distance", "duration"), FIELD(QUANTITY)},
    {"crow", 0, NULL, DM_GROUP_ROAD,
     "in csv output, also the distance as the crow flies, and the detour", FLAG(road.crow),
     FIELD(CROW)},
    {"unreachable", 0, "VALUE", DM_GROUP_ROAD,
     "value for pairs without a route (default: an empty field, NaN in npy; json, tsplib and the "
     "summaries refuse them)",
     .kind = DM_OPTION_SET, .set = dm_set_unreachable, REPLACEMENT, FIELD(UNREACHABLE)},
    {"max-snap", 0, "DIST", DM_GROUP_ROAD,
     "distance from a place to the nearest road above which it is an error (default: 1km)",
     SET(dm_set_max_snap, road.max_snap_m), FIELD(MAX_SNAP)},
    {"max-speed", 0, "KMH", DM_GROUP_ROAD,
     "greatest speed on any road, on which --nearest and --within by duration rely (default: 150)",
     SET(dm_set_max_speed, road.max_speed_kmh)},
    {"verify", 0, "N", DM_GROUP_ROAD,
     "ask for N pairs again, beside other ones, and report how many differ",
     SET(dm_set_verify, road.verify), FIELD(VERIFY)},
    {"rate", 0, "N/s", DM_GROUP_ROAD, "at most so many requests: 5/s, 40/min (default: no limit)",
     SET(dm_set_rate, road.rate)},
    {"max-requests", 0, "N", DM_GROUP_ROAD,
     "end with an error rather than make more requests (default: no limit)",
     SET(dm_set_max_requests, road.max_requests), FIELD(MAX_REQUESTS)},
    {"timeout", 0, "TIME", DM_GROUP_ROAD, "longest time to wait for an answer (default: 60s)",
     SET(dm_set_timeout, road.timeout_ns)},
    {"server-option", 0, "KEY=VALUE", DM_GROUP_ROAD,
     "add this to each request; may be given several times", SET(dm_set_extra, road.extra_count),
     FIELD(EXTRAS)},
    {"server-header", 0, "HEADER", DM_GROUP_ROAD,
     "header of each request, which is never shown: 'Authorization: KEY' (default: from "
     "DMATRIX_SERVER_KEY)",
     SET(dm_set_server_header, road.header), FIELD(SERVER_HEADER)},

    {"nearest", 0, "K", DM_GROUP_SEARCH,
     "only the K nearest places of each place or, with two files, destinations of each origin",
     SET(set_nearest, run.search.nearest), FIELD(NEAREST)},
    {"within", 0, "DIST", DM_GROUP_SEARCH,
     "only places within a distance, in the unit of the output or with its own: 50km, 800m, 30mi",
     .kind = DM_OPTION_SET, .set = set_within, DISTANCE, FIELD(WITHIN)},
    {"per", 0, "COL", DM_GROUP_SEARCH,
     "find the nearest, or those within the distance, for each value of a column of the "
     "destinations",
     TEXT(run.load.per), FIELD(PER)},
    {"by", 0, "COL", DM_GROUP_SEARCH,
     "only pairs whose places have the same value of a column; with --shape=sequence, a track for "
     "each",
     TEXT(run.load.by), FIELD(BY)},
    {"symmetric", 0, "HOW", DM_GROUP_SEARCH,
     "make neighbours symmetric: if one of two places has the other among its nearest (union), or "
     "if both have (mutual) (default: no)",
     WORD(run.search.symmetric, "no", "union", "mutual"), FIELD(SYMMETRIC)},
    {"unmatched", 0, "HOW", DM_GROUP_SEARCH,
     "places without any neighbour: drop (default), or keep with an empty destination",
     WORD(run.search.unmatched, "drop", "keep"), FIELD(UNMATCHED)},

    {"output", 'o', "FILE", DM_GROUP_OUTPUT,
     "output file, which appears when it is complete (default: standard output)",
     FILE_NAME(run.output), FIELD(OUTPUT)},
    {"shape", 0, "SHAPE", DM_GROUP_OUTPUT,
     "which pairs to compute (default: cross for two files; for one file pairs in csv, npy "
     "and geojson, square by road and in other formats)",
     SET(set_shape, run.shape), CHOICE(dm_shape_choice), FIELD(SHAPE)},
    {"format", 0, "FORMAT", DM_GROUP_OUTPUT,
     "output format (default: from the extension of FILE, else csv; a preview on a terminal)",
     SET(set_format, run.format), CHOICE(dm_format_choice), FIELD(FORMAT)},
    {"append", 0, NULL, DM_GROUP_OUTPUT,
     "write the rows of the table with the distance as one more column (same as --format=append), "
     "for --shape=paired and --shape=sequence",
     SET(set_append, run.format), FIELD(FORMAT)},
    {"summary", 0, "[WHICH]", DM_GROUP_OUTPUT,
     "write the number, least, mean, deviation and greatest of the distances of each place: "
     "origins "
     "(default) or destinations (same as --format=summary or summary-destinations)",
     SET(set_summary, run.format), WORDS("origins", "destinations"), FIELD(FORMAT)},
    {"precision", 0, "N", DM_GROUP_OUTPUT,
     "number of decimals in csv, matrix, phylip, mtx, append, geojson and summary output, 0 to 12 "
     "(default: "
     "6)",
     SET(set_precision, run.format_options.precision), FIELD(PRECISION)},
    {"no-header", 0, NULL, DM_GROUP_OUTPUT,
     "omit the header line in csv, matrix, append and summary output",
     SET(set_no_header, run.format_options.header), FIELD(FORMAT_HEADER)},
    {"safe-csv", 0, NULL, DM_GROUP_OUTPUT,
     "in csv, matrix and summary output, write ' before names that a spreadsheet would run as "
     "formulas",
     FLAG(run.format_options.safe_csv), FIELD(SAFE_CSV)},
    {"output-delimiter", 0, "C", DM_GROUP_OUTPUT,
     "separator in csv, matrix, append and summary output: a character, tab, space, comma, "
     "semicolon or "
     "pipe "
     "(default: a comma; in append, that of the table)",
     SET(set_output_delimiter, run.format_options.delimiter),
     WORDS("tab", "space", "comma", "semicolon", "pipe"), FIELD(FORMAT_DELIMITER)},
    {"output-decimal", 0, "C", DM_GROUP_OUTPUT,
     "decimal mark in csv, matrix, append and summary output: a point or a comma (default: a "
     "point; in "
     "append, that of the table)",
     SET(set_output_decimal, run.format_options.decimal), WORDS("point", "comma"),
     FIELD(FORMAT_DECIMAL)},
    {"dtype", 0, "TYPE", DM_GROUP_OUTPUT, "number type in npy and npz output: f8 (default) or f4",
     WORD(run.format_options.dtype, "f8", "f4"), FIELD(DTYPE)},
    {"scale", 0, "X", DM_GROUP_OUTPUT,
     "factor for distances in tsplib output, before rounding (default: 1)",
     SET(set_scale, run.format_options.scale), FIELD(SCALE)},
    {"round", 0, "HOW", DM_GROUP_OUTPUT,
     "rounding in tsplib and json output: nearest (default), floor or ceil",
     WORD(run.format_options.round, "nearest", "floor", "ceil"), FIELD(ROUND)},
    {"speed", 0, "KMH", DM_GROUP_OUTPUT,
     "travel speed in km/h, for the straight-line durations in json output",
     SET(set_speed, run.format_options.speed_kmh), FIELD(SPEED)},
    {"names", 0, "FILE", DM_GROUP_OUTPUT,
     "also write a CSV file with the number and name of each location, for formats without names: "
     "npy, npz, mtx, tsplib and json",
     FILE_NAME(run.names), FIELD(NAMES)},
    {"resume", 0, NULL, DM_GROUP_OUTPUT,
     "with -o FILE: keep what is complete when the run ends early, even if it is killed, and go on "
     "from there when the same command runs again",
     FLAG(run.resume), FIELD(RESUME)},
    {"join", 0, NULL, DM_GROUP_OUTPUT,
     "put the parts of a divided run together, after checking that they are complete: dmatrix "
     "--join -o all.csv part.* (see --shard and --manifest)",
     ACTION(DM_ACTION_JOIN)},
    {"dry-run", 0, NULL, DM_GROUP_OUTPUT,
     "estimate the output size, memory and time; write nothing", FLAG(dry_run)},

    {"executor", 0, "NAME", DM_GROUP_EXECUTION, "how to run the work (default: pool)",
     SET(set_executor, run.executor), CHOICE(dm_executor_choice), FIELD(EXECUTOR)},
    {"threads", 'j', "N", DM_GROUP_EXECUTION,
     "number of threads or processes that work at the same time (default: the CPUs this "
     "process may use; by road 4)",
     SET(set_threads, thread_counts), LIST, FIELD(THREADS)},
    {"grain", 0, "PAIRS", DM_GROUP_EXECUTION,
     "number of pairs in a task; 1 makes every distance a task (default: auto)",
     SET(set_grain, grain_counts), LIST, WORDS("auto"), FIELD(GRAIN)},
    {"delay", 0, "TIME", DM_GROUP_EXECUTION,
     "make every task wait, to imitate a disk or a network: 2ms, 0.5s",
     SET(set_delay, run.delay_ns)},
    {"max-memory", 0, "SIZE", DM_GROUP_EXECUTION,
     "memory limit for buffers, not counting the locations (default: 64M, or 4M per thread if "
     "that is more)",
     SET(set_max_memory, run.max_memory), FIELD(MAX_MEMORY)},
    {"shard", 0, "K/N", DM_GROUP_EXECUTION,
     "compute only part K of N; concatenate the output files in order, or see --join; auto: the "
     "part of this task in a job array of Slurm",
     SET(set_shard, run.shard), WORDS("auto"), FIELD(SHARD)},
    {"manifest", 0, NULL, DM_GROUP_EXECUTION,
     "with --shard and -o FILE: describe the part in FILE.manifest when it is complete, for --join",
     FLAG(manifest)},

    {"compare", 0, "[EXECUTOR,...]", DM_GROUP_COMPARISON,
     "time the executors (default: all) instead of writing distances; --threads and --grain may "
     "be lists: 1,2,4",
     SET(set_compare, compare), LIST, CHOICE(dm_executor_choice)},
    {"runs", 0, "N", DM_GROUP_COMPARISON,
     "number of rounds; each measures every executor once (default: 10 to 30, about 3 seconds "
     "per executor)",
     SET(set_runs, runs)},
    {"warmup", 0, "N", DM_GROUP_COMPARISON,
     "number of unmeasured runs before each measurement (default: 1)", SET(set_warmup, warmup)},
    {"plot", 0, "FILE", DM_GROUP_COMPARISON,
     "draw the comparison with gnuplot: .svg, .png or .pdf, or .gp for the script",
     FILE_NAME(exports[DM_EXPORT_PICTURE])},
    {"export-markdown", 0, "FILE", DM_GROUP_COMPARISON, "write the comparison as a Markdown table",
     FILE_NAME(exports[DM_EXPORT_MARKDOWN])},

    {"export-json", 0, "FILE", DM_GROUP_REPORTING,
     "write the timings as JSON, in the schema of hyperfine", FILE_NAME(exports[DM_EXPORT_JSON])},
    {"export-csv", 0, "FILE", DM_GROUP_REPORTING, "write the timings as CSV",
     FILE_NAME(exports[DM_EXPORT_CSV])},
    {"progress", 0, "WHEN", DM_GROUP_REPORTING,
     "show the progress of long runs: auto (default: on a terminal), always or never",
     WORD(progress, "auto", "always", "never")},
    {"color", 0, "WHEN", DM_GROUP_REPORTING, "colour output: auto (default), always or never",
     WORD(colour, "auto", "always", "never")},
    {"quiet", 'q', NULL, DM_GROUP_REPORTING, "print no report, only warnings and errors",
     FLAG(quiet)},
    {"verbose", 'v', NULL, DM_GROUP_REPORTING, "report more, including what each worker did",
     FLAG(verbose)},
    {"list", 0, NULL, DM_GROUP_REPORTING,
     "list the metrics, executors, formats, shapes, units, ellipsoids and instruction sets",
     ACTION(DM_ACTION_LIST)},
    {"help", 'h', NULL, DM_GROUP_REPORTING, "show this help", ACTION(DM_ACTION_HELP)},
    {"version", 0, NULL, DM_GROUP_REPORTING, "show the version", ACTION(DM_ACTION_VERSION)},
    {.name = NULL},
};

_Static_assert(sizeof dm_option_table / sizeof *dm_option_table <= DM_OPTIONS_MAX,
               "DM_OPTIONS_MAX is too small");
_Static_assert(sizeof(enum dm_header) == sizeof(int) && sizeof(enum dm_dtype) == sizeof(int) &&
                   sizeof(enum dm_round) == sizeof(int) && sizeof(enum dm_when) == sizeof(int),
               "a DM_OPTION_WORD is stored as an int");

const char *const dm_option_group_names[DM_GROUP_COUNT] = {
    [DM_GROUP_INPUT] = "Input",
    [DM_GROUP_DISTANCE] = "Distance",
    [DM_GROUP_ROAD] = "Road",
    [DM_GROUP_SEARCH] = "Search",
    [DM_GROUP_OUTPUT] = "Output",
    [DM_GROUP_EXECUTION] = "Execution",
    [DM_GROUP_COMPARISON] = "Comparison",
    [DM_GROUP_REPORTING] = "Reporting",
};

struct dm_choice dm_option_choice(const struct dm_option *option, size_t place)
{
    if (option->choice)
        return option->choice(place);
    return (struct dm_choice){.name = option->words ? option->words[place] : NULL};
}

bool dm_option_has_few_choices(const struct dm_option *option)
{
    enum { FEW = 8 };
    size_t count = 0;
    while (option->choice && option->choice(count).name)
        count++;
    return count > 0 && count <= FEW && !option->list;
}

bool dm_option_is_one_of(const struct dm_option *option, const char *const names[])
{
    while (*names && strcmp(option->name, *names) != 0)
        names++;
    return *names != NULL;
}

bool dm_option_is_of_format(const struct dm_option *option)
{
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->uses & DM_FIELD_BIT(option->field))
            return true;
    return false;
}

bool dm_option_value_is_optional(const struct dm_option *option)
{
    return option->argument && *option->argument == '[';
}
