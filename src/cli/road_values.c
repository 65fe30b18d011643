#include "cli/road_values.h"

#include "base/number.h"
#include "cli/values.h"

#include <string.h>

enum { VERIFY_MAX = 1000000000 };

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
            read_positive(number, &options->road.rate) &&
            (options->road.rate /= units[i].seconds) > 0) /* also of the smallest numbers */
            return DM_OK;
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
    for (size_t i = 0; i < options->road.extra_count; i++) /* the last one of a name counts */
        if (strncmp(options->extras[i], value, (size_t)(equals + 1 - value)) == 0) {
            options->extras[i] = value;
            return DM_OK;
        }
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
