/* Checks of the options together, and what one of them means for another. */
#include "cli/option_checks.h"

#include "base/nearby.h"
#include "base/text.h"
#include "base/try.h"
#include "cli/defaults.h"
#include "cli/join.h"
#include "cli/meant.h"
#include "cli/option_refused.h"
#include "cli/road_options.h"
#include "cli/values.h"

#include <dmatrix/dmatrix.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Return true if the words are names of executors, as in: --compare pool,serial. */
static bool is_executors(const char *words)
{
    char item[64];
    const struct dm_executor_ops *ops;
    while (dm_read_item(&words, item, sizeof item))
        if (dm_executor_find(item, &ops, NULL) != DM_OK)
            return false;
    return true;
}

/* Return the value of an option, or NULL if it is not given. */
static const char *given_value(const struct dm_options *options, const char *name)
{
    size_t i = 0;
    while (strcmp(dm_option_table[i].name, name) != 0)
        i++;
    return options->given[i].origin == DM_NOT_GIVEN ? NULL : options->given[i].value;
}

/* Fail if a word is not a file but probably an option, and suggest the option. */
static enum dm_status check_word(const char *word, const struct dm_options *options,
                                 struct dm_error *error)
{
    char meant[DM_MEANT_LENGTH], nearby[DM_NEARBY_LENGTH];
    bool typographic;
    const char *rest = dm_after_dashes(word, &typographic);
    if (strcmp(word, "-") == 0 || access(word, F_OK) == 0)
        return DM_OK;
    bool known = dm_option_meant(word, meant);
    if (typographic)
        return dm_fail(
            error, DM_USAGE,
            "%s: begins with a typographic dash instead of a hyphen (did you mean %s%s?)", word,
            known ? "" : "--", known ? meant : rest);
    if (options->compare && is_executors(word))
        return dm_fail(error, DM_USAGE, "%s is an executor, not a file: write --compare=%s", word,
                       word);
    const char *value = given_value(options, "within");
    const struct dm_unit *unit;
    if (value && !options->run.search.within_unit && dm_unit_find(word, &unit, NULL) == DM_OK)
        return dm_fail(error, DM_USAGE, "%s is a unit, not a file: write --within=%s%s", word,
                       value, word);
    if (known && rest == word && !dm_nearby(word, nearby))
        return dm_fail(error, DM_USAGE, "%s: no such file (did you mean %s?)", word, meant);
    return DM_OK;
}

static enum dm_status fail_without_files(struct dm_error *error)
{
    if (dm_is_redirected(STDIN_FILENO))
        return dm_fail(error, DM_USAGE,
                       "an input file is missing; to read standard input: dmatrix - (see dmatrix "
                       "--help for examples)");
    return dm_fail(
        error, DM_USAGE,
        "an input file is missing: dmatrix LOCATIONS.csv (see dmatrix --help for examples)");
}

/* The second file is an input, but people who know other commands may name the output there. */
static enum dm_status check_second(const struct dm_options *options, const char *name,
                                   struct dm_error *error)
{
    char nearby[DM_NEARBY_LENGTH];
    if (options->output_given || strcmp(name, "-") == 0 || access(name, F_OK) == 0 ||
        dm_nearby(name, nearby))
        return DM_OK;
    return dm_fail(error, DM_USAGE, "%s: no such file to read (to write it, use -o %s)", name,
                   name);
}

static enum dm_status take_files(int count, char **names, struct dm_options *options,
                                 struct dm_error *error)
{
    bool looks = dm_team_is_first(options->team);
    for (int i = 0; looks && i < count; i++)
        DM_TRY(check_word(names[i], options, error));
    if (count == 0)
        return fail_without_files(error);
    if (count > 2)
        return dm_fail(
            error, DM_USAGE,
            "%d files are too many: give one, or origins and destinations (to join files with "
            "the same header: awk 'NR == 1 || FNR > 1' FILE... | dmatrix -)",
            count);
    options->run.origins = names[0];
    options->run.destinations = count > 1 ? names[1] : NULL;
    if (count > 1 && strcmp(names[0], "-") == 0 && strcmp(names[1], "-") == 0)
        return dm_fail(error, DM_USAGE, "only one of the two files can be standard input");
    return looks && count > 1 ? check_second(options, names[1], error) : DM_OK;
}

/* Return the first export that was asked for: "--export-csv"; NULL: none was. */
static const char *first_export(const struct dm_options *options)
{
    for (int i = 0; i < DM_EXPORTS; i++)
        if (options->exports[i])
            return dm_export_option((enum dm_export)i);
    return NULL;
}

/* Check that at most one thing is written to standard output. */
static enum dm_status check_exports(const struct dm_options *options, struct dm_error *error)
{
    const char *there = NULL;
    for (int i = 0; i < DM_EXPORTS; i++) {
        const char *option = dm_export_option((enum dm_export)i);
        if (!options->exports[i] || strcmp(options->exports[i], "-") != 0 || i == DM_EXPORT_PICTURE)
            continue; /* a picture is never written there */
        if (there)
            return dm_fail(error, DM_USAGE,
                           "%s and %s cannot both go to standard output (name a file)", there,
                           option);
        there = option;
    }
    if (there && !options->compare && strcmp(options->run.output, "-") == 0)
        return dm_fail(error, DM_USAGE,
                       "distances and timings cannot both go to standard output (-o FILE)");
    if (there && options->compare && !options->quiet)
        return dm_fail(error, DM_USAGE,
                       "the comparison's table and %s cannot both go to standard output (-q leaves "
                       "the table out)",
                       there);
    return DM_OK;
}

static bool is_of_output(const struct dm_option *option)
{
    static const char *const others[] = {"output", "format", "append",   "summary", "dry-run",
                                         "shard",  "resume", "manifest", NULL};
    return dm_option_is_one_of(option, others) || dm_option_is_of_format(option);
}

static bool is_of_more_than_accuracy(const struct dm_option *option)
{
    return is_of_output(option) || option->group == DM_GROUP_EXECUTION ||
           option->group == DM_GROUP_SEARCH;
}

static enum dm_status check_accuracy(struct dm_options *options, struct dm_error *error)
{
    char name[DM_OPTION_LENGTH];
    if (!options->accuracy)
        return DM_OK;
    const char *pointless = dm_option_refused(options, is_of_more_than_accuracy, name);
    if (!pointless)
        pointless = options->compare ? "--compare" : first_export(options);
    if (!pointless)
        return DM_OK;
    return dm_fail(
        error, DM_USAGE,
        "%s cannot be combined with --accuracy, which only reports the metric's error in "
        "km, on standard output",
        pointless);
}

static enum dm_status check_dry_run(const struct dm_options *options, struct dm_error *error)
{
    if (!options->dry_run || !first_export(options))
        return DM_OK;
    return dm_fail(error, DM_USAGE, "%s cannot be combined with --dry-run, which measures no times",
                   first_export(options));
}

static enum dm_status check_compare(struct dm_options *options, struct dm_error *error)
{
    char name[DM_OPTION_LENGTH];
    if (dm_option_is_refused(options, "executor"))
        return dm_fail(error, DM_USAGE,
                       "--executor has no effect with --compare, which takes a list: --compare=%s",
                       options->run.executor->name);
    if (dm_option_refused(options, is_of_output, name))
        return dm_fail(error, DM_USAGE,
                       "%s cannot be combined with --compare, which only times the executors and "
                       "prints a table",
                       name);
    if (options->quiet && !first_export(options) && dm_option_is_refused(options, "quiet"))
        return dm_fail(error, DM_USAGE,
                       "--compare with -q reports nothing (add --export-json, --export-csv, "
                       "--export-markdown or --plot)");
    return DM_OK;
}

/* Check for options that only comparisons take. */
static enum dm_status check_single(struct dm_options *options, struct dm_error *error)
{
    const char *lonely = dm_option_is_refused(options, "runs")     ? "--runs"
                         : dm_option_is_refused(options, "warmup") ? "--warmup"
                         : options->thread_counts > 1 && dm_option_is_refused(options, "threads")
                             ? "--threads with a list"
                         : options->grain_counts > 1 && dm_option_is_refused(options, "grain")
                             ? "--grain with a list"
                         : options->exports[DM_EXPORT_MARKDOWN] ? "--export-markdown"
                         : options->exports[DM_EXPORT_PICTURE]  ? "--plot"
                                                                : NULL;
    return lonely ? dm_fail(error, DM_USAGE, "%s works only with --compare", lonely) : DM_OK;
}

static enum dm_status check_manifest(const struct dm_options *options, struct dm_error *error)
{
    if (!options->manifest)
        return DM_OK;
    if (options->run.shard.shards == 0)
        return dm_fail(error, DM_USAGE,
                       "--manifest needs --shard: it describes a part of the output for --join");
    if (strcmp(options->run.output, "-") == 0)
        return dm_fail(error, DM_USAGE, "--manifest needs -o FILE, beside which it is written");
    return DM_OK;
}

/* Return the format with that extension or name; NULL: there is none. */
static const struct dm_format *format_of(const char *extension)
{
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if (dm_same_word(extension, (*format)->extension) ||
            dm_same_word(extension, (*format)->name))
            return *format;
    return NULL;
}

/* Return true for extensions of other kinds of files, in which nobody expects CSV. */
static bool is_foreign(const char *extension)
{
    static const char *const foreign[] = {"gz",   "bz2", "xz",  "zst",     "zip",    "tsv",
                                          "xlsx", "xls", "ods", "parquet", "feather"};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (dm_same_word(extension, foreign[i]))
            return true;
    return false;
}

/* Return the extension of a format that resembles this one; NULL: there is none. */
static const char *misspelt(const char *extension)
{
    struct dm_nearest nearest = dm_nearest_to(extension);
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        dm_nearest_offer(&nearest, (*format)->extension);
    return dm_same_word(extension, "tmp") ? NULL : nearest.best;
}

/* Without --format, choose the format by the extension of the output file. */
static enum dm_status choose_format(struct dm_options *options, struct dm_error *error)
{
    const char *name = strrchr(options->run.output, '/');
    const char *dot = strrchr(name ? name : options->run.output, '.');
    if (options->format_given || !dot)
        return DM_OK;
    const struct dm_format *format = format_of(dot + 1);
    if (format)
        options->run.format = format;
    else if (is_foreign(dot + 1))
        return dm_fail(
            error, DM_USAGE,
            "-o %s: dmatrix cannot write %s files (use another extension, or --format to "
            "write that format to this file; to compress: dmatrix ... | gzip >FILE.gz)",
            options->run.output, dot);
    else if (misspelt(dot + 1))
        return dm_fail(error, DM_USAGE,
                       "-o %s: did you mean .%s? (--format=csv writes CSV to that file)",
                       options->run.output, misspelt(dot + 1));
    return DM_OK;
}

/* DMATRIX_ISA selects an instruction set, to compare them; without it the best is used. */
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

/* Check that the options of a run, of whatever kind, go together. */
static enum dm_status check_run(struct dm_options *options, struct dm_error *error)
{
    DM_TRY(check_accuracy(options, error));
    DM_TRY(check_dry_run(options, error));
    DM_TRY(options->compare ? check_compare(options, error) : check_single(options, error));
    DM_TRY(check_manifest(options, error));
    return check_exports(options, error);
}

enum dm_status dm_options_complete(struct dm_options *options, int file_count, char **files,
                                   struct dm_error *error)
{
    bool runs = options->action == DM_ACTION_RUN;
    options->output_given = options->run.output != NULL;
    if (!options->output_given)
        options->run.output = "-";
    if (options->action == DM_ACTION_JOIN)
        return dm_join_complete(options, file_count, files, error);
    DM_TRY(choose_format(options, error));
    if (runs) {
        DM_TRY(take_files(file_count, files, options, error));
        DM_TRY(dm_road_complete(options, error));
        DM_TRY(check_run(options, error));
        dm_defaults_fit(options);
    }
    if (options->thread_counts > 0)
        options->run.executor_options.threads = options->threads[0];
    if (options->grain_counts > 0)
        options->run.grain = options->grains[0];
    return runs || options->action == DM_ACTION_LIST ? read_environment(options, error) : DM_OK;
}
