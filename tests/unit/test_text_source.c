/* The text of files that are compressed or in other encodings. */
#include "load/convert.h"
#include "load/inflate.h"
#include "load/text_source.h"
#include "testing/testing.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Bytes that grow, on the heap. */
struct bytes {
    char *at;
    size_t length;
};

static void append(struct bytes *bytes, const void *more, size_t length)
{
    bytes->at = realloc(bytes->at, bytes->length + length + 1);
    assert_non_null(bytes->at);
    if (length > 0)
        memcpy(bytes->at + bytes->length, more, length);
    bytes->length += length;
    bytes->at[bytes->length] = '\0';
}

static void assert_same_bytes(const struct bytes *found, const char *wanted, size_t length)
{
    assert_int_equal(found->length, length);
    if (length > 0)
        assert_memory_equal(found->at, wanted, length);
}

/* Appends the text as a member of a gzip file. */
static void append_gzip(struct bytes *bytes, const char *text, size_t length)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)text, .avail_in = (uInt)length};
    char *room = malloc(length + 1000);
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_out = (Bytef *)room;
    stream.avail_out = (uInt)length + 1000;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    append(bytes, room, stream.total_out);
    deflateEnd(&stream);
    free(room);
}

/* Appends UTF-8 text in an encoding. */
static void append_encoded(struct bytes *bytes, const char *encoding, const char *text,
                           size_t length)
{
    iconv_t handle = iconv_open(encoding, "UTF-8");
    size_t room = 8 * length + 16, left = room;
    char *encoded = malloc(room), *output = encoded, *input = (char *)(uintptr_t)text;
    assert_true(handle != (iconv_t)-1);
    assert_int_equal(iconv(handle, &input, &length, &output, &left), 0);
    assert_int_equal(iconv(handle, NULL, NULL, &output, &left), 0);
    append(bytes, encoded, room - left);
    iconv_close(handle);
    free(encoded);
}

/* Feeds the bytes to a step in chunks of `cut` bytes. Closes it. */
static enum dm_status pass(struct dm_step *step, struct bytes in, size_t cut, struct bytes *out,
                           struct dm_error *error)
{
    enum dm_status status = DM_OK;
    struct dm_chunk taken;
    size_t fed = 0;
    while (status == DM_OK) {
        size_t length = in.length - fed < cut ? in.length - fed : cut;
        char *copy = malloc(length + 1); /* of exactly this length, for sanitizers */
        memcpy(copy, in.at + fed, length);
        status = step->ops->feed(step, &(struct dm_chunk){copy, length}, error);
        fed += length;
        while (status == DM_OK && (status = step->ops->take(step, &taken, error)) == DM_OK &&
               taken.length > 0)
            append(out, taken.bytes, taken.length);
        free(copy);
        if (length == 0)
            break;
    }
    step->ops->close(step);
    return status;
}

static enum dm_status inflate_all(struct bytes in, size_t cut, struct bytes *out,
                                  struct dm_error *error)
{
    struct dm_step *step;
    assert_int_equal(dm_inflate_open("x.gz", &step, NULL), DM_OK);
    return pass(step, in, cut, out, error);
}

static enum dm_status convert_all(const char *encoding, struct bytes in, size_t cut,
                                  struct bytes *out, struct dm_error *error)
{
    struct dm_step *step;
    assert_int_equal(dm_convert_open("x.csv", encoding, false, &step, NULL), DM_OK);
    return pass(step, in, cut, out, error);
}

static void assert_only_suggestion(const struct dm_error *error, enum dm_field field,
                                   const char *value)
{
    assert_int_equal(error->suggestion_count, 1);
    assert_int_equal(error->suggestions[0].field, field);
    assert_string_equal(error->suggestions[0].value, value);
}

/* ---- gzip ---- */

static const char table[] = "name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n";

static void assert_inflates(struct bytes in, const char *wanted, size_t length)
{
    for (size_t cut = 1; cut <= in.length + 1; cut++) {
        struct bytes out = {0};
        struct dm_error error = {0};
        if (inflate_all(in, cut, &out, &error) != DM_OK)
            fail_msg("%s", error.message);
        assert_same_bytes(&out, wanted, length);
        free(out.at);
    }
}

static void members_are_joined(void **state)
{
    struct bytes in = {0};
    (void)state;
    append_gzip(&in, table, sizeof table - 1);
    assert_inflates(in, table, sizeof table - 1);
    append_gzip(&in, "", 0);
    append_gzip(&in, "Lima,", 5);
    append_gzip(&in, "-12,-77\n", 8);
    char all[200];
    int length = snprintf(all, sizeof all, "%sLima,-12,-77\n", table);
    assert_inflates(in, all, (size_t)length);
    append(&in, "\0\0\0\0", 4); /* as on tapes */
    assert_inflates(in, all, (size_t)length);
    free(in.at);
}

static void a_gzip_file_may_be_empty(void **state)
{
    struct bytes in = {0};
    (void)state;
    append_gzip(&in, "", 0);
    assert_inflates(in, "", 0);
    free(in.at);
}

static void long_texts_come_in_pieces(void **state)
{
    enum { LENGTH = 3 * DM_CHUNK_BYTES + 5 };
    struct bytes in = {0}, out = {0};
    char *text = malloc(LENGTH);
    (void)state;
    for (size_t i = 0; i < LENGTH; i++)
        text[i] = (char)('a' + i % 23);
    append_gzip(&in, text, LENGTH);
    assert_int_equal(inflate_all(in, 1000, &out, NULL), DM_OK);
    assert_same_bytes(&out, text, LENGTH);
    free(out.at);
    free(in.at);
    free(text);
}

static void what_is_cut_off_is_refused(void **state)
{
    struct bytes whole = {0};
    (void)state;
    append_gzip(&whole, table, sizeof table - 1);
    size_t one = whole.length;
    append_gzip(&whole, table, sizeof table - 1);
    for (size_t length = 1; length < whole.length; length++)
        for (size_t cut = 1; cut <= length; cut += length / 2 + 1) {
            struct bytes out = {0};
            struct dm_error error = {0};
            enum dm_status status =
                inflate_all((struct bytes){whole.at, length}, cut, &out, &error);
            free(out.at);
            assert_int_equal(status, length == one ? DM_OK : DM_DATA);
            if (length != one)
                assert_string_equal(error.message, "x.gz: the compressed data are cut off; fetch "
                                                   "or compress the file again");
        }
    free(whole.at);
}

static void no_damage_goes_unnoticed(void **state)
{
    enum { HEADER = 10 }; /* bytes */
    struct bytes in = {0};
    size_t refused = 0;
    (void)state;
    append_gzip(&in, table, sizeof table - 1);
    for (size_t i = 0; i < in.length; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct bytes out = {0};
            struct dm_error error = {0};
            in.at[i] = (char)(in.at[i] ^ 1 << bit);
            enum dm_status status = inflate_all(in, in.length, &out, &error);
            in.at[i] = (char)(in.at[i] ^ 1 << bit);
            if (status == DM_OK) /* the bit means nothing: it is of the time, or unused */
                assert_same_bytes(&out, table, sizeof table - 1);
            else
                assert_int_equal(status, DM_DATA);
            refused += status == DM_DATA;
            free(out.at);
        }
    assert_true(refused > 8 * (in.length - HEADER) - 8);
    free(in.at);
}

static void other_bytes_after_the_last_member_are_refused(void **state)
{
    static const char *const others[] = {"x", "\0x", "name,lat,lon\n", "\0\0\x1F\x8B"};
    static const size_t lengths[] = {1, 2, 13, 4};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (size_t cut = 1; cut < 100; cut += 98) {
            struct bytes in = {0}, out = {0};
            struct dm_error error = {0};
            append_gzip(&in, table, sizeof table - 1);
            append(&in, others[i], lengths[i]);
            assert_int_equal(inflate_all(in, cut, &out, &error), DM_DATA);
            assert_string_equal(error.message, "x.gz: the compressed data are followed by other "
                                               "bytes, which gzip would ignore");
            assert_only_suggestion(&error, DM_FIELD_ORIGINS, "gzip -dc");
            free(in.at);
            free(out.at);
        }
}

/* ---- encodings ---- */

static void assert_converts(const char *encoding, struct bytes in, const char *wanted,
                            size_t length)
{
    for (size_t cut = 1; cut <= in.length; cut++) {
        struct bytes out = {0};
        struct dm_error error = {0};
        if (convert_all(encoding, in, cut, &out, &error) != DM_OK)
            fail_msg("%s", error.message);
        assert_same_bytes(&out, wanted, length);
        free(out.at);
    }
}

/* Characters of one to four bytes, wherever they are cut. */
static void characters_may_be_cut(void **state)
{
    static const char everything[] = "n\xC3\xA4me,\xE6\x9D\xB1\xE4\xBA\xAC\n\xF0\x9F\x98\x80,1\n";
    static const char western[] = "n\xC3\xA4me,Fran\xC3\xA7ois\n";
    static const char japanese[] = "\xE6\x9D\xB1\xE4\xBA\xAC,35.7\n";
    static const struct {
        const char *encoding, *text;
    } cases[] = {
        {"UTF-8", everything},    {"UTF-16LE", everything},  {"UTF-16BE", everything},
        {"UTF-32LE", everything}, {"UTF-32BE", everything},  {"GB18030", everything},
        {"ISO-8859-1", western},  {"windows-1252", western}, {"UTF-7", everything},
        {"Shift_JIS", japanese},  {"ISO-2022-JP", japanese}, {"EUC-JP", japanese},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes in = {0};
        size_t length = strlen(cases[i].text);
        append_encoded(&in, cases[i].encoding, cases[i].text, length);
        assert_converts(cases[i].encoding, in, cases[i].text, length);
        free(in.at);
    }
}

static void bytes_mean_what_the_encoding_says(void **state)
{
    (void)state;
    assert_converts("windows-1252", (struct bytes){(char[]){"\x80\xE9"}, 2}, "\xE2\x82\xAC\xC3\xA9",
                    5);
    assert_converts("latin1", (struct bytes){(char[]){"\x80\xE9"}, 2}, "\xC2\x80\xC3\xA9", 4);
    /* its decoder holds letters back, since the next byte may be an accent on them */
    assert_converts("CP1258", (struct bytes){(char[]){"a\xD2\x61"}, 3}, "\xE1\xBA\xA3\x61", 4);
}

/* Text that grows, and so comes in more pieces than it was fed in. */
static void long_texts_are_converted(void **state)
{
    enum { LENGTH = 2 * DM_CHUNK_BYTES };
    struct bytes in = {0}, out = {0};
    char *text = malloc(2 * LENGTH);
    (void)state;
    for (size_t i = 0; i < LENGTH; i++)
        memcpy(text + 2 * i, "\xC3\xA9", 2);
    append_encoded(&in, "latin1", text, 2 * LENGTH);
    assert_int_equal(in.length, LENGTH);
    assert_int_equal(convert_all("latin1", in, LENGTH, &out, NULL), DM_OK);
    assert_same_bytes(&out, text, 2 * LENGTH);
    free(in.at);
    free(out.at);
    free(text);
}

static void assert_invalid(const char *encoding, const char *bytes, size_t length,
                           const char *message)
{
    for (size_t cut = 1; cut <= length; cut++) {
        struct bytes out = {0};
        struct dm_error error = {0};
        struct bytes in = {(char *)(uintptr_t)bytes, length};
        assert_int_equal(convert_all(encoding, in, cut, &out, &error), DM_DATA);
        error.message[strlen(message)] = '\0'; /* later bytes may not have been fed yet */
        assert_string_equal(error.message, message);
        assert_only_suggestion(&error, DM_FIELD_ENCODING, "");
        free(out.at);
    }
}

static void invalid_bytes_have_a_line(void **state)
{
    (void)state;
    assert_invalid("UTF-8", "a\nb\r\nc\rd\xFF!", 10, "x.csv:4: the text has the byte");
    assert_invalid("windows-1252", "\x81", 1,
                   "x.csv:1: the text has the byte 81, which is not valid windows-1252");
    assert_invalid("UTF-8", "a\n\xC3", 3,
                   "x.csv:2: the text ends with the byte C3, which is not valid UTF-8");
    assert_invalid("UTF-16LE", "a\0\n\0b", 5,
                   "x.csv:2: the text ends with the byte 62, which is not valid UTF-16LE");
    assert_invalid("UTF-16BE", "\0\r\0\n\xDC\0\0a", 8, "x.csv:2: the text has the byte");
    assert_invalid("UTF-16BE", "\xD8\x3D", 2,
                   "x.csv:1: the text ends with the bytes D8 3D, which are not valid UTF-16BE");
    assert_invalid("ASCII", "\r\n\r\n\xE9", 5,
                   "x.csv:3: the text has the byte E9, which is not valid ASCII");
}

static void an_unknown_encoding_is_an_error_of_use(void **state)
{
    static const char *const names[] = {"", "nope", "ASCII//IGNORE", "ASCII//TRANSLIT//",
                                        "\x1B[1m"};
    struct dm_text_source source = {.shown = "before"};
    char *path = data_file("cities.csv");
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct dm_error error = {0};
        assert_int_equal(dm_text_source_open(path, names[i], NULL, &source, &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_ENCODING);
        assert_non_null(strstr(error.message, "; iconv -l lists the names"));
        assert_null(strchr(error.message, '\x1B'));
        assert_string_equal(source.shown, "before");
    }
    /* as iconv -l prints it */
    assert_int_equal(dm_text_source_open(path, "LATIN1//", NULL, &source, NULL), DM_OK);
    dm_text_source_close(&source);
    free(path);
}

/* ---- files ---- */

struct found {
    enum dm_status status;
    struct bytes text;
    bool compressed;
    char encoding[32];
    struct dm_error error;
};

static struct found read_bytes(const void *bytes, size_t length, const char *encoding)
{
    struct found found = {0};
    struct dm_text_source source;
    char *folder = make_folder(), *path = path_in(folder, "x");
    write_file(path, bytes, length);
    assert_int_equal(dm_text_source_open(path, encoding, NULL, &source, NULL), DM_OK);
    while ((found.status = dm_text_source_read(&source, &found.error)) == DM_OK &&
           source.length > 0)
        append(&found.text, source.text, source.length);
    if (found.status == DM_OK) /* which stays so */
        assert_int_equal(dm_text_source_read(&source, NULL), DM_OK);
    found.compressed = source.compressed;
    snprintf(found.encoding, sizeof found.encoding, "%s", source.encoding);
    dm_text_source_close(&source);
    free(path);
    remove_folder(folder);
    return found;
}

static void assert_reads(const void *bytes, size_t length, const char *named, const char *wanted,
                         const char *encoding, bool compressed)
{
    struct found found = read_bytes(bytes, length, named);
    if (found.status != DM_OK)
        fail_msg("%s", found.error.message);
    assert_same_bytes(&found.text, wanted, strlen(wanted));
    assert_string_equal(found.encoding, encoding);
    assert_int_equal(found.compressed, compressed);
    free(found.text.at);
}

/* The text of a file with a mark, plain and compressed, whatever encoding is named. */
static void assert_reads_marked(const char *mark, size_t length, const char *encoding)
{
    static const char text[] = "n\xC3\xA4me,lat,lon\n\xF0\x9F\x98\x80,1,2\n";
    static const char *const names[] = {NULL, "windows-1252", "UTF-16", "UTF-32BE"};
    struct bytes plain = {0}, compressed = {0};
    append(&plain, mark, length);
    append_encoded(&plain, encoding, text, sizeof text - 1);
    append_gzip(&compressed, plain.at, plain.length);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_reads(plain.at, plain.length, names[i], text, encoding, false);
        assert_reads(compressed.at, compressed.length, names[i], text, encoding, true);
    }
    assert_reads(mark, length, NULL, "", encoding, false);
    free(plain.at);
    free(compressed.at);
}

static void a_byte_order_mark_decides(void **state)
{
    (void)state;
    assert_reads_marked("\xEF\xBB\xBF", 3, "UTF-8");
    assert_reads_marked("\xFF\xFE", 2, "UTF-16LE");
    assert_reads_marked("\xFE\xFF", 2, "UTF-16BE");
    assert_reads_marked("\xFF\xFE\0\0", 4, "UTF-32LE");
    assert_reads_marked("\0\0\xFE\xFF", 4, "UTF-32BE");
}

static void without_a_mark_the_name_decides(void **state)
{
    (void)state;
    assert_reads("\xE9,1,2\n", 6, "latin1", "\xC3\xA9,1,2\n", "latin1", false);
    assert_reads("\xE9,1,2\n", 6, NULL, "\xE9,1,2\n", "UTF-8", false);
    assert_reads("a\0,\0\x31\0", 6, "UTF-16LE", "a,1", "UTF-16LE", false);
    assert_reads("", 0, "latin1", "", "latin1", false);
    assert_reads("", 0, NULL, "", "UTF-8", false);
    struct found found = read_bytes("a\n\xE9,1,2\n", 8, "UTF-8");
    assert_int_equal(found.status, DM_DATA);
    assert_non_null(strstr(found.error.message,
                           ":2: the text has the bytes E9 2C 31 2C, which are not valid UTF-8"));
    free(found.text.at);
}

/* Characters, of two units each, across the blocks in which the file is read. */
static void blocks_make_no_difference(void **state)
{
    enum { CHARACTERS = 200000 };
    char *text = malloc(4 * CHARACTERS + 8);
    (void)state;
    for (size_t before = 0; before < 4; before++) {
        struct bytes in = {0}, compressed = {0};
        memset(text, 'a', before);
        for (size_t i = 0; i < CHARACTERS; i++)
            memcpy(text + before + 4 * i, "\xF0\x9F\x98\x80", 4);
        text[before + (size_t)4 * CHARACTERS] = '\0';
        append(&in, "\xFE\xFF", 2);
        append_encoded(&in, "UTF-16BE", text, strlen(text));
        assert_reads(in.at, in.length, NULL, text, "UTF-16BE", false);
        append_gzip(&compressed, in.at, in.length);
        assert_reads(compressed.at, compressed.length, NULL, text, "UTF-16BE", true);
        free(in.at);
        free(compressed.at);
    }
    free(text);
}

/* Text that is passed on as it is in the file is not copied. */
static void plain_text_is_not_copied(void **state)
{
    struct dm_text_source source;
    char *path = data_file("cities.csv");
    (void)state;
    assert_int_equal(dm_text_source_open(path, NULL, NULL, &source, NULL), DM_OK);
    assert_int_equal(dm_text_source_read(&source, NULL), DM_OK);
    assert_ptr_equal(source.text, source.input.block);
    assert_int_equal(source.step_count, 0);
    dm_text_source_close(&source);
    free(path);
}

/* Also while the text of a single block is long: a small file may be decompressed to a large one.
 */
static void stops_between_pieces(void **state)
{
    enum { LENGTH = 4 * DM_CHUNK_BYTES };
    struct dm_text_source source;
    struct dm_error error;
    struct bytes in = {0};
    dm_flag stop = false;
    char *text = calloc(LENGTH, 1), *folder = make_folder(), *path = path_in(folder, "x");
    (void)state;
    memset(text, 'a', LENGTH);
    append_gzip(&in, text, LENGTH);
    write_file(path, in.at, in.length);
    assert_int_equal(dm_text_source_open(path, NULL, &stop, &source, NULL), DM_OK);
    assert_int_equal(dm_text_source_read(&source, NULL), DM_OK);
    stop = true;
    assert_int_equal(dm_text_source_read(&source, &error), DM_STOPPED);
    assert_non_null(strstr(error.message, ": stopped while reading"));
    dm_text_source_close(&source);
    free(in.at);
    free(text);
    free(path);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_joined),
        cmocka_unit_test(a_gzip_file_may_be_empty),
        cmocka_unit_test(long_texts_come_in_pieces),
        cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(no_damage_goes_unnoticed),
        cmocka_unit_test(other_bytes_after_the_last_member_are_refused),
        cmocka_unit_test(characters_may_be_cut),
        cmocka_unit_test(bytes_mean_what_the_encoding_says),
        cmocka_unit_test(long_texts_are_converted),
        cmocka_unit_test(invalid_bytes_have_a_line),
        cmocka_unit_test(an_unknown_encoding_is_an_error_of_use),
        cmocka_unit_test(a_byte_order_mark_decides),
        cmocka_unit_test(without_a_mark_the_name_decides),
        cmocka_unit_test(blocks_make_no_difference),
        cmocka_unit_test(plain_text_is_not_copied),
        cmocka_unit_test(stops_between_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
