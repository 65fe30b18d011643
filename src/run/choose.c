#include "run/choose.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

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
            used +=
                dm_append(list + used, size - used, "%s%s", used > 0 ? " or " : "", (*shape)->name);
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
    for (const struct dm_shape *const *known = dm_shapes(); *known; known++) {
        if (fits(*known, options)) {
            *shape = *known;
            return DM_OK;
        }
    }
    return dm_fail(error, DM_USAGE, "--format=%s cannot hold the distances of %u file%s",
                   options->format->name, file_count(options), options->destinations ? "s" : "");
}

enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error)
{
    const char *inputs[] = {options->origins, options->destinations};
    struct stat output, input;
    if (strcmp(options->output, "-") == 0 || stat(options->output, &output) != 0 ||
        !S_ISREG(output.st_mode))
        return DM_OK;
    for (size_t i = 0; i < file_count(options); i++)
        if (stat(inputs[i], &input) == 0 && input.st_dev == output.st_dev &&
            input.st_ino == output.st_ino)
            return dm_fail(error, DM_USAGE, "-o %s would replace the input (choose another name)",
                           options->output);
    return DM_OK;
}
