#include "cli/road_options.h"

#include "base/number.h"
#include "base/text.h"
#include "base/try.h"
#include "cli/option_refused.h"
#include "cli/values.h"

#include <stdlib.h>
#include <string.h>

enum { VERIFY_MAX = 1000000000 };

/* ---- values ---- */

static bool read_positive(const char *value, double *number)
{
    return dm_number_parse(value, strlen(value), number) == DM_NUMBER_OK && *number > 0;
}

enum dm_status dm_set_unreachable(struct dm_options *options, const char *value,
                                  struct dm_error *error)
{
    double number;
    if (dm_number_parse(value, strlen(value), &number) != DM_NUMBER_OK || !(number >= 0))
        return dm_fail_value("unreachable", value, "a number of at least 0", error);
    options->road.unreachable = number;
    options->road.replaces = true;
    return DM_OK;
}

enum dm_status dm_set_max_snap(struct dm_options *options, const char *value,
                               struct dm_error *error)
{
    double distance;
    const struct dm_unit *unit;
    if (!dm_read_distance(value, &distance, &unit) || !(distance > 0))
        return dm_fail_value("max-snap", value,
                             "a number of kilometres greater than 0, or one with its unit: 500m, "
                             "2km",
                             error);
    options->road.max_snap_m = distance * (unit ? unit : &dm_unit_km)->metres;
    return DM_OK;
}

enum dm_status dm_set_max_speed(struct dm_options *options, const char *value,
                                struct dm_error *error)
{
    if (!read_positive(value, &options->road.max_speed_kmh))
        return dm_fail_value("max-speed", value, "a speed in km/h greater than 0", error);
    return DM_OK;
}

enum dm_status dm_set_verify(struct dm_options *options, const char *value, struct dm_error *error)
{
    if (!dm_integer_parse(value, VERIFY_MAX, &options->road.verify) || options->road.verify == 0)
        return dm_fail_value("verify", value, "a number of pairs, at least 1", error);
    return DM_OK;
}

/* Parse "5/s", "40/min", "1000/h" or "5", which is a second. */
enum dm_status dm_set_rate(struct dm_options *options, const char *value, struct dm_error *error)
{
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"/s", 1}, {"/min", 60}, {"/h", 3600}, {"", 1}};
    char number[32];
    size_t length = strcspn(value, "/");
    for (size_t i = 0; length < sizeof number && i < sizeof units / sizeof *units; i++) {
        memcpy(number, value, length);
        number[length] = '\0';
        if (strcmp(value + length, units[i].name) == 0 &&
            read_positive(number, &options->road.rate)) {
            options->road.rate /= units[i].seconds;
            return DM_OK;
        }
    }
    return dm_fail_value("rate", value,
                         "a number of requests in a second, a minute or an hour: "
                         "5/s, 40/min, 2000/h",
                         error);
}

enum dm_status dm_set_max_requests(struct dm_options *options, const char *value,
                                   struct dm_error *error)
{
    if (!dm_integer_parse(value, INT64_MAX, &options->road.max_requests) ||
        options->road.max_requests == 0)
        return dm_fail_value("max-requests", value, "a number of requests, at least 1", error);
    return DM_OK;
}

enum dm_status dm_set_timeout(struct dm_options *options, const char *value, struct dm_error *error)
{
    if (!dm_read_duration(value, &options->road.timeout_ns) || options->road.timeout_ns == 0)
        return dm_fail_value("timeout", value,
                             "a duration of at most one hour with its unit, such as 30s", error);
    return DM_OK;
}

enum dm_status dm_set_extra(struct dm_options *options, const char *value, struct dm_error *error)
{
    const char *equals = strchr(value, '=');
    if (!equals || equals == value)
        return dm_fail_value("server-option", value, "a name and its value, KEY=VALUE", error);
    if (options->road.extra_count == DM_LIST_MAX)
        return dm_fail(error, DM_USAGE, "--server-option can be given %d times", DM_LIST_MAX);
    options->extras[options->road.extra_count++] = value;
    return DM_OK;
}

/* The value is not part of the message: it is a secret. */
enum dm_status dm_set_server_header(struct dm_options *options, const char *value,
                                    struct dm_error *error)
{
    const char *colon = strchr(value, ':');
    bool good = colon && colon != value && !strpbrk(value, "\r\n") &&
                (size_t)(colon - value) == strcspn(value, " \t:") &&
                colon[1 + strspn(colon + 1, " \t")];
    if (!good)
        return dm_fail(error, DM_USAGE,
                       "--server-header: the value must be a header, 'Name: value', in quotes if "
                       "it has blanks (it is not shown here, for it may be a key)");
    options->road.header = value;
    return DM_OK;
}

/* ---- together ---- */

static bool is_of_roads(const struct dm_option *option)
{
    return option->group == DM_GROUP_ROAD;
}

static bool is_of_computing(const struct dm_option *option)
{
    return strcmp(option->name, "accuracy") == 0 || strcmp(option->name, "radius") == 0 ||
           strcmp(option->name, "delay") == 0;
}

/* Return true if roads are wanted: on the command line or, not overridden there, by default. */
static bool wants_roads(const struct dm_options *options)
{
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_given *given = &options->given[i];
        if (dm_option_table[i].field == DM_FIELD_METRIC)
            return given->origin != DM_NOT_GIVEN && strcmp(given->value, DM_ROAD_WORD) == 0;
    }
    return false;
}

/* Take the key from the environment, unless a header was given. */
static enum dm_status take_key(struct dm_options *options, struct dm_error *error)
{
    const char *key = getenv(DM_KEY_VARIABLE);
    if (options->road.header || !key || !*key)
        return DM_OK;
    const char *before = strchr(key, ':') ? "" : "Authorization: ";
    if (strlen(before) + strlen(key) >= sizeof options->key_header || strpbrk(key, "\r\n"))
        return dm_fail(error, DM_USAGE, DM_KEY_VARIABLE " is too long, or has several lines");
    dm_append(options->key_header, sizeof options->key_header, "%s%s", before, key);
    return DM_OK;
}

static enum dm_status fail_without_server(struct dm_error *error)
{
    return dm_fail(error, DM_USAGE,
                   "--metric=road needs a routing server, which measures the distances (try "
                   "--server=osrm:http://localhost:5000; docs/road.md says how to run one)");
}

enum dm_status dm_road_complete(struct dm_options *options, struct dm_error *error)
{
    char name[DM_OPTION_LENGTH];
    if (!wants_roads(options)) {
        if (dm_option_refused(options, is_of_roads, name))
            return dm_fail(error, DM_USAGE, "%s works only with --metric=road", name);
        return DM_OK;
    }
    if (dm_option_refused(options, is_of_computing, name))
        return dm_fail(error, DM_USAGE,
                       "%s cannot be combined with --metric=road: the distances are not computed",
                       name);
    if (options->team)
        return dm_fail(error, DM_USAGE,
                       "--metric=road is for one process, which makes several requests at once: "
                       "run dmatrix without MPI");
    if (!options->road.server)
        return fail_without_server(error);
    if (options->road.max_speed_kmh > 0 &&
        (options->road.quantity != DM_DURATION || !dm_finds_neighbours(&options->run.search)))
        return dm_fail(error, DM_USAGE,
                       "--max-speed has no effect without --quantity=duration and --nearest or "
                       "--within");
    DM_TRY(take_key(options, error));
    options->by_road = true;
    dm_road_attach(options);
    return DM_OK;
}

void dm_road_attach(struct dm_options *options)
{
    struct dm_road_options *road = &options->road;
    if (!options->by_road)
        return;
    road->extras = options->extras;
    if (*options->key_header)
        road->header = options->key_header;
    options->run.road = road;
}
