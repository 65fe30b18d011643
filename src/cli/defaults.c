#include "cli/defaults.h"

#include "base/try.h"
#include "cli/option_words.h"
#include "cli/secret.h"
#include "run/choose.h"

#include <string.h>

/* ---- reading ---- */

/* Return true for options that concern a single run or name a file that it writes: as a default,
 * each run would replace the file of the run before. */
static bool is_of_one_run(const struct dm_option *option)
{
    static const char *const others[] = {"shard",    "manifest", "compare",
                                         "accuracy", "dry-run",  NULL};
    return dm_option_is_one_of(option, others) || option->kind == DM_OPTION_FILE;
}

static enum dm_status check(const struct dm_options *options, struct dm_error *error)
{
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        if (options->given[i].origin == DM_NOT_GIVEN)
            continue;
        if (option->kind == DM_OPTION_ACTION)
            return dm_fail(error, DM_USAGE, "--%s can only be used on the command line",
                           option->name);
        if (is_of_one_run(option))
            return dm_fail(error, DM_USAGE,
                           "--%s concerns a single run, so it can only be used on the command line",
                           option->name);
    }
    return DM_OK;
}

enum dm_status dm_defaults_read(const char *defaults, struct dm_options *options,
                                struct dm_error *error)
{
    struct dm_words *words = &options->defaults;
    int rest;
    struct dm_error why;
    if (!defaults || !*defaults)
        return DM_OK;
    DM_TRY(dm_words_cut(DM_DEFAULTS_VARIABLE, defaults, words, error));
    enum dm_status status =
        dm_options_read(words->count, words->words, DM_FROM_ENVIRONMENT, options, &rest, &why);
    if (status == DM_OK && rest < words->count) /* it may be the rest of a key without quotes */
        status = dm_fail(&why, DM_USAGE, "%s is not an option; name files on the command line",
                         options->road.header ? DM_SECRET_SHOWN : words->words[rest]);
    if (status == DM_OK)
        status = check(options, &why);
    return status == DM_OK ? DM_OK
                           : dm_fail(error, status, DM_DEFAULTS_VARIABLE ": %s", why.message);
}

/* ---- fitting ---- */

bool dm_defaults_drop(struct dm_options *options, const struct dm_option *option)
{
    if (options->given[option - dm_option_table].origin != DM_FROM_ENVIRONMENT)
        return false;
    dm_option_reset(option, options);
    return true;
}

/* Drop the default that sets a field. Return false if there is none. */
static bool drop_field(struct dm_options *options, enum dm_field field)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (field != DM_FIELD_NONE && option->field == field && dm_defaults_drop(options, option))
            return true;
    return false;
}

/* Drop the default column of a coordinate of other than the metric's kind. */
static void drop_other_columns(struct dm_options *options)
{
    bool planar = options->run.metric->coordinates == DM_PLANAR;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (strcmp(option->name, planar ? "lat" : "y") == 0 ||
            strcmp(option->name, planar ? "lon" : "x") == 0)
            dm_defaults_drop(options, option);
}

static enum dm_status check_metric(const struct dm_options *options, struct dm_error *error)
{
    const struct dm_metric *metric = options->run.metric;
    uint64_t used = metric->uses | (options->accuracy ? DM_FIELD_BIT(DM_FIELD_ELLIPSOID) : 0);
    return dm_check_metric_options(metric, &options->run.metric_options, used, error);
}

static enum dm_status check_columns(const struct dm_options *options, struct dm_error *error)
{
    return dm_check_columns(&options->run, error);
}

static enum dm_status check_shape(const struct dm_options *options, struct dm_error *error)
{
    const struct dm_shape *shape;
    bool two_places = options->run.load.to_lat != NULL;
    return dm_choose_loaded_shape(&options->run, two_places, &shape, error);
}

static enum dm_status check_search(const struct dm_options *options, struct dm_error *error)
{
    return dm_check_neighbours(&options->run, error);
}

static enum dm_status check_road(const struct dm_options *options, struct dm_error *error)
{
    struct dm_run_options run = options->run;
    return run.road && !options->compare ? dm_road_choose(&run, error) : DM_OK;
}

static enum dm_status check_output(const struct dm_options *options, struct dm_error *error)
{
    bool writes = !options->accuracy && !options->compare;
    return writes ? dm_check_output(&options->run, error) : DM_OK;
}

enum { SUSPECTS = 4 };

/* Drop defaults until the check passes or complains about the command line alone: the default for
 * the field that it names, else for one of the suspects. */
static void fit(struct dm_options *options,
                enum dm_status (*refuses)(const struct dm_options *, struct dm_error *),
                const enum dm_field suspects[SUSPECTS])
{
    struct dm_error why;
    while (refuses(options, &why) != DM_OK) {
        bool dropped = drop_field(options, why.field);
        for (int i = 0; !dropped && i < SUSPECTS; i++)
            dropped = drop_field(options, suspects[i]);
        if (!dropped)
            return;
    }
}

void dm_defaults_fit(struct dm_options *options)
{
    static const enum dm_field metric[SUSPECTS] = {DM_FIELD_METRIC},
                               format[SUSPECTS] = {DM_FIELD_FORMAT, DM_FIELD_NEAREST,
                                                   DM_FIELD_WITHIN},
                               road[SUSPECTS] = {DM_FIELD_QUANTITY, DM_FIELD_CROW, DM_FIELD_FORMAT,
                                                 DM_FIELD_SHAPE},
                               columns[SUSPECTS] = {DM_FIELD_HEADER, DM_FIELD_NAME, DM_FIELD_LAT,
                                                    DM_FIELD_LON};
    bool of_the_earth = options->accuracy || options->run.load.crs;
    if (of_the_earth && options->run.metric->coordinates != DM_GEOGRAPHIC)
        drop_field(options, DM_FIELD_METRIC);
    fit(options, check_metric, metric);
    if (!options->run.load.crs) /* with it, the files may have coordinates of either kind */
        drop_other_columns(options);
    fit(options, check_columns, columns);
    fit(options, check_shape, format);
    fit(options, check_search, format);
    fit(options, check_road, road);
    fit(options, check_output, format);
}
