#include "cli/defaults.h"

#include "base/try.h"
#include "cli/option_checks.h"
#include "cli/option_words.h"
#include "run/choose.h"

#include <string.h>

/* ---- what can be a default ---- */

/* Options that say what a single run is for, or which file it writes: as defaults, each run would
 * replace what the one before has written. */
static bool is_of_one_run(const struct dm_option *option)
{
    static const char *const others[] = {"shard", "compare", "accuracy", "dry-run"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(option->name, others[i]) == 0)
            return true;
    return option->kind == DM_OPTION_FILE;
}

static enum dm_status check_defaults(const struct dm_options *wished, struct dm_error *error)
{
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        if (!wished->given[i].given)
            continue;
        if (option->kind == DM_OPTION_ACTION)
            return dm_fail(error, DM_USAGE, "--%s would leave no run (say it on the command line)",
                           option->name);
        if (is_of_one_run(option))
            return dm_fail(error, DM_USAGE,
                           "--%s is for a single run, not for all (say it on the command line)",
                           option->name);
    }
    return DM_OK;
}

static enum dm_status read_defaults(const struct dm_words *words, struct dm_options *wished,
                                    struct dm_error *error)
{
    int rest = words->count;
    struct dm_error why;
    enum dm_status status = dm_options_read(words->count, words->words, wished, &rest, &why);
    if (status == DM_OK && rest < words->count)
        status = dm_fail(&why, DM_USAGE, "%s is no option (files are named on the command line)",
                         words->words[rest]);
    if (status == DM_OK)
        status = check_defaults(wished, &why);
    return status == DM_OK ? DM_OK
                           : dm_fail(error, status, DM_DEFAULTS_VARIABLE ": %s", why.message);
}

/* ---- taking them ---- */

/* The command line that they are added to. */
struct line {
    struct dm_options *options;
    int file_count;
    char **files;
};

/* Whether the command line would be refused before anything is read. */
static bool is_refused(const struct line *line, const struct dm_options *options)
{
    struct dm_options whole = *options;
    struct dm_run_options *run = &whole.run;
    const struct dm_shape *shape;
    uint64_t used = run->metric->uses | (whole.accuracy ? DM_FIELD_BIT(DM_FIELD_ELLIPSOID) : 0);
    if (dm_options_complete(&whole, line->file_count, line->files, NULL) != DM_OK)
        return true;
    if (whole.accuracy && run->metric->coordinates != DM_GEOGRAPHIC)
        return true;
    return dm_check_metric_options(run->metric, &run->metric_options, used, NULL) != DM_OK ||
           dm_check_columns(run, NULL) != DM_OK || dm_choose_shape(run, &shape, NULL) != DM_OK ||
           (!whole.accuracy && !whole.compare && dm_check_output(run, NULL) != DM_OK);
}

/* Whether it names the column of a coordinate of other than the metric's. */
static bool is_of_other_coordinates(const struct dm_option *option, const struct dm_metric *metric)
{
    bool geographic = strcmp(option->name, "lat") == 0 || strcmp(option->name, "lon") == 0;
    bool planar = strcmp(option->name, "x") == 0 || strcmp(option->name, "y") == 0;
    return metric->coordinates == DM_PLANAR ? geographic : planar;
}

/* Whether the command line says the same thing itself. --lon and --x are one. */
static bool is_said(const struct dm_option *option, const struct dm_options *options)
{
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *other = &dm_option_table[i];
        bool same = option->kind == DM_OPTION_TEXT && other->kind == DM_OPTION_TEXT &&
                    option->place == other->place;
        if (options->given[i].given && (other == option || same))
            return true;
    }
    return false;
}

static void take(const struct line *line, const struct dm_option *option,
                 const struct dm_given *wish)
{
    struct dm_options with = *line->options;
    if (is_said(option, &with) || is_of_other_coordinates(option, with.run.metric))
        return;
    if (dm_option_apply(option, wish->value, &with, NULL) != DM_OK)
        return; /* cannot be: it has been read before */
    with.format_given = line->options->format_given;
    with.given[option - dm_option_table] = *wish;
    if (!is_refused(line, &with))
        *line->options = with;
}

/* Those that decide what others mean are the first, each, to be taken, then come all others. */
enum { LAST_ROUND = 3 };

static int round_of(const struct dm_option *option)
{
    static const char *const first[LAST_ROUND] = {"metric", "format", "shape"};
    int round = 0;
    while (round < LAST_ROUND && strcmp(option->name, first[round]) != 0)
        round++;
    return round;
}

enum dm_status dm_defaults_take(const char *defaults, int file_count, char **files,
                                struct dm_options *options, struct dm_error *error)
{
    struct dm_options wished = {0};
    struct line line = {options, file_count, files};
    if (!defaults || !*defaults)
        return DM_OK;
    DM_TRY(dm_words_cut(DM_DEFAULTS_VARIABLE, defaults, &options->defaults, error));
    DM_TRY(read_defaults(&options->defaults, &wished, error));
    for (int round = 0; round <= LAST_ROUND; round++)
        for (size_t i = 0; dm_option_table[i].name; i++)
            if (wished.given[i].given && round_of(&dm_option_table[i]) == round)
                take(&line, &dm_option_table[i], &wished.given[i]);
    return DM_OK;
}
