#include "cli/road_options.h"

#include "base/text.h"
#include "base/try.h"
#include "cli/option_refused.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_roads(const struct dm_option *option)
{
    return option->group == DM_GROUP_ROAD;
}

static bool is_of_computing(const struct dm_option *option)
{
    static const char *const names[] = {"accuracy", "radius", "delay", NULL};
    return dm_option_is_one_of(option, names);
}

static bool is_unused_by_comparison(const struct dm_option *option)
{
    static const char *const names[] = {"crow",         "unreachable", "quantity", "verify",
                                        "max-requests", "grain",       NULL};
    return dm_option_is_one_of(option, names);
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

/* Return true for "Name: value". */
static bool has_name(const char *header)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t length = strspn(header, letters);
    return length > 0 && header[length] == ':' &&
           header[length + 1 + strspn(header + length + 1, " ")];
}

static bool has_control(const char *text)
{
    while (*text && (unsigned char)*text >= ' ' && *text != 0x7f)
        text++;
    return *text != '\0';
}

/* Take the key from the environment, unless a header was given. */
static enum dm_status take_key(struct dm_options *options, struct dm_error *error)
{
    const char *key = getenv(DM_KEY_VARIABLE);
    if (options->road.header || !key || !*key)
        return DM_OK;
    const char *before = has_name(key) ? "" : "Authorization: ";
    if (strlen(before) + strlen(key) >= sizeof options->key_header || has_control(key))
        return dm_fail(error, DM_USAGE,
                       DM_KEY_VARIABLE " is too long, or has several lines or control characters");
    dm_append(options->key_header, sizeof options->key_header, "%s%s", before, key);
    return DM_OK;
}

static enum dm_status fail_without_server(struct dm_error *error)
{
    return dm_fail(error, DM_USAGE,
                   "--metric=road needs a routing server, which measures the distances (try "
                   "--server=osrm:http://localhost:5000; docs/road.md says how to run one)");
}

/* Check that --within is a time by duration, and a distance else. A number without a unit is
 * either. */
static enum dm_status check_within(const struct dm_options *options, bool by_duration,
                                   struct dm_error *error)
{
    const struct dm_search_options *search = &options->run.search;
    if (!search->limited)
        return DM_OK;
    if (options->within_time && !by_duration)
        return dm_fail(error, DM_USAGE,
                       "--within: a time needs durations, which a routing server knows (try "
                       "--metric=road --quantity=duration)");
    if (by_duration && search->within_unit)
        return dm_fail(error, DM_USAGE,
                       "--within: with --quantity=duration it is a time (try --within=10min)");
    return DM_OK;
}

enum dm_status dm_road_complete(struct dm_options *options, struct dm_error *error)
{
    char name[DM_OPTION_LENGTH];
    bool roads = wants_roads(options);
    DM_TRY(check_within(options, roads && options->road.quantity == DM_DURATION, error));
    if (!roads) {
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
    if ((options->road.quantity != DM_DURATION || !dm_finds_neighbours(&options->run.search)) &&
        dm_option_is_refused(options, "max-speed"))
        return dm_fail(error, DM_USAGE,
                       "--max-speed has no effect without --quantity=duration and --nearest or "
                       "--within");
    if (!options->road.crow && dm_option_is_refused(options, "ellipsoid"))
        return dm_fail(error, DM_USAGE, "--ellipsoid has no effect by road without --crow");
    if (options->compare && dm_option_refused(options, is_unused_by_comparison, name))
        return dm_fail(error, DM_USAGE,
                       "%s has no effect with --compare by road, which only times requests", name);
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
    const char *scratch = getenv("TMPDIR");
    road->scratch = scratch && *scratch ? scratch : NULL;
    if (*options->key_header)
        road->header = options->key_header;
    options->run.road = road;
}
