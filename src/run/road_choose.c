/* Checks the options of a run by road. */
#include "run/choose.h"

#include "base/text.h"
#include "base/try.h"

#include <math.h>
#include <string.h>

/* Fail because the option has no effect, or cannot be used, by road. */
static enum dm_status fail_with(enum dm_field field, const char *why, struct dm_error *error)
{
    return dm_fail_field(error, field, DM_USAGE, "%s cannot be used by road: %s",
                         dm_field_name(field), why);
}

static enum dm_status check_format(const struct dm_format *format, struct dm_error *error)
{
    if (format->by_road)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE, "%s cannot hold distances by road: %s",
                  format->name,
                  format->not_by_road ? format->not_by_road : "it was made for others");
    dm_suggest(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

static enum dm_status check_shape(const struct dm_run_options *options, struct dm_error *error)
{
    if (options->shape != &dm_shape_pairs)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "by road, the way from A to B may differ from that from B to A, so each pair is "
                  "needed in both directions");
    dm_suggest(error, DM_FIELD_SHAPE, "square");
    return DM_USAGE;
}

static enum dm_status check_others(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_search_options *search = &options->search;
    if (options->shard.shards > 0)
        return fail_with(DM_FIELD_SHARD,
                         "each part would ask the server for the whole table; one run asks several "
                         "requests at once, and can go on after an interruption",
                         error);
    if (options->load.by)
        return fail_with(DM_FIELD_BY, "it is for distances that are computed", error);
    if (options->load.per)
        return fail_with(DM_FIELD_PER, "it is for distances that are computed", error);
    if (search->symmetric != DM_SYMMETRIC_NO)
        return fail_with(DM_FIELD_SYMMETRIC, "roads are not symmetric", error);
    if (search->limited && search->within_unit && options->road->quantity == DM_DURATION)
        return dm_fail_field(error, DM_FIELD_WITHIN, DM_USAGE,
                             "by duration, the limit is a number of seconds, not one of %s",
                             search->within_unit->name);
    if (dm_finds_neighbours(search) && options->road->verify > 0)
        return dm_fail_field(error, DM_FIELD_VERIFY, DM_USAGE,
                             "%s is for whole tables, not for a search",
                             dm_field_name(DM_FIELD_VERIFY));
    if (dm_finds_neighbours(search) && options->road->replaces)
        return dm_fail_field(error, DM_FIELD_UNREACHABLE, DM_USAGE,
                             "%s has no effect on a search: a place without a route to it is no "
                             "neighbour",
                             dm_field_name(DM_FIELD_UNREACHABLE));
    if (options->format_options.speed_kmh != 0)
        return fail_with(DM_FIELD_SPEED, "the server knows the durations", error);
    if (options->metric->coordinates != DM_GEOGRAPHIC)
        return fail_with(DM_FIELD_METRIC, "places need longitude and latitude", error);
    return DM_OK;
}

static enum dm_status check_numbers(const struct dm_road_options *road, struct dm_error *error)
{
    if (!road->server)
        return dm_fail_field(error, DM_FIELD_SERVER, DM_USAGE, "distances by road need a server");
    if (!(road->rate >= 0) || !(road->max_snap_m >= 0) || !(road->max_speed_kmh >= 0))
        return dm_fail_field(error, DM_FIELD_SERVER, DM_USAGE,
                             "the rate, the greatest distance to a road and the greatest speed "
                             "must not be negative");
    if (road->replaces && !(road->unreachable >= 0 && isfinite(road->unreachable)))
        return dm_fail_field(error, DM_FIELD_UNREACHABLE, DM_USAGE, "%g is below 0 or not a number",
                             road->unreachable);
    return DM_OK;
}

/* The quantity matters where one is written, and for a search. */
static enum dm_status check_quantity(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_format *format = options->format->by_road;
    if (options->road->quantity == DM_DISTANCE || format->quantity ||
        dm_finds_neighbours(&options->search))
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_QUANTITY, DM_USAGE,
                         "%s has no effect with the format %s, which has both distances and "
                         "durations",
                         dm_field_name(DM_FIELD_QUANTITY), format->name);
}

static enum dm_status check_columns(const struct dm_run_options *options, struct dm_error *error)
{
    if (!options->road->crow || options->format->by_road->routes)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_CROW, DM_USAGE, "%s adds columns, which the format %s has not",
                  dm_field_name(DM_FIELD_CROW), options->format->name);
    dm_suggest(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

enum dm_status dm_road_check(struct dm_run_options *options, struct dm_error *error)
{
    DM_TRY(check_numbers(options->road, error));
    DM_TRY(check_shape(options, error));
    DM_TRY(check_others(options, error));
    if (options->executor_options.threads == 0)
        options->executor_options.threads = DM_ROAD_THREADS;
    return DM_OK;
}

enum dm_status dm_road_choose(struct dm_run_options *options, struct dm_error *error)
{
    if (!options->road)
        return DM_OK;
    DM_TRY(check_format(options->format, error));
    DM_TRY(dm_road_check(options, error));
    DM_TRY(check_quantity(options, error));
    DM_TRY(check_columns(options, error));
    options->format = options->format->by_road;
    return DM_OK;
}
