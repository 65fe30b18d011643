#include "run/choose.h"

#include "base/same_file.h"
#include "base/text.h"
#include "load/columns.h"
#include "output/place.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned file_count(const struct dm_run_options *options)
{
    return options->destinations ? 2 : 1;
}

static bool fits(const struct dm_shape *shape, const struct dm_run_options *options)
{
    return shape->sets == file_count(options) && (options->format->shapes & shape->bit);
}

/* The shapes that would fit, "pairs or square". */
static void list_fitting(const struct dm_run_options *options, char *list, size_t size)
{
    size_t used = dm_append(list, size, "%s", "");
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++)
        if (fits(*shape, options))
            used = dm_append_item(list, size, used, " or ", (*shape)->name);
}

static enum dm_status check_shape(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_shape *shape = options->shape;
    char list[128];
    list_fitting(options, list, sizeof list);
    if (shape->sets > file_count(options))
        return dm_fail(error, DM_USAGE,
                       "--shape=%s needs two files, origins and destinations (with one: %s)",
                       shape->name, list);
    if (shape->sets < file_count(options))
        return dm_fail(error, DM_USAGE, "--shape=%s takes one file (with two: %s)", shape->name,
                       list);
    if (!fits(shape, options))
        return dm_fail(error, DM_USAGE, "--format=%s cannot hold --shape=%s (it can hold %s)",
                       options->format->name, shape->name, list);
    return DM_OK;
}

enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error)
{
    if (options->shape) {
        enum dm_status status = check_shape(options, error);
        if (status == DM_OK)
            *shape = options->shape;
        return status;
    }
    const struct dm_shape *usual = options->format->usual;
    if (usual && fits(usual, options)) {
        *shape = usual;
        return DM_OK;
    }
    for (const struct dm_shape *const *known = dm_shapes(); *known; known++) {
        if (fits(*known, options)) {
            *shape = *known;
            return DM_OK;
        }
    }
    return dm_fail(error, DM_USAGE, "--format=%s cannot hold the distances of %u file%s",
                   options->format->name, file_count(options), options->destinations ? "s" : "");
}

/* The end of a list of those who heed an option: "haversine, equirectangular do". */
static void end_list(char *list, size_t size, size_t used, size_t listed, const char *nobody)
{
    dm_append(list + used, size - used, "%s", listed == 0 ? nobody : listed == 1 ? " does" : " do");
}

static void list_metrics(unsigned heed, char *list, size_t size)
{
    size_t used = 0, listed = 0;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        if ((*metric)->heeds & heed) {
            used = dm_append_item(list, size, used, ", ", (*metric)->name);
            listed++;
        }
    end_list(list, size, used, listed, "no metric does");
}

static void list_formats(unsigned heed, char *list, size_t size)
{
    size_t used = 0, listed = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->heeds & heed) {
            used = dm_append_item(list, size, used, ", ", (*format)->name);
            listed++;
        }
    end_list(list, size, used, listed, "no format does");
}

unsigned dm_not_heeded(const struct dm_metric_options *given, unsigned heeded)
{
    unsigned wanted =
        (given->radius_m != 0 ? DM_HEEDS_RADIUS : 0u) |
        (given->ellipsoid.a_m != 0 || given->ellipsoid.rf != 0 ? DM_HEEDS_ELLIPSOID : 0u);
    return wanted & ~heeded;
}

enum dm_status dm_check_heeded(const struct dm_run_options *options, unsigned heeded,
                               struct dm_error *error)
{
    unsigned ignored = dm_not_heeded(&options->metric_options, heeded);
    if (ignored == 0)
        return DM_OK;
    bool radius = ignored & DM_HEEDS_RADIUS;
    char list[128];
    list_metrics(radius ? DM_HEEDS_RADIUS : DM_HEEDS_ELLIPSOID, list, sizeof list);
    return dm_fail(error, DM_USAGE, "--%s has no effect with --metric=%s (%s)",
                   radius ? "radius" : "ellipsoid", options->metric->name, list);
}

enum dm_status dm_check_columns(const struct dm_run_options *options, struct dm_error *error)
{
    struct dm_load_options how = options->load;
    how.coordinates = options->metric->coordinates;
    return dm_columns_check(&how, error);
}

static enum dm_status check_format_heeds(const struct dm_run_options *options,
                                         struct dm_error *error)
{
    static const struct {
        enum dm_format_heeds heed;
        const char *option;
    } known[] = {
        {DM_HEEDS_UNIT, "unit"},        {DM_HEEDS_PRECISION, "precision"},
        {DM_HEEDS_HEADER, "no-header"}, {DM_HEEDS_DTYPE, "dtype"},
        {DM_HEEDS_SCALE, "scale"},      {DM_HEEDS_ROUND, "round"},
        {DM_HEEDS_SPEED, "speed"},      {DM_HEEDS_SAFE_CSV, "safe-csv"},
    };
    const struct dm_format *format = options->format;
    unsigned ignored = options->format_options.given & ~format->heeds;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char list[128], always[64] = "";
        if (!(ignored & known[i].heed))
            continue;
        list_formats(known[i].heed, list, sizeof list);
        if (known[i].heed == DM_HEEDS_UNIT)
            snprintf(always, sizeof always, ", which is in %s", format->unit->summary);
        return dm_fail(error, DM_USAGE, "--%s has no effect with --format=%s%s (%s)",
                       known[i].option, format->name, always, list);
    }
    return DM_OK;
}

enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error)
{
    const struct dm_shard *shard = &options->shard;
    if (dm_is_input(options->output, options))
        return dm_fail(error, DM_USAGE, "-o %s would replace the input (choose another name)",
                       options->output);
    if (shard->shards > 0 &&
        (shard->shards > DM_SHARDS_MAX || shard->shard == 0 || shard->shard > shard->shards))
        return dm_fail(error, DM_USAGE, "there is no part %llu of %llu (of up to %d)",
                       (unsigned long long)shard->shard, (unsigned long long)shard->shards,
                       DM_SHARDS_MAX);
    if (shard->shards > 0 && options->format->absorb)
        return dm_fail(error, DM_USAGE, "--format=%s sums up all of the output, not a part of it",
                       options->format->name);
    return check_format_heeds(options, error);
}

enum dm_status dm_check_place(const char *path, struct dm_error *error)
{
    return dm_place_check(path, error);
}

/* The folder of a path, with the slash; its last name goes to *name. */
static bool split(const char *path, char folder[PATH_MAX], const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    return snprintf(folder, PATH_MAX, "./%.*s", (int)(*name - path), path) < PATH_MAX;
}

/* Whether two paths name the same file that is not there yet. */
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

/* Whether a file that is written to `path` would replace what is at `other`, which names the
 * descriptor `standard` where it is "-". */
static bool replaces(const char *path, const char *other, int standard)
{
    struct stat a, b;
    if (strcmp(path, "-") == 0)
        return false;
    bool other_there = (strcmp(other, "-") == 0 ? fstat(standard, &b) : stat(other, &b)) == 0;
    if (stat(path, &a) != 0)
        return !other_there && will_be_same(path, other);
    /* /dev/null and the like lose nothing */
    return !S_ISCHR(a.st_mode) && other_there && dm_same_file(&a, &b);
}

bool dm_is_input(const char *path, const struct dm_run_options *options)
{
    return replaces(path, options->origins, STDIN_FILENO) ||
           (options->destinations && replaces(path, options->destinations, STDIN_FILENO));
}

bool dm_is_output(const char *path, const struct dm_run_options *options)
{
    return replaces(path, options->output, STDOUT_FILENO);
}

bool dm_is_same_output(const char *a, const char *b)
{
    bool both = strcmp(a, "-") == 0 && strcmp(b, "-") == 0;
    return both || replaces(a, b, STDOUT_FILENO) || replaces(b, a, STDOUT_FILENO);
}
