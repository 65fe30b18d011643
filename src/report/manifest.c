#include "report/manifest.h"

#include "base/fail_io.h"
#include "base/memory_stream.h"
#include "base/retry.h"
#include "base/text.h"
#include "base/try.h"
#include "report/export_text.h"
#include "report/part.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERSION_KEY "dmatrix_manifest"

enum { VERSION = 1, BYTES_MAX = 1 << 16, CRC_DIGITS = 8 };

void dm_manifest_free(struct dm_manifest *manifest)
{
    free(manifest->run);
    *manifest = (struct dm_manifest){0};
}

/* ---- writing ---- */

/* Return an object with a string for each line "key=value"; NULL: out of memory. */
static json_t *object_of_lines(const char *lines)
{
    json_t *object = json_object();
    int failures = 0;
    while (*lines && failures == 0) {
        size_t length = strcspn(lines, "\n"), key = strcspn(lines, "=\n");
        size_t value = key + (key < length);
        char *name = strndup(lines, key);
        failures += !name || json_object_set_new(object, name,
                                                 json_stringn(lines + value, length - value)) != 0;
        free(name);
        lines += length + (lines[length] == '\n');
    }
    if (failures == 0)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *object_of(const struct dm_manifest *manifest)
{
    char crc[CRC_DIGITS + 1];
    snprintf(crc, sizeof crc, "%08" PRIx32, manifest->crc);
    return json_pack("{s:i, s:o, s:I, s:I, s:I, s:s}", VERSION_KEY, VERSION, "run",
                     object_of_lines(manifest->run), "shard", (json_int_t)manifest->shard.shard,
                     "shards", (json_int_t)manifest->shard.shards, "bytes",
                     (json_int_t)manifest->bytes, "crc32", crc);
}

/* Not json_dumps(): without memory it may leave out a key and not say so. */
char *dm_manifest_text(const struct dm_manifest *manifest)
{
    struct dm_export_text made;
    struct dm_error why;
    char *text;
    dm_export_text_begin(&made);
    json_t *json = made.stream ? object_of(manifest) : NULL;
    bool written = json && json_dumpf(json, made.stream, JSON_INDENT(2)) == 0 &&
                   fputc('\n', made.stream) != EOF;
    json_decref(json);
    return dm_export_text_end(&made, written, &text, &why) == DM_OK ? text : NULL;
}

/* ---- reading ---- */

/* Fail because the manifest says something impossible. */
static enum dm_status fail_wrong(const char *path, const char *what, struct dm_error *error)
{
    return dm_fail(error, DM_DATA, "%s: %s; run the part again with --manifest", path, what);
}

/* Read a whole number of the object that is at least `min` and at most `max`. */
static bool read_integer(const json_t *object, const char *key, uint64_t min, uint64_t max,
                         uint64_t *number)
{
    const json_t *value = json_object_get(object, key);
    json_int_t integer = json_integer_value(value); /* 0 for other types */
    if (!json_is_integer(value) || integer < 0)
        return false;
    *number = (uint64_t)integer;
    return *number >= min && *number <= max;
}

static bool read_crc(const json_t *object, uint32_t *crc)
{
    const char *text = json_string_value(json_object_get(object, "crc32"));
    if (!text || strlen(text) != CRC_DIGITS || strspn(text, "0123456789abcdef") != CRC_DIGITS)
        return false;
    *crc = (uint32_t)strtoul(text, NULL, 16);
    return true;
}

/* Return true if the key and the value make a line that can be cut in two again. */
static bool is_line(const char *key, const char *value)
{
    return *key && !strpbrk(key, "=\n") && value && !strchr(value, '\n');
}

/* Put the lines "key=value" of an object. Return false if it has values other than strings. */
static bool put_lines(FILE *stream, json_t *object)
{
    const char *key;
    json_t *member;
    json_object_foreach(object, key, member)
    {
        const char *value = json_string_value(member);
        if (!is_line(key, value))
            return false;
        fprintf(stream, "%s=%s\n", key, value);
    }
    return true;
}

static enum dm_status read_run(const char *path, json_t *object, char **run, struct dm_error *error)
{
    char *lines = NULL;
    size_t size;
    FILE *stream = open_memstream(&lines, &size);
    if (!stream)
        return dm_fail_memory(error, "the manifest");
    bool good = json_object_size(object) > 0 && put_lines(stream, object); /* 0: or no object */
    lines = dm_memory_stream_end(stream, &lines);
    if (!lines)
        return dm_fail_memory(error, "the manifest");
    if (!good) {
        free(lines);
        return fail_wrong(path, "\"run\" is not an object of strings", error);
    }
    *run = lines;
    return DM_OK;
}

static enum dm_status read_values(const char *path, const json_t *json,
                                  struct dm_manifest *manifest, struct dm_error *error)
{
    uint64_t version;
    if (!read_integer(json, VERSION_KEY, 0, INT64_MAX, &version))
        return fail_wrong(path, "is not a manifest of dmatrix", error);
    if (version != VERSION)
        return dm_fail(error, DM_DATA,
                       "%s: is a manifest of version %" PRIu64 ", this dmatrix reads version %d; "
                       "use the dmatrix that wrote it",
                       path, version, VERSION);
    struct dm_shard *shard = &manifest->shard;
    if (!read_integer(json, "shards", 1, DM_SHARDS_MAX, &shard->shards))
        return fail_wrong(path, "\"shards\" is not a number from 1 to 1000000", error);
    if (!read_integer(json, "shard", 1, shard->shards, &shard->shard))
        return fail_wrong(path, "\"shard\" is not a number from 1 to that of \"shards\"", error);
    if (!read_integer(json, "bytes", 0, INT64_MAX, &manifest->bytes))
        return fail_wrong(path, "\"bytes\" is not a number of bytes", error);
    if (!read_crc(json, &manifest->crc))
        return fail_wrong(path, "\"crc32\" is not a string of 8 hexadecimal digits", error);
    return read_run(path, json_object_get(json, "run"), &manifest->run, error);
}

static enum dm_status parse(const char *path, const char *text, size_t length,
                            struct dm_manifest *manifest, struct dm_error *error)
{
    json_error_t why;
    struct dm_manifest found = {0};
    if (memchr(text, '\0', length)) /* jansson takes some for spaces */
        return fail_wrong(path, "is not JSON, so not a manifest of dmatrix", error);
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &why);
    if (!json)
        return dm_fail(error, DM_DATA,
                       "%s:%d: is not JSON, so not a manifest of dmatrix: %s; run the part again "
                       "with --manifest",
                       path, why.line, why.text);
    enum dm_status status = read_values(path, json, &found, error);
    json_decref(json);
    if (status == DM_OK)
        *manifest = found;
    return status;
}

static enum dm_status read_open(int file, const char *path, struct dm_manifest *manifest,
                                struct dm_error *error)
{
    struct stat status;
    if (fstat(file, &status) == 0 && !S_ISREG(status.st_mode))
        return fail_wrong(path, "is not a regular file", error);
    char *text = malloc(BYTES_MAX + 1);
    if (!text)
        return dm_fail_memory(error, "the manifest");
    ssize_t length = dm_retry_read(file, text, BYTES_MAX + 1); /* more, if it is too long */
    enum dm_status result = length < 0 ? dm_fail_io(path, "read it", error)
                            : length > BYTES_MAX
                                ? fail_wrong(path, "is too long for a manifest of dmatrix", error)
                                : parse(path, text, (size_t)length, manifest, error);
    free(text);
    return result;
}

enum dm_status dm_manifest_read(const char *path, struct dm_manifest *manifest,
                                struct dm_error *error)
{
    int file = dm_part_open(path);
    if (file < 0)
        return dm_fail_io(path, "open it", error);
    enum dm_status status = read_open(file, path, manifest, error);
    close(file);
    return status;
}
