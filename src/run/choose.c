#include "run/choose.h"

#include "base/same_file.h"
#include "base/text.h"
#include "base/try.h"
#include "format/separators.h"
#include "load/columns.h"
#include "load/crs.h"
#include "output/place.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The sets of places between which distances are computed. */
struct sets {
    unsigned count; /* 1 or 2 */
    bool in_rows;   /* two places in each row of one file */
};

static struct sets sets_of(const struct dm_run_options *options, bool two_places)
{
    bool in_rows = !options->destinations && two_places;
    return (struct sets){options->destinations || in_rows ? 2 : 1, in_rows};
}

static bool fits(const struct dm_shape *shape, const struct dm_run_options *options,
                 struct sets sets)
{
    return shape->sets == sets.count && (options->format->shapes & shape->bit);
}

/* List the shapes that fit: "pairs or square". Return their number. */
static size_t list_shapes(const struct dm_run_options *options, struct sets sets, char *list,
                          size_t size)
{
    size_t used = dm_append(list, size, "%s", ""), count = 0;
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++)
        if (fits(*shape, options, sets)) {
            used = dm_append_item(list, size, used, " or ", (*shape)->name);
            count++;
        }
    return count;
}

static const char *sets_text(struct sets sets)
{
    return sets.in_rows ? "two places in each row" : sets.count == 1 ? "1 file" : "2 files";
}

/* Fail because the format has no shape for these sets. */
static enum dm_status fail_sets(const struct dm_run_options *options, struct sets sets,
                                struct dm_error *error)
{
    char list[128] = "";
    size_t used = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->shapes & dm_shape_cross.bit)
            used = dm_append_item(list, sizeof list, used, ", ", (*format)->name);
    return dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                         "%s cannot hold the distances of %s; formats for two files are %s",
                         options->format->name, sets_text(sets), list);
}

/* Fail because the requested shape does not fit. */
static enum dm_status fail_shape(const struct dm_run_options *options, struct sets sets,
                                 const char *fitting, struct dm_error *error)
{
    const struct dm_shape *shape = options->shape;
    if (shape->sets > sets.count)
        return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                             "%s needs two files, origins and destinations, or a table with two "
                             "places in each row; for one file use %s",
                             shape->name, fitting);
    if (shape->sets < sets.count)
        return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE, "%s needs one file; for %s use %s",
                             shape->name, sets.in_rows ? sets_text(sets) : "two files", fitting);
    return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                         "the format %s cannot hold %s; it can hold %s", options->format->name,
                         shape->name, fitting);
}

/* Fail because the format cannot hold one distance a row. */
static enum dm_status fail_paired(const struct dm_run_options *options, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "each row has two places, but the format %s cannot hold one distance for each "
                  "row (paired); choose cross for all first places with all second ones, or "
                  "another format",
                  options->format->name);
    dm_suggest(error, DM_FIELD_SHAPE, "cross");
    dm_suggest_instead(error, DM_FIELD_FORMAT, "csv");
    return DM_USAGE;
}

static enum dm_status choose_shape(const struct dm_run_options *options, struct sets sets,
                                   const struct dm_shape **shape, struct dm_error *error)
{
    char fitting[128];
    const struct dm_shape *const *known = dm_shapes();
    const struct dm_shape *usual = sets.in_rows ? &dm_shape_paired : options->format->usual;
    const struct dm_shape *wanted = options->shape ? options->shape : usual;
    if (wanted && fits(wanted, options, sets)) {
        *shape = wanted;
        return DM_OK;
    }
    if (list_shapes(options, sets, fitting, sizeof fitting) == 0)
        return fail_sets(options, sets, error);
    if (options->shape)
        return fail_shape(options, sets, fitting, error);
    if (sets.in_rows)
        return fail_paired(options, error);
    while (!fits(*known, options, sets))
        known++;
    *shape = *known;
    return DM_OK;
}

enum dm_status dm_check_rows_have_pairs(const struct dm_run_options *options, bool two_places,
                                        struct dm_error *error)
{
    const char *name = options->format->name;
    if (!options->format->rows || options->shape || sets_of(options, two_places).in_rows)
        return DM_OK;
    if (options->destinations) {
        dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                      "%s writes one distance in each row of the first file; paired is that to the "
                      "same row of the second file",
                      name);
        dm_suggest(error, DM_FIELD_SHAPE, "paired");
        return DM_USAGE;
    }
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "%s writes one distance in each row, but each row has one place; sequence is the "
                  "distance from the row before, and paired needs the columns of a second place",
                  name);
    dm_suggest(error, DM_FIELD_SHAPE, "sequence");
    dm_suggest_instead(error, DM_FIELD_TO_LAT, "%s", "");
    dm_suggest(error, DM_FIELD_TO_LON, "%s", "");
    return DM_USAGE;
}

enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error)
{
    bool told = options->load.to_lat || options->load.to_lon;
    bool wanted = options->shape && options->shape->sets == 2;
    return choose_shape(options, sets_of(options, told || wanted), shape, error);
}

enum dm_status dm_choose_loaded_shape(const struct dm_run_options *options, bool two_places,
                                      const struct dm_shape **shape, struct dm_error *error)
{
    return choose_shape(options, sets_of(options, two_places), shape, error);
}

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

/* Fail because the format cannot be written in parts. */
static enum dm_status fail_part(const struct dm_format *format, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SHARD, DM_USAGE,
                  "the format %s cannot be used for a part of the output; csv can", format->name);
    dm_suggest(error, DM_FIELD_FORMAT, "%s", dm_format_csv.name);
    return DM_USAGE;
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
    return check_format_options(format, &options->format_options, error);
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

enum dm_status dm_check_spares_input(const char *path, const struct dm_run_options *options,
                                     struct dm_error *error)
{
    if (!dm_is_input(path, options))
        return DM_OK;
    if (is_standard(path))
        return dm_fail(error, DM_USAGE,
                       "standard output is the input file, which would be destroyed; write to "
                       "another file");
    return dm_fail_field(error, DM_FIELD_OUTPUT, DM_USAGE,
                         "%s would replace the input; choose another name", path);
}

bool dm_is_output(const char *path, const struct dm_run_options *options)
{
    bool both = is_standard(path) && is_standard(options->output);
    return !both && would_change(path, options->output, STDOUT_FILENO);
}

bool dm_is_same_output(const char *a, const char *b)
{
    bool both = is_standard(a) && is_standard(b);
    return both || would_change(a, b, STDOUT_FILENO);
}
