#include "report/part_manifest.h"

#include "base/folder.h"
#include "base/try.h"
#include "output/path.h"
#include "output/place.h"
#include "report/manifest.h"
#include "report/part.h"
#include "run/choose.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- before the run ---- */

/* Check that the part is a file that appears when it is complete. */
static enum dm_status check_part(const char *part, struct dm_error *error)
{
    size_t length = strlen(part), ending = strlen(DM_MANIFEST);
    bool is_file;
    if (length >= ending && strcmp(part + length - ending, DM_MANIFEST) == 0)
        return dm_fail(error, DM_USAGE,
                       "-o %s: the name of a manifest, which --join would not take for a part; "
                       "choose another name",
                       part);
    DM_TRY(dm_place_is_file(part, &is_file, error));
    return is_file
               ? DM_OK
               : dm_fail(error, DM_USAGE,
                         "--manifest needs a file beside which it is written; %s is none", part);
}

static enum dm_status check_path(const char *path, const struct dm_run_options *options,
                                 const char *const exports[DM_EXPORTS], struct dm_error *error)
{
    bool is_other;
    DM_TRY(dm_find_output(path, options, &is_other, error));
    DM_TRY(dm_check_spares_input(path, options, error));
    for (int i = 0; i < DM_EXPORTS; i++)
        is_other |= exports[i] && dm_is_same_output(path, exports[i]);
    if (is_other)
        return dm_fail(error, DM_USAGE,
                       "%s is the manifest and also another file of the run; choose another name",
                       path);
    return dm_place_check(path, error);
}

enum dm_status dm_part_manifest_find(const struct dm_run_options *options,
                                     const char *const exports[DM_EXPORTS], char **manifest,
                                     struct dm_error *error)
{
    DM_TRY(check_part(options->output, error));
    char *path = dm_path_with(options->output, DM_MANIFEST);
    enum dm_status status =
        path ? check_path(path, options, exports, error) : dm_fail_memory(error, "a file name");
    if (status == DM_OK)
        *manifest = path;
    else
        free(path);
    return status;
}

/* ---- after it ---- */

/* Return the lines of the identity but that of the shard, or NULL: out of memory. */
static char *lines_of_run(const char *identity)
{
    const char *shard = dm_field_name(DM_FIELD_SHARD);
    char *lines = strdup(identity), *to = lines;
    while (lines && *identity) {
        size_t length = strcspn(identity, "\n"), line = length + (identity[length] == '\n');
        bool is_shard =
            strcspn(identity, "=") == strlen(shard) && strncmp(identity, shard, strlen(shard)) == 0;
        if (!is_shard) {
            memcpy(to, identity, line);
            to += line;
        }
        identity += line;
    }
    if (lines)
        *to = '\0';
    return lines;
}

static enum dm_status write_text(const char *path, char *text, struct dm_error *error)
{
    struct dm_output *output = NULL;
    struct iovec piece = {text, strlen(text)};
    DM_TRY(dm_output_open(path, NULL, &output, error));
    enum dm_status status = dm_output_write(output, &piece, 1, error);
    if (status == DM_OK)
        status = dm_output_finish(output, error);
    dm_output_close(output);
    return status;
}

/* Set the bytes and the CRC of the part as it is on the disk. */
static enum dm_status sum_up(const struct dm_run_options *options, const struct dm_report *report,
                             struct dm_manifest *manifest, struct dm_error *error)
{
    struct dm_part_sum sum;
    DM_TRY(dm_part_read(options->output, report->bytes, options->stop, NULL, &sum, error));
    if (sum.bytes != report->bytes)
        return dm_fail(error, DM_IO, "%s: another program has changed it after it was written",
                       options->output);
    manifest->bytes = sum.bytes;
    manifest->crc = sum.crc;
    return DM_OK;
}

static enum dm_status write_manifest(const struct dm_run_options *options,
                                     const struct dm_report *report, const char *path,
                                     struct dm_error *error)
{
    struct dm_manifest manifest = {.run = lines_of_run(report->identity), .shard = options->shard};
    char *text = NULL;
    enum dm_status status = manifest.run ? sum_up(options, report, &manifest, error)
                                         : dm_fail_memory(error, "the manifest");
    if (status == DM_OK) {
        text = dm_manifest_text(&manifest);
        status = text ? write_text(path, text, error) : dm_fail_memory(error, "the manifest");
    }
    free(text);
    dm_manifest_free(&manifest);
    return status;
}

enum dm_status dm_part_manifest_write(const struct dm_run_options *options,
                                      const struct dm_report *report, const char *manifest,
                                      struct dm_error *error)
{
    struct dm_error why;
    enum dm_status status = write_manifest(options, report, manifest, &why);
    return status == DM_OK ? DM_OK
                           : dm_fail(error, status,
                                     "%s; the distances are complete, only the manifest of %s is "
                                     "missing",
                                     why.message, options->output);
}
