#include "run/choose.h"

#include "base/folder.h"
#include "base/same_file.h"
#include "base/text.h"
#include "base/try.h"
#include "format/separators.h"
#include "load/columns.h"
#include "load/crs.h"
#include "output/place.h"
#include "output/resumable.h"
#include "road/store.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* List the metrics and formats that use a field: "haversine, equirectangular". */
static void list_users(enum dm_field field, char *list, size_t size)
{
    size_t used = dm_append(list, size, "%s", "");
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        if ((*metric)->uses & DM_FIELD_BIT(field))
            used = dm_append_item(list, size, used, ", ", (*metric)->name);
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->uses & DM_FIELD_BIT(field))
            used = dm_append_item(list, size, used, ", ", (*format)->name);
}

/* Fail if there are given fields that have no effect with the `kind` ("metric" or "format"). */
static enum dm_status check_ignored(uint64_t ignored, const char *kind, const char *name,
                                    const struct dm_unit *unit, struct dm_error *error)
{
    char list[128], fixed_unit[64] = "";
    unsigned field = 0;
    if (ignored == 0)
        return DM_OK;
    while (!(ignored & DM_FIELD_BIT(field)))
        field++;
    list_users((enum dm_field)field, list, sizeof list);
    if (field == DM_FIELD_UNIT && unit)
        snprintf(fixed_unit, sizeof fixed_unit, ", which is in %s", unit->summary);
    return dm_fail_field(error, (enum dm_field)field, DM_USAGE,
                         "%s has no effect with the %s %s%s; it applies to %s",
                         dm_field_name((enum dm_field)field), kind, name, fixed_unit, list);
}

enum dm_status dm_check_metric_options(const struct dm_metric *metric,
                                       const struct dm_metric_options *given, uint64_t used,
                                       struct dm_error *error)
{
    const struct dm_ellipsoid *ellipsoid = &given->ellipsoid;
    uint64_t wanted = 0;
    if (given->radius_m != 0)
        wanted |= DM_FIELD_BIT(DM_FIELD_RADIUS);
    if (ellipsoid->a_m != 0 || ellipsoid->rf != 0)
        wanted |= DM_FIELD_BIT(DM_FIELD_ELLIPSOID);
    return check_ignored(wanted & ~used, "metric", metric->name, NULL, error);
}

enum dm_status dm_check_columns(const struct dm_run_options *options, struct dm_error *error)
{
    struct dm_load_options load = options->load;
    load.coordinates = options->metric->coordinates;
    DM_TRY(dm_crs_check(&load, error));
    return dm_columns_check(&load, error);
}

/* Fail because the field is for what a search finds. */
static enum dm_status fail_without_search(enum dm_field field, struct dm_error *error)
{
    dm_fail_field(error, field, DM_USAGE, "%s has no effect without nearest or within",
                  dm_field_name(field));
    dm_suggest(error, DM_FIELD_NEAREST, "%s", "");
    dm_suggest_instead(error, DM_FIELD_WITHIN, "%s", "");
    return DM_USAGE;
}

static enum dm_status check_groups(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_search_options *search = &options->search;
    if (options->load.per && !dm_finds_neighbours(search))
        return fail_without_search(DM_FIELD_PER, error);
    if (search->symmetric == DM_SYMMETRIC_NO)
        return DM_OK;
    if (search->nearest == 0)
        return dm_fail_field(error, DM_FIELD_SYMMETRIC, DM_USAGE,
                             "%s has no effect without nearest: other distances are symmetric",
                             dm_field_name(DM_FIELD_SYMMETRIC));
    if (options->destinations || options->load.per || options->load.by)
        return dm_fail_field(error, DM_FIELD_SYMMETRIC, DM_USAGE,
                             "places can be among the nearest of each other within one file only, "
                             "without by and per");
    return DM_OK;
}

/* Return true if each origin has at most one neighbour. */
static bool is_one_nearest(const struct dm_run_options *options)
{
    return options->search.nearest == 1 && !options->load.per &&
           options->search.symmetric == DM_SYMMETRIC_NO;
}

enum dm_status dm_check_search(const struct dm_search_options *search, struct dm_error *error)
{
    if (search->limited && !(search->within >= 0))
        return dm_fail_field(error, DM_FIELD_WITHIN, DM_USAGE,
                             "a distance of %g is below 0 or not a number", search->within);
    return DM_OK;
}

/* Fail because the format writes each row once, but a row is not in the pairs of its group once. */
static enum dm_status fail_rows_by(const struct dm_format *format, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_BY, DM_USAGE,
                  "%s writes each row once, in the order of the table, not the pairs of each value "
                  "of a column",
                  format->name);
    dm_suggest(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

enum dm_status dm_check_neighbours(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_search_options *search = &options->search;
    DM_TRY(dm_check_search(search, error));
    DM_TRY(check_groups(options, error));
    if (options->format->rows && options->load.by && !dm_finds_neighbours(search))
        return fail_rows_by(options->format, error);
    if (options->format->rows && dm_is_search(options) && !is_one_nearest(options)) {
        dm_fail_field(error, DM_FIELD_NEAREST, DM_USAGE,
                      "%s writes each row once, with the nearest place; for more of them use csv",
                      options->format->name);
        dm_suggest(error, DM_FIELD_FORMAT, "csv");
        return DM_USAGE;
    }
    if (search->unmatched != DM_UNMATCHED_DROP && !dm_is_search(options))
        return fail_without_search(DM_FIELD_UNMATCHED, error);
    if (search->unmatched == DM_UNMATCHED_DROP || !options->format->sparse ||
        options->format->unmatched)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_UNMATCHED, DM_USAGE,
                  "the format %s has no entry for a place without neighbours; its row is empty",
                  options->format->name);
    dm_suggest(error, DM_FIELD_UNMATCHED, "drop");
    dm_suggest_instead(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

/* Check what can be checked before the input is read. */
static enum dm_status check_format_options(const struct dm_format *format,
                                           const struct dm_format_options *options,
                                           struct dm_error *error)
{
    struct dm_separators separators;
    bool of_input = format->rows && !options->delimiter; /* known when that has been read */
    DM_TRY(
        check_ignored(options->given & ~format->uses, "format", format->name, format->unit, error));
    return format->uses & DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) && !of_input
               ? dm_separators_choose(options, &separators, error)
               : DM_OK;
}

enum dm_status dm_check_place(const char *path, struct dm_error *error)
{
    return dm_place_check(path, error);
}

/* Split a path into its folder, with the slash, and its last component; false if it is too long. */
static bool split(const char *path, char folder[PATH_MAX], const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    return snprintf(folder, PATH_MAX, "./%.*s", (int)(*name - path), path) < PATH_MAX;
}

/* Return true if two paths of files that do not exist yet name the same file. */
static bool will_be_same(const char *a, const char *b)
{
    char folder_a[PATH_MAX], folder_b[PATH_MAX];
    const char *name_a, *name_b;
    struct stat status_a, status_b;
    bool split_up = split(a, folder_a, &name_a) && split(b, folder_b, &name_b);
    return split_up && strcmp(name_a, name_b) == 0 &&
           stat(*a == '/' ? folder_a + 2 : folder_a, &status_a) == 0 &&
           stat(*b == '/' ? folder_b + 2 : folder_b, &status_b) == 0 &&
           dm_same_file(&status_a, &status_b);
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Get the status of the file at a path; "-" is the descriptor `standard`. */
static bool get_status(const char *path, int standard, struct stat *status)
{
    return (is_standard(path) ? fstat(standard, status) : stat(path, status)) == 0;
}

/* Return true if writing to `path` ("-" is standard output) would change the file at `other` ("-"
 * is the descriptor `standard`). */
static bool would_change(const char *path, const char *other, int standard)
{
    struct stat a, b;
    bool exists = get_status(path, STDOUT_FILENO, &a);
    bool other_exists = get_status(other, standard, &b);
    if (!exists && !other_exists)
        return will_be_same(path, other);
    /* writing to devices such as /dev/null destroys nothing */
    return exists && other_exists && !S_ISCHR(a.st_mode) && dm_same_file(&a, &b);
}

bool dm_is_input(const char *path, const struct dm_run_options *options)
{
    struct stat status;
    /* a socket, for example, can be both standard input and standard output */
    if (is_standard(path) && (fstat(STDOUT_FILENO, &status) != 0 || !S_ISREG(status.st_mode)))
        return false;
    return would_change(path, options->origins, STDIN_FILENO) ||
           (options->destinations && would_change(path, options->destinations, STDIN_FILENO));
}

static enum dm_status check_spares_input(const char *path, enum dm_field field,
                                         const struct dm_run_options *options,
                                         struct dm_error *error)
{
    if (!dm_is_input(path, options))
        return DM_OK;
    if (is_standard(path))
        return dm_fail(error, DM_USAGE,
                       "standard output is the input file, which would be destroyed; write to "
                       "another file");
    return dm_fail_field(error, field, DM_USAGE, "%s would replace the input; choose another name",
                         path);
}

enum dm_status dm_check_spares_input(const char *path, const struct dm_run_options *options,
                                     struct dm_error *error)
{
    return check_spares_input(path, DM_FIELD_OUTPUT, options, error);
}

/* Write the path of file `index` that a run which can go on later has beside its output, of up to
 * PATH_MAX bytes, since a longer one cannot be opened; false: there are not so many. */
static bool write_beside(char path[PATH_MAX], size_t index, const struct dm_run_options *options,
                         const struct dm_place *place)
{
    static const char *const endings[] = {DM_UNFINISHED, DM_JOURNAL, DM_JOURNAL_NEW};
    size_t count = sizeof endings / sizeof *endings;
    if (!place->target || index >= count + (options->road ? 1 : 0))
        return false;
    if (index < count)
        snprintf(path, PATH_MAX, "%s%s", place->target, endings[index]);
    else /* links are not resolved for it */
        snprintf(path, PATH_MAX, "%s%s", options->output, DM_STORE_ENDING);
    return true;
}

/* Set *found to whether the path is that of one of these files. */
static enum dm_status find_beside(const char *path, const struct dm_run_options *options,
                                  bool *found, struct dm_error *error)
{
    char beside[PATH_MAX];
    struct dm_place place;
    *found = false;
    if (!options->resume)
        return DM_OK;
    DM_TRY(dm_place_find(options->output, &place, error));
    for (size_t i = 0; !*found && write_beside(beside, i, options, &place); i++)
        *found = dm_is_same_output(path, beside);
    dm_place_free(&place);
    return DM_OK;
}

enum dm_status dm_find_output(const char *path, const struct dm_run_options *options, bool *found,
                              struct dm_error *error)
{
    bool both = is_standard(path) && is_standard(options->output);
    DM_TRY(find_beside(path, options, found, error));
    *found |= !both && would_change(path, options->output, STDOUT_FILENO);
    *found |= options->names && dm_is_same_output(path, options->names);
    return DM_OK;
}

bool dm_is_same_output(const char *a, const char *b)
{
    bool both = is_standard(a) && is_standard(b);
    return both || would_change(a, b, STDOUT_FILENO);
}

enum dm_status dm_check_names(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_format *format = options->format;
    uint64_t ignored = DM_FIELD_BIT(DM_FIELD_NAMES) & ~format->uses;
    const char *path = options->names;
    DM_TRY(check_ignored(ignored, "format", format->name, NULL, error));
    DM_TRY(check_spares_input(path, DM_FIELD_NAMES, options, error));
    if (!dm_is_same_output(path, options->output))
        return DM_OK;
    return is_standard(path)
               ? dm_fail_field(error, DM_FIELD_NAMES, DM_USAGE,
                               "distances and names cannot both go to standard output; name a file")
               : dm_fail_field(error, DM_FIELD_NAMES, DM_USAGE,
                               "%s is also the file of the distances; choose another name", path);
}

/* Fail because the format cannot be written in parts. */
static enum dm_status fail_part(const struct dm_format *format, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SHARD, DM_USAGE,
                  "the format %s cannot be used for a part of the output; csv can", format->name);
    dm_suggest(error, DM_FIELD_FORMAT, "%s", dm_format_csv.name);
    return DM_USAGE;
}

static enum dm_status check_resume(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_format *format = options->format;
    if (!options->resume)
        return DM_OK;
    if (format->absorb)
        return dm_fail_field(error, DM_FIELD_RESUME, DM_USAGE,
                             "%s sums up all distances and writes in the end: nothing can be kept",
                             format->name);
    if (strcmp(options->output, "-") != 0)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_RESUME, DM_USAGE,
                  "what went to standard output cannot be continued by another run; name a file");
    dm_suggest(error, DM_FIELD_OUTPUT, "distances.%s", format->extension);
    return DM_USAGE;
}

enum dm_status dm_check_beside(const struct dm_run_options *options, struct dm_error *error)
{
    struct dm_place place;
    char path[PATH_MAX];
    bool is_names = false;
    enum dm_status status = DM_OK;
    if (!options->resume)
        return DM_OK;
    DM_TRY(dm_place_find(options->output, &place, error));
    for (size_t i = 0; status == DM_OK && write_beside(path, i, options, &place); i++) {
        status = check_spares_input(path, DM_FIELD_RESUME, options, error);
        is_names |= options->names && dm_is_same_output(options->names, path);
    }
    dm_place_free(&place);
    if (status == DM_OK && is_names)
        return dm_fail_field(error, DM_FIELD_NAMES, DM_USAGE,
                             "%s is kept beside the output of a run with resume; choose another "
                             "name",
                             options->names);
    return status;
}

bool dm_has_durations(const struct dm_run_options *options)
{
    return options->road && options->format->quantity && options->road->quantity == DM_DURATION;
}

const struct dm_unit *dm_choose_unit(const struct dm_run_options *options)
{
    static const struct dm_unit seconds = {.name = "s", .summary = "seconds", .metres = 1};
    const struct dm_format *format = options->format;
    const struct dm_unit *wanted = options->format_options.unit;
    if (dm_has_durations(options))
        return &seconds;
    if (format->unit || wanted)
        return format->unit ? format->unit : wanted;
    return format->usual_unit ? format->usual_unit : &dm_unit_km;
}

enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_shard *shard = &options->shard;
    const struct dm_format *format = options->format;
    DM_TRY(dm_check_spares_input(options->output, options, error));
    if (shard->shards > 0 &&
        (shard->shards > DM_SHARDS_MAX || shard->shard == 0 || shard->shard > shard->shards))
        return dm_fail_field(
            error, DM_FIELD_SHARD, DM_USAGE, "there is no part %llu of %llu (at most %d parts)",
            (unsigned long long)shard->shard, (unsigned long long)shard->shards, DM_SHARDS_MAX);
    if (shard->shards > 0 && (format->absorb || format->whole))
        return fail_part(format, error);
    if (format->passes > DM_PASSES_MAX)
        return dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE, "%s has more than %d passes",
                             format->name, DM_PASSES_MAX);
    DM_TRY(check_resume(options, error));
    DM_TRY(check_format_options(format, &options->format_options, error));
    return options->names ? dm_check_names(options, error) : DM_OK;
}
