/* Manifests are read as they were written, and whatever else is in their place is refused. Joining
 * ends when a stop is asked for, and holds no part in memory. */
#include "base/crc.h"
#include "report/join.h"
#include "report/manifest.h"
#include "report/part.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN "\"run\": {\"format\": \"csv\", \"unit\": \"km\"}"
#define REST "\"shard\": 2, \"shards\": 3, \"bytes\": 10, \"crc32\": \"0123abcd\""
#define GOOD "{\"dmatrix_manifest\": 1, " RUN ", " REST "}"

static enum dm_status read_text(const char *text, size_t length, struct dm_manifest *manifest,
                                struct dm_error *error)
{
    char *folder = make_folder(), *path = path_in(folder, "part.manifest");
    write_file(path, text, length);
    enum dm_status status = dm_manifest_read(path, manifest, error);
    free(path);
    remove_folder(folder);
    return status;
}

static void what_is_written_is_read(void **state)
{
    static char runs[][32] = {"format=csv\nunit=km\n", "empty=\n",
                              "equals=a=b\ntab=\t\nquote=\"a\\\"\n", "name=\"M\xC3\xBCnchen\"\n"};
    static const struct dm_shard shards[] = {{1, 1}, {3, 8}, {DM_SHARDS_MAX, DM_SHARDS_MAX}};
    static const uint64_t bytes[] = {0, 1, UINT64_C(1) << 40, INT64_MAX};
    static const uint32_t crcs[] = {0, 1, 0xffffffff};
    struct random random = {1};
    (void)state;
    for (int i = 0; i < 100; i++) {
        struct dm_manifest manifest = {
            .run = runs[random_below(&random, 4)],
            .shard = shards[random_below(&random, 3)],
            .bytes = bytes[random_below(&random, 4)],
            .crc = crcs[random_below(&random, 3)],
        };
        struct dm_manifest found;
        struct dm_error error;
        char *text = dm_manifest_text(&manifest);
        assert_non_null(text);
        if (read_text(text, strlen(text), &found, &error) != DM_OK)
            fail_msg("%s\n%s", error.message, text);
        assert_string_equal(found.run, manifest.run);
        assert_int_equal(found.shard.shard, manifest.shard.shard);
        assert_int_equal(found.shard.shards, manifest.shard.shards);
        assert_int_equal(found.bytes, manifest.bytes);
        assert_int_equal(found.crc, manifest.crc);
        dm_manifest_free(&found);
        free(text);
    }
}

static const struct {
    const char *text, *message; /* a part of it */
} wrong[] = {
    {"", ":1: is not JSON"},
    {"hello", "is not JSON"},
    {"{", "is not JSON"},
    {GOOD "x", "is not JSON"},
    {"{\"dmatrix_manifest\": 1, \"dmatrix_manifest\": 1}", "is not JSON"},
    {"{\"dmatrix_manifest\": \"\xff\"}", "is not JSON"},
    {"[]", "is not a manifest of dmatrix"},
    {"{}", "is not a manifest of dmatrix"},
    {"{\"dmatrix_manifest\": \"1\"}", "is not a manifest of dmatrix"},
    {"{\"dmatrix_manifest\": -1}", "is not a manifest of dmatrix"},
    {"{\"dmatrix_manifest\": 1.0}", "is not a manifest of dmatrix"},
    {"{\"dmatrix_manifest\": 2, " RUN ", " REST "}", "is a manifest of version 2"},
    {"{\"dmatrix_manifest\": 0, " RUN ", " REST "}", "is a manifest of version 0"},
    {"{\"dmatrix_manifest\": 1, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": [\"a\"], " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": \"a=b\", " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"a\": 1}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"a\": {\"b\": \"c\"}}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"a\": \"b\\nc=d\"}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"a=b\": \"c\"}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"\": \"c\"}, " REST "}", "\"run\" is not"},
    {"{\"dmatrix_manifest\": 1, \"run\": {\"a\": \"b\\u0000c\"}, " REST "}", "is not JSON"},
};

/* Other numbers in the place of those of GOOD. */
static const struct {
    const char *key, *value, *message;
} numbers[] = {
    {"shards", "0", "\"shards\" is not"},
    {"shards", "-1", "\"shards\" is not"},
    {"shards", "1000001", "\"shards\" is not"},
    {"shards", "3.0", "\"shards\" is not"},
    {"shards", "3e0", "\"shards\" is not"},
    {"shards", "\"3\"", "\"shards\" is not"},
    {"shards", "null", "\"shards\" is not"},
    {"shards", "[3]", "\"shards\" is not"},
    {"shards", "9223372036854775807", "\"shards\" is not"},
    {"shards", "99999999999999999999", "is not JSON"},
    {"shards", "-99999999999999999999", "is not JSON"},
    {"shard", "0", "\"shard\" is not"},
    {"shard", "4", "\"shard\" is not"},
    {"shard", "-2", "\"shard\" is not"},
    {"shard", "true", "\"shard\" is not"},
    {"bytes", "-1", "\"bytes\" is not"},
    {"bytes", "1e3", "\"bytes\" is not"},
    {"bytes", "\"10\"", "\"bytes\" is not"},
    {"bytes", "9223372036854775808", "is not JSON"},
    {"crc32", "19114957", "\"crc32\" is not"},
    {"crc32", "\"\"", "\"crc32\" is not"},
    {"crc32", "\"123abcd\"", "\"crc32\" is not"},
    {"crc32", "\"00123abcd\"", "\"crc32\" is not"},
    {"crc32", "\"0123ABCD\"", "\"crc32\" is not"},
    {"crc32", "\"-123abcd\"", "\"crc32\" is not"},
    {"crc32", "\"0x23abcd\"", "\"crc32\" is not"},
};

static void assert_refused(const char *text, const char *message)
{
    struct dm_manifest manifest = {.run = NULL};
    struct dm_error error;
    assert_int_equal(read_text(text, strlen(text), &manifest, &error), DM_DATA);
    if (!strstr(error.message, message))
        fail_msg("%s\n%s", text, error.message);
    assert_non_null(strstr(error.message, "part.manifest:"));
    assert_null(manifest.run);
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(wrong[i].text, wrong[i].message);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *keys[] = {"shard", "shards", "bytes", "crc32"};
        const char *values[] = {"2", "3", "10", "\"0123abcd\""};
        char text[512];
        size_t used = (size_t)snprintf(text, sizeof text, "{\"dmatrix_manifest\": 1, " RUN);
        for (size_t k = 0; k < 4; k++)
            used += (size_t)snprintf(text + used, sizeof text - used, ", \"%s\": %s", keys[k],
                                     strcmp(keys[k], numbers[i].key) == 0 ? numbers[i].value
                                                                          : values[k]);
        snprintf(text + used, sizeof text - used, "}");
        assert_refused(text, numbers[i].message);
    }
}

/* Cut anywhere, and with any byte changed, a manifest is refused or read; it is never read beyond
 * its end. */
static void a_damaged_manifest_is_refused(void **state)
{
    struct dm_manifest found;
    struct dm_error error;
    (void)state;
    assert_int_equal(read_text(GOOD, strlen(GOOD), &found, &error), DM_OK);
    dm_manifest_free(&found);
    for (size_t length = 0; length < strlen(GOOD); length++)
        assert_int_equal(read_text(GOOD, length, &found, &error), DM_DATA);
    for (size_t i = 0; i < strlen(GOOD); i++) {
        char text[] = GOOD;
        text[i] = '\0';
        if (read_text(text, strlen(GOOD), &found, &error) == DM_OK)
            fail_msg("with a zero at %zu: %s", i, GOOD);
        text[i] = '9';
        if (read_text(text, strlen(GOOD), &found, &error) == DM_OK)
            dm_manifest_free(&found);
    }
}

static void a_manifest_is_short(void **state)
{
    enum { LONG = 1 << 20 };
    char *text = malloc(LONG + 1);
    (void)state;
    assert_non_null(text);
    memset(text, ' ', LONG);
    memcpy(text, GOOD, strlen(GOOD));
    text[LONG] = '\0';
    assert_refused(text, "is too long");
    memset(text, '[', LONG);
    text[60000] = '\0';
    assert_refused(text, "is not JSON");
    free(text);
}

/* ---- joining ---- */

enum { PARTS = 3, PART_BYTES = 1 << 16 };

struct parts {
    char *folder, *output, *paths[PARTS];
    char bytes[PARTS][PART_BYTES];
};

static void make_parts(struct parts *parts)
{
    static const char *const names[] = {"a", "b", "c"};
    struct random random = {2};
    parts->folder = make_folder();
    parts->output = path_in(parts->folder, "out");
    for (size_t i = 0; i < PARTS; i++) {
        for (size_t k = 0; k < PART_BYTES; k++)
            parts->bytes[i][k] = (char)random_bits(&random);
        char name[32], run[] = "format=csv\n";
        struct dm_manifest manifest = {.run = run,
                                       .shard = {i + 1, PARTS},
                                       .bytes = PART_BYTES,
                                       .crc = dm_crc(0, parts->bytes[i], PART_BYTES)};
        parts->paths[i] = path_in(parts->folder, names[i]);
        write_file(parts->paths[i], parts->bytes[i], PART_BYTES);
        snprintf(name, sizeof name, "%s" DM_MANIFEST, names[i]);
        char *path = path_in(parts->folder, name), *text = dm_manifest_text(&manifest);
        write_text(path, text);
        free(text);
        free(path);
    }
}

static void free_parts(struct parts *parts)
{
    for (size_t i = 0; i < PARTS; i++)
        free(parts->paths[i]);
    free(parts->output);
    remove_folder(parts->folder);
}

static void parts_are_joined_in_order(void **state)
{
    static struct parts parts;
    static const size_t orders[][PARTS] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    struct dm_error error;
    (void)state;
    make_parts(&parts);
    for (size_t i = 0; i < 3; i++) {
        char *paths[PARTS];
        uint64_t count, bytes;
        size_t length;
        for (size_t k = 0; k < PARTS; k++)
            paths[k] = parts.paths[orders[i][k]];
        if (dm_join(paths, PARTS, parts.output, NULL, &count, &bytes, &error) != DM_OK)
            fail_msg("%s", error.message);
        char *joined = read_file(parts.output, &length);
        assert_int_equal(length, sizeof parts.bytes);
        assert_memory_equal(joined, parts.bytes, length);
        assert_int_equal(bytes, length);
        assert_int_equal(count, PARTS);
        free(joined);
    }
    free_parts(&parts);
}

static void a_stop_leaves_the_old_file(void **state)
{
    static struct parts parts;
    dm_flag stop;
    struct dm_error error;
    uint64_t count = 77, bytes = 77;
    (void)state;
    make_parts(&parts);
    write_text(parts.output, "old");
    size_t files = count_files(parts.folder);
    atomic_init(&stop, true);
    assert_int_equal(dm_join(parts.paths, PARTS, parts.output, &stop, &count, &bytes, &error),
                     DM_STOPPED);
    assert_int_equal(count, 77);
    assert_int_equal(bytes, 77);
    assert_int_equal(count_files(parts.folder), files);
    char *there = read_file(parts.output, NULL);
    assert_string_equal(there, "old");
    free(there);
    free_parts(&parts);
}

/* Which matters where nothing is written, before the first byte of a stream. */
static void a_stop_ends_reading(void **state)
{
    static struct parts parts;
    dm_flag stop;
    struct dm_part_sum sum = {.bytes = 77};
    (void)state;
    make_parts(&parts);
    atomic_init(&stop, true);
    assert_int_equal(dm_part_read(parts.paths[0], PART_BYTES, &stop, NULL, &sum, NULL), DM_STOPPED);
    assert_int_equal(sum.bytes, 77);
    atomic_store(&stop, false);
    assert_int_equal(dm_part_read(parts.paths[0], PART_BYTES, &stop, NULL, &sum, NULL), DM_OK);
    assert_int_equal(sum.bytes, PART_BYTES);
    assert_int_equal(sum.crc, dm_crc(0, parts.bytes[0], PART_BYTES));
    free_parts(&parts);
}

/* Every byte of every part is covered by its CRC, and its end by its size. */
static void every_byte_matters(void **state)
{
    static struct parts parts;
    struct dm_error error;
    struct random random = {3};
    uint64_t count, bytes;
    (void)state;
    make_parts(&parts);
    for (int i = 0; i < 60; i++) {
        size_t part = random_below(&random, PARTS), at = random_below(&random, PART_BYTES);
        char *byte = &parts.bytes[part][at];
        *byte = (char)(*byte ^ (1 << random_below(&random, 8)));
        write_file(parts.paths[part], parts.bytes[part], PART_BYTES);
        assert_int_equal(dm_join(parts.paths, PARTS, parts.output, NULL, &count, &bytes, &error),
                         DM_DATA);
        assert_non_null(strstr(error.message, parts.paths[part]));
        free_parts(&parts);
        make_parts(&parts);
    }
    free_parts(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(a_damaged_manifest_is_refused),
        cmocka_unit_test(a_manifest_is_short),
        cmocka_unit_test(parts_are_joined_in_order),
        cmocka_unit_test(a_stop_leaves_the_old_file),
        cmocka_unit_test(a_stop_ends_reading),
        cmocka_unit_test(every_byte_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
