#include "report/parts.h"

#include "base/folder.h"
#include "base/text.h"
#include "base/try.h"
#include "output/place.h"
#include "output/resumable.h"
#include "report/manifest.h"
#include "run/choose.h"
#include "run/identity.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), end = strlen(ending);
    return length > end && strcmp(text + length - end, ending) == 0;
}

/* ---- one run ---- */

/* Fail because two parts are of different runs: in these lines of their manifests. */
static enum dm_status fail_different(const char *path, const struct dm_identity_line *line,
                                     const char *other, const struct dm_identity_line *other_line,
                                     struct dm_error *error)
{
    enum dm_field field = dm_identity_option(line, other_line);
    bool same_key = strcmp(line->key, other_line->key) == 0;
    if (field != DM_FIELD_NONE)
        return dm_fail_field(error, field, DM_USAGE,
                             "%s was made with %s, but %s with %s; make all parts with the same "
                             "options",
                             path, *line->value ? line->value : "the default", other,
                             *other_line->value ? other_line->value : "the default");
    if (same_key && strcmp(line->key, "version") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was made by version %s, but %s by %s; make all parts with one version",
                       path, line->value, other, other_line->value);
    if (same_key && strcmp(line->key, "arithmetic") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was made with %s multiplication and addition, but %s with %s, so that "
                       "last digits could differ; make all parts on processors of one kind",
                       path, line->value, other, other_line->value);
    if (same_key && strcmp(line->key, "mathematical library") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was made on a system with another mathematical library than %s, so that "
                       "last digits "
                       "could differ; make all parts on the same system",
                       path, other);
    return dm_fail(error, DM_USAGE,
                   "%s was made from other places than %s: the %s are not the same; make all "
                   "parts from the same files",
                   path, other, same_key ? line->key : "files");
}

/* Check that a manifest is of the same run as the first one. */
static enum dm_status check_run(const char *path, const struct dm_manifest *manifest,
                                const char *first_path, const struct dm_manifest *first,
                                struct dm_error *error)
{
    struct dm_identity_line line, first_line;
    if (dm_identity_differs(manifest->run, first->run, &line, &first_line))
        return fail_different(path, &line, first_path, &first_line, error);
    if (manifest->shard.shards != first->shard.shards)
        return dm_fail(error, DM_USAGE,
                       "%s is part %" PRIu64 " of %" PRIu64 ", but %s is part %" PRIu64
                       " of %" PRIu64 "; give the parts of one run",
                       path, manifest->shard.shard, manifest->shard.shards, first_path,
                       first->shard.shard, first->shard.shards);
    return DM_OK;
}

/* ---- reading ---- */

/* Fail because a part has no manifest. */
static enum dm_status fail_without(const char *part, const char *manifest, struct dm_error *error)
{
    if (ends_with(part, DM_UNFINISHED) || ends_with(part, DM_JOURNAL))
        return dm_fail(error, DM_USAGE,
                       "%s: belongs to a part that is not complete; finish it with the command "
                       "that began it (--resume), and do not give this file",
                       part);
    if (access(part, F_OK) != 0)
        return dm_fail(error, DM_USAGE, "%s: cannot open: %s", part, strerror(errno));
    return dm_fail(error, DM_USAGE,
                   "%s: there is no %s, so the part cannot be checked; is it a complete part that "
                   "was written with --manifest?",
                   part, manifest);
}

static enum dm_status read_manifest(const char *part, struct dm_manifest *manifest,
                                    struct dm_error *error)
{
    char *path = dm_path_with(part, DM_MANIFEST);
    if (!path)
        return dm_fail_memory(error, "a file name");
    errno = 0;
    enum dm_status status = dm_manifest_read(path, manifest, error);
    if (status == DM_IO && errno == ENOENT)
        status = fail_without(part, path, error);
    free(path);
    return status;
}

/* Return the path of the part that is meant, or NULL: out of memory. */
static char *path_of(const char *given, bool by_manifest)
{
    size_t ending = by_manifest ? strlen(DM_MANIFEST) : 0;
    return strndup(given, strlen(given) - ending);
}

/* Read the manifest of the part at a path. That of the first part is kept in *first. */
static enum dm_status take_part(const char *given, struct dm_parts *parts,
                                struct dm_manifest *first, struct dm_error *error)
{
    struct dm_part_file *part = &parts->list[parts->count];
    struct dm_manifest manifest;
    if (strcmp(given, "-") == 0)
        return dm_fail(error, DM_USAGE,
                       "a part cannot come from standard input; --join reads files with manifests");
    part->by_manifest = ends_with(given, DM_MANIFEST);
    part->path = path_of(given, part->by_manifest);
    if (!part->path)
        return dm_fail_memory(error, "a file name");
    parts->count++;
    DM_TRY(read_manifest(part->path, &manifest, error));
    part->shard = manifest.shard.shard;
    part->bytes = manifest.bytes;
    part->crc = manifest.crc;
    if (!first->run) {
        *first = manifest;
        return DM_OK;
    }
    enum dm_status status = check_run(part->path, &manifest, parts->list[0].path, first, error);
    dm_manifest_free(&manifest);
    return status;
}

/* ---- all parts ---- */

/* Parts with the same number are sorted by path, those that were given by their manifests last. */
static int compare(const void *a, const void *b)
{
    const struct dm_part_file *x = a, *y = b;
    int order = (x->shard > y->shard) - (x->shard < y->shard);
    if (order == 0)
        order = strcmp(x->path, y->path);
    return order != 0 ? order : (int)x->by_manifest - (int)y->by_manifest;
}

/* Drop parts that are given by their manifests, too: part.* has both. */
static void drop_manifests(struct dm_parts *parts)
{
    size_t kept = 0;
    for (size_t i = 0; i < parts->count; i++) {
        struct dm_part_file *part = &parts->list[i];
        if (kept > 0 && part->by_manifest && strcmp(part->path, parts->list[kept - 1].path) == 0)
            free(part->path);
        else
            parts->list[kept++] = *part;
    }
    parts->count = kept;
}

static enum dm_status check_once(const struct dm_parts *parts, struct dm_error *error)
{
    for (size_t i = 1; i < parts->count; i++) {
        const struct dm_part_file *part = &parts->list[i], *before = part - 1;
        if (part->shard != before->shard)
            continue;
        if (strcmp(part->path, before->path) == 0)
            return dm_fail(error, DM_USAGE, "%s is given twice; give each part once", part->path);
        return dm_fail(error, DM_USAGE,
                       "%s and %s are both part %" PRIu64 " of %" PRIu64 "; give one of them",
                       before->path, part->path, part->shard, parts->shards);
    }
    return DM_OK;
}

/* Write the first parts that are missing: "part 3", "parts 3, 4, 7 and 12 more". */
static void list_missing(const struct dm_parts *parts, char *text, size_t size)
{
    enum { SHOWN = 6 };
    uint64_t missing = parts->shards - parts->count, shown = 0, shard = 1;
    size_t used = dm_append(text, size, missing > 1 ? "parts" : "part");
    for (size_t i = 0; shown < missing && shown < SHOWN; shard++) {
        if (i < parts->count && parts->list[i].shard == shard) {
            i++;
            continue;
        }
        used += dm_append(text + used, size - used, "%s %" PRIu64, shown > 0 ? "," : "", shard);
        shown++;
    }
    if (missing > shown)
        dm_append(text + used, size - used, " and %" PRIu64 " more", missing - shown);
}

/* Check that no part is missing; none is there twice. */
static enum dm_status check_all(const struct dm_parts *parts, struct dm_error *error)
{
    char missing[256];
    uint64_t first = 1;
    if (parts->count == parts->shards)
        return DM_OK;
    list_missing(parts, missing, sizeof missing);
    while (first <= parts->count && parts->list[first - 1].shard == first)
        first++;
    return dm_fail(error, DM_USAGE,
                   "%s of %" PRIu64 " %s missing; give all parts (a part is made by "
                   "--shard=%" PRIu64 "/%" PRIu64 " --manifest)",
                   missing, parts->shards, parts->shards - parts->count > 1 ? "are" : "is", first,
                   parts->shards);
}

enum dm_status dm_parts_find(char *const *paths, size_t count, struct dm_parts *parts,
                             struct dm_error *error)
{
    struct dm_manifest first = {0};
    enum dm_status status = DM_OK;
    *parts = (struct dm_parts){.list = calloc(count, sizeof *parts->list)};
    if (!parts->list)
        return dm_fail_memory(error, "the list of parts");
    for (size_t i = 0; status == DM_OK && i < count; i++)
        status = take_part(paths[i], parts, &first, error);
    parts->shards = first.shard.shards;
    dm_manifest_free(&first);
    DM_TRY(status);
    qsort(parts->list, parts->count, sizeof *parts->list, compare);
    drop_manifests(parts);
    DM_TRY(check_once(parts, error));
    return check_all(parts, error);
}

enum dm_status dm_parts_spare(const struct dm_parts *parts, const char *output,
                              struct dm_error *error)
{
    for (size_t i = 0; i < parts->count; i++) {
        const char *part = parts->list[i].path;
        char *manifest = dm_path_with(part, DM_MANIFEST);
        if (!manifest)
            return dm_fail_memory(error, "a file name");
        bool is_part = dm_is_same_output(output, part);
        bool is_either = is_part || dm_is_same_output(output, manifest);
        free(manifest);
        if (is_either)
            return dm_fail_field(error, DM_FIELD_OUTPUT, DM_USAGE,
                                 "%s is the same file as %s%s; choose another name",
                                 dm_place_shown(output), is_part ? "" : "the manifest of ", part);
    }
    return DM_OK;
}

void dm_parts_free(struct dm_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        free(parts->list[i].path);
    free(parts->list);
    *parts = (struct dm_parts){0};
}
