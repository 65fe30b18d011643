#include "report/export.h"

#include "base/try.h"
#include "output/path.h"
#include "report/picture.h"
#include "run/choose.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *option;
    enum dm_status (*text)(const struct dm_results *, char **, struct dm_error *);
} kinds[DM_EXPORTS] = {
    [DM_EXPORT_JSON] = {"--export-json", dm_results_json},
    [DM_EXPORT_CSV] = {"--export-csv", dm_results_csv},
    [DM_EXPORT_MARKDOWN] = {"--export-markdown", dm_results_markdown},
    [DM_EXPORT_PICTURE] = {"--plot", NULL}, /* may be binary */
};

const char *dm_export_option(enum dm_export kind)
{
    return kinds[kind].option;
}

/* Check that the file does not conflict with another one: it is neither one that the run reads or
 * writes, nor one of the exports before it. */
static enum dm_status check(int kind, const char *const *paths,
                            const struct dm_run_options *options, struct dm_error *error)
{
    const char *option = kinds[kind].option, *path = paths[kind];
    bool is_output;
    DM_TRY(dm_find_output(path, options, &is_output, error));
    if (is_output || dm_is_input(path, options))
        return dm_fail(error, DM_USAGE,
                       "%s=%s is also an input or output file of the run (choose another name)",
                       option, path);
    for (int other = 0; other < kind; other++)
        if (paths[other] && dm_is_same_output(path, paths[other]))
            return dm_fail(error, DM_USAGE, "%s=%s is also the file of %s (choose another name)",
                           option, path, kinds[other].option);
    return kind == DM_EXPORT_PICTURE ? dm_picture_check(path, error) : DM_OK;
}

enum dm_status dm_exports_open(const char *const paths[DM_EXPORTS],
                               const struct dm_run_options *options, struct dm_exports *exports,
                               struct dm_error *error)
{
    struct dm_exports opened = {.stop = options->stop};
    enum dm_status status = DM_OK;
    for (int i = 0; i < DM_EXPORTS; i++)
        if (paths[i])
            DM_TRY(check(i, paths, options, error));
    for (int i = 0; status == DM_OK && i < DM_EXPORTS; i++) {
        opened.paths[i] = paths[i];
        if (paths[i])
            status = dm_output_open(paths[i], options->stop, &opened.outputs[i], error);
    }
    if (status == DM_OK)
        *exports = opened;
    else
        dm_exports_close(&opened);
    return status;
}

bool dm_exports_any(const struct dm_exports *exports)
{
    for (int i = 0; i < DM_EXPORTS; i++)
        if (exports->outputs[i])
            return true;
    return false;
}

enum dm_status dm_exports_failed(enum dm_status status, const struct dm_error *why, bool compared,
                                 struct dm_error *error)
{
    return dm_fail(error, status, "%s; %s", why->message,
                   compared ? "the comparison is complete, but this file is missing"
                            : "the distances are complete, but this file is missing");
}

static enum dm_status make(const struct dm_exports *exports, int kind,
                           const struct dm_results *results, char **bytes, size_t *length,
                           struct dm_error *error)
{
    if (kind == DM_EXPORT_PICTURE)
        return dm_picture_draw(results, exports->paths[kind], exports->stop, bytes, length, error);
    DM_TRY(kinds[kind].text(results, bytes, error));
    *length = strlen(*bytes);
    return DM_OK;
}

static enum dm_status write_bytes(struct dm_output *output, char *bytes, size_t length,
                                  struct dm_error *error)
{
    struct iovec piece = {bytes, length};
    dm_output_keep_on(output); /* the work is done: a stop would undo nothing */
    DM_TRY(dm_output_write(output, &piece, 1, error));
    return dm_output_finish(output, error);
}

enum dm_status dm_exports_write(struct dm_exports *exports, const struct dm_results *results,
                                struct dm_error *error)
{
    enum dm_status first = DM_OK;
    for (int i = 0; i < DM_EXPORTS; i++) {
        struct dm_error why;
        char *bytes = NULL;
        size_t length;
        if (!exports->outputs[i])
            continue;
        enum dm_status status = make(exports, i, results, &bytes, &length, &why);
        if (status == DM_OK)
            status = write_bytes(exports->outputs[i], bytes, length, &why);
        free(bytes);
        if (status != DM_OK && first == DM_OK)
            first = dm_exports_failed(status, &why, results->compared, error);
    }
    return first;
}

void dm_exports_close(struct dm_exports *exports)
{
    for (int i = 0; i < DM_EXPORTS; i++)
        dm_output_close(exports->outputs[i]);
    *exports = (struct dm_exports){0};
}
