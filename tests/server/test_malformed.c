/* Answers that are not what was asked for: each is refused, with a message that says what is wrong
 * and where. The request is for 2 origins and 3 destinations. */
#include "server/reading.h"

#include <stdio.h>
#include <string.h>

static struct reading reading;

/* A message that ends with a blank is only the beginning: what jansson says differs by version. */
static bool is_like(const char *message, const char *wanted)
{
    size_t length = strlen(wanted);
    bool begins = wanted[length - 1] == ' ';
    return begins ? strncmp(message, wanted, length) == 0 : strcmp(message, wanted) == 0;
}

static void assert_refused(const struct dm_dialect *dialect, const char *text, size_t length,
                           const char *message)
{
    reading_prepare(&reading, 2, 3);
    reading_take(&reading, dialect, 200, text, length);
    if (!is_like(reading.ask.message, message))
        fail_msg("%s: %s\n%s\ninstead of\n%s", dialect->name, text, reading.ask.message, message);
    assert_int_equal(reading.ask.kind, DM_ANSWER_REFUSED);
}

#define MALFORMED "the answer is malformed JSON: "

/* ---- matrices, which all dialects have ---- */

#define GOOD "[[1,2,3],[4,5,6]]"

/* Answers of the dialects around two members. */
static const struct {
    const struct dm_dialect *dialect;
    const char *before, *after;
} wrappers[] = {
    {&dm_dialect_osrm, "{\"code\":\"Ok\"", "}"},
    {&dm_dialect_valhalla, "{\"units\":\"kilometers\",\"sources_to_targets\":{\"x\":0", "}}"},
    {&dm_dialect_ors, "{\"metadata\":{}", "}"},
};

static const struct {
    const char *distances, *durations, *message; /* NULL: the member is missing */
} matrices[] = {
    {NULL, GOOD, "the answer has no distances"},
    {GOOD, NULL, "the answer has no durations"},
    {NULL, NULL, "the answer has no distances"},
    {"null", GOOD, "distances: this is null instead of an array of rows"},
    {"{}", GOOD, "distances: this is an object instead of an array of rows"},
    {"\"x\"", GOOD, "distances: this is a string instead of an array of rows"},
    {"7", GOOD, "distances: this is a number instead of an array of rows"},
    {"true", GOOD, "distances: this is true instead of an array of rows"},
    {"false", GOOD, "distances: this is false instead of an array of rows"},
    {"[]", GOOD, "distances: there are 0 rows instead of 2"},
    {"[[1,2,3]]", GOOD, "distances: there are 1 rows instead of 2"},
    {"[[1,2,3],[4,5,6],[7,8,9]]", GOOD, "distances: there are 3 rows instead of 2"},
    {"[1,2,3,4,5,6]", GOOD, "distances: there are 6 rows instead of 2"},
    {"[1,2]", GOOD, "distances: row 1 is a number instead of an array"},
    {"[[1,2,3],null]", GOOD, "distances: row 2 is null instead of an array"},
    {"[[1,2,3],{}]", GOOD, "distances: row 2 is an object instead of an array"},
    {"[[1,2,3],[]]", GOOD, "distances: row 2 has 0 entries instead of 3"},
    {"[[1,2,3],[4,5]]", GOOD, "distances: row 2 has 2 entries instead of 3"},
    {"[[1,2,3,4],[4,5,6]]", GOOD, "distances: row 1 has 4 entries instead of 3"},
    {"[[1,2],[3,4],[5,6]]", GOOD, "distances: there are 3 rows instead of 2"},
    {"[[1,2,3],[4,5,\"6\"]]", GOOD,
     "distances: row 2, entry 3 is a string instead of a number or null"},
    {"[[1,2,3],[4,[5],6]]", GOOD,
     "distances: row 2, entry 2 is an array instead of a number or null"},
    {"[[1,2,3],[4,{},6]]", GOOD,
     "distances: row 2, entry 2 is an object instead of a number or null"},
    {"[[true,2,3],[4,5,6]]", GOOD, "distances: row 1, entry 1 is true instead of a number or null"},
    {"[[1,2,3],[4,5,-6]]", GOOD, "distances: row 2, entry 3 is -6"},
    {"[[1,2,3],[4,5,-1e-9]]", GOOD, "distances: row 2, entry 3 is -1e-09"},
    {"[[1,null,3],[4,5,6]]", GOOD, "row 1, entry 2 has a duration but no distance"},
    {GOOD, "[[1,2,3],[4,5,null]]", "row 2, entry 3 has a distance but no duration"},
    {GOOD, "null", "durations: this is null instead of an array of rows"},
    {GOOD, "[[1,2,3]]", "durations: there are 1 rows instead of 2"},
    {GOOD, "[[1,2,3],[4,5]]", "durations: row 2 has 2 entries instead of 3"},
    {GOOD, "[[1,2,3],[4,5,-6]]", "durations: row 2, entry 3 is -6"},
    {GOOD, "[[1,2,3],[4,5,\"\"]]",
     "durations: row 2, entry 3 is a string instead of a number or null"},
};

static void member(char *text, size_t size, const char *name, const char *value)
{
    *text = '\0';
    if (value)
        snprintf(text, size, ",\"%s\":%s", name, value);
}

static void refuses_wrong_matrices(void **state)
{
    (void)state;
    for (size_t w = 0; w < sizeof wrappers / sizeof *wrappers; w++) {
        for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++) {
            char distances[256], durations[256], text[1024];
            member(distances, sizeof distances, "distances", matrices[i].distances);
            member(durations, sizeof durations, "durations", matrices[i].durations);
            snprintf(text, sizeof text, "%s%s%s%s", wrappers[w].before, distances, durations,
                     wrappers[w].after);
            assert_refused(wrappers[w].dialect, text, strlen(text), matrices[i].message);
        }
    }
}

/* A number too large for a distance in metres; one that is no double is no JSON. */
static void refuses_large_numbers(void **state)
{
    (void)state;
    static const char kilometres[] =
        "{\"sources_to_targets\":{\"distances\":[[1,2,3],[4,5,1e308]],\"durations\":" GOOD "}}";
    assert_refused(&dm_dialect_valhalla, kilometres, strlen(kilometres),
                   "distances: row 2, entry 3 is too large");
    static const char beyond[] = "{\"distances\":[[1,2,3],[4,5,1e309]],\"durations\":" GOOD "}";
    assert_refused(&dm_dialect_ors, beyond, strlen(beyond), MALFORMED);
    static const char integer[] =
        "{\"distances\":[[1,2,3],[4,5,99999999999999999999999]],\"durations\":[[1,2,3],[4,5]]}";
    assert_refused(&dm_dialect_ors, integer, strlen(integer),
                   "durations: row 2 has 2 entries instead of 3");
}

/* ---- what is no JSON ---- */

static const struct {
    const char *text, *message;
} no_json[] = {
    {"", "the answer is empty"},
    {" \r\n\t", "the answer is empty"},
    {"<html><body>Hello</body></html>",
     "the answer is not JSON but begins with \"<html><body>Hello</body></html>\""},
    {"<!DOCTYPE html>\n<html lang=\"en\">\n  <head>\n    <title>502 Bad Gateway</title>",
     "the answer is not JSON but begins with \"<!DOCTYPE html> <html lang=\"en\"> <head> "
     "<title>502 Bad Gatew...\""},
    {"\x1b[2Jrm", "the answer is not JSON but begins with \"?[2Jrm\""},
    {"\xff\xfe{", "the answer is not JSON but begins with \"??{\""},
    {"the key hunter22 is wrong",
     "the answer is not JSON but begins with \"the key *** is wrong\""},
    {"[]", "the answer is not JSON but begins with \"[]\""},
    {"null", "the answer is not JSON but begins with \"null\""},
    {"7", "the answer is not JSON but begins with \"7\""},
    {"\"code\"", "the answer is not JSON but begins with \"\"code\"\""},
    {"{", MALFORMED},
    {"{\"distances\":[[1,2", MALFORMED},
    {"{\"a\":NaN}", MALFORMED},
    {"{\"a\":Infinity}", MALFORMED},
    {"{\"a\":1,\"a\":2}", MALFORMED},
    {"{}{}", MALFORMED},
    {"{'a':1}", MALFORMED},
    {"{\"a\":\"\xff\"}", MALFORMED},
};

static void refuses_what_is_no_json(void **state)
{
    (void)state;
    for (size_t d = 0; dm_dialects()[d]; d++)
        for (size_t i = 0; i < sizeof no_json / sizeof *no_json; i++)
            assert_refused(dm_dialects()[d], no_json[i].text, strlen(no_json[i].text),
                           no_json[i].message);
    static const char zero[] = "{\"a\":\0}";
    assert_refused(&dm_dialect_osrm, zero, sizeof zero - 1, MALFORMED);
}

/* Arrays in arrays, which a reader that calls itself could run out of stack for. */
static void refuses_deep_json(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    static char text[DEPTH + 8];
    memcpy(text, "{\"a\":", 5);
    memset(text + 5, '[', DEPTH);
    for (size_t d = 0; dm_dialects()[d]; d++) {
        reading_prepare(&reading, 2, 3);
        reading_take_text(&reading, dm_dialects()[d], 200, text);
        assert_int_equal(reading.ask.kind, DM_ANSWER_REFUSED);
        assert_non_null(strstr(reading.ask.message, "far more parts than a table of 2 x 3 places"));
    }
}

/* A small compressed answer can be many parts, each of which takes memory when it is read. */
static void refuses_crowds(void **state)
{
    (void)state;
    static const char *const parts[] = {"{},", "[],", "0,", "\"\","};
    enum { COUNT = 20000 };
    static char text[COUNT * 4 + 16];
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        char *at = text + sprintf(text, "{\"a\":[");
        for (int i = 0; i < COUNT; i++)
            at += sprintf(at, "%s", parts[p]);
        strcpy(at, "0]}");
        reading_prepare(&reading, 2, 3);
        reading_take_text(&reading, &dm_dialect_osrm, 200, text);
        assert_int_equal(reading.ask.kind, DM_ANSWER_REFUSED);
        assert_non_null(strstr(reading.ask.message, "far more parts than a table of 2 x 3 places"));
        reading_take_text(&reading, &dm_dialect_osrm, 503, text);
        assert_int_equal(reading.ask.kind, DM_ANSWER_LATER);
    }
}

/* ---- one by one ---- */

#define TABLES "\"distances\":" GOOD ",\"durations\":" GOOD
#define OSRM "{\"code\":\"Ok\"," TABLES
#define PLACES2 "[{\"distance\":1},{\"distance\":2}]"
#define ORS "{" TABLES
#define FORM "{\"units\":\"kilometers\",\"sources_to_targets\":"
#define CELL(i, j) "{\"distance\":1,\"time\":2,\"from_index\":" #i ",\"to_index\":" #j "}"
#define ROW(i) "[" CELL(i, 0) "," CELL(i, 1) "," CELL(i, 2) "]"

static const struct {
    const struct dm_dialect *dialect;
    const char *text, *message;
} others[] = {
    {&dm_dialect_osrm, "{}", "the answer has no code"},
    {&dm_dialect_osrm, "{" TABLES "}", "the answer has no code"},
    {&dm_dialect_osrm, "{\"code\":7," TABLES "}", "the answer has no code"},
    {&dm_dialect_osrm, OSRM ",\"sources\":{}}", "sources: this is an object instead of an array"},
    {&dm_dialect_osrm, OSRM ",\"sources\":null}", "sources: this is null instead of an array"},
    {&dm_dialect_osrm, OSRM ",\"sources\":[]}", "sources: there are 0 entries instead of 2"},
    {&dm_dialect_osrm, OSRM ",\"sources\":[1,2]}",
     "sources: entry 1 is a number instead of an object or null"},
    {&dm_dialect_osrm, OSRM ",\"sources\":[{\"distance\":\"1\"},{}]}",
     "sources: distance of entry 1 is a string instead of a number or null"},
    {&dm_dialect_osrm, OSRM ",\"sources\":[{},{\"distance\":-1}]}",
     "sources: distance of entry 2 is -1"},
    {&dm_dialect_osrm, OSRM ",\"sources\":" PLACES2 ",\"destinations\":" PLACES2 "}",
     "destinations: there are 2 entries instead of 3"},
    {&dm_dialect_ors, "{}", "the answer has no distances"},
    {&dm_dialect_ors, ORS ",\"sources\":[{},{},{}]}", "sources: there are 3 entries instead of 2"},
    {&dm_dialect_ors, ORS ",\"sources\":[{},[]]}",
     "sources: entry 2 is an array instead of an object or null"},
    {&dm_dialect_ors, ORS ",\"destinations\":[{},{},{\"snapped_distance\":true}]}",
     "destinations: snapped_distance of entry 3 is true instead of a number or null"},
    {&dm_dialect_valhalla, "{}", "the answer has no sources_to_targets"},
    {&dm_dialect_valhalla, FORM "null}",
     "sources_to_targets: this is null instead of an object or an array"},
    {&dm_dialect_valhalla, FORM "7}",
     "sources_to_targets: this is a number instead of an object or an array"},
    {&dm_dialect_valhalla, "{\"units\":\"miles\",\"sources_to_targets\":{" TABLES "}}",
     "units: the answer is not in kilometers"},
    {&dm_dialect_valhalla, "{\"units\":7,\"sources_to_targets\":{" TABLES "}}",
     "units: the answer is not in kilometers"},
    {&dm_dialect_valhalla, "{\"units\":null,\"sources_to_targets\":{" TABLES "}}",
     "units: the answer is not in kilometers"},
    {&dm_dialect_valhalla, FORM "[]}", "sources_to_targets: there are 0 rows instead of 2"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) "]}",
     "sources_to_targets: there are 1 rows instead of 2"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) "," ROW(1) "," ROW(2) "]}",
     "sources_to_targets: there are 3 rows instead of 2"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",{}]}",
     "sources_to_targets: row 2 is an object instead of an array"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "]]}",
     "sources_to_targets: row 2 has 1 entries instead of 3"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",7]]}",
     "sources_to_targets: row 2, entry 3 is a number instead of an object"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",null]]}",
     "sources_to_targets: row 2, entry 3 is null instead of an object"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) "," CELL(0, 2) "]]}",
     "sources_to_targets: row 2, entry 3: from_index is not 1"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 2) "," CELL(1, 1) "]]}",
     "sources_to_targets: row 2, entry 2: to_index is not 1"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) "," CELL(1, "2") "]]}",
     "sources_to_targets: row 2, entry 3: to_index is not 2"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",{\"distance\":1}]]}",
     "sources_to_targets: row 2, entry 3: time is missing instead of a number or null"},
    {&dm_dialect_valhalla, FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",{\"time\":1}]]}",
     "sources_to_targets: row 2, entry 3: distance is missing instead of a number or null"},
    {&dm_dialect_valhalla,
     FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",{\"time\":1,\"distance\":-1}]]}",
     "sources_to_targets: row 2, entry 3: distance is -1"},
    {&dm_dialect_valhalla,
     FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",{\"time\":\"1\",\"distance\":1}]]}",
     "sources_to_targets: row 2, entry 3: time is a string instead of a number or null"},
    {&dm_dialect_valhalla,
     FORM "[" ROW(0) ",[" CELL(1, 0) "," CELL(1, 1) ",{\"time\":null,\"distance\":1}]]}",
     "row 2, entry 3 has a distance but no duration"},
};

static void refuses_what_one_would_not_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_refused(others[i].dialect, others[i].text, strlen(others[i].text),
                       others[i].message);
}

/* What makes a good answer of these, so that they are refused for one reason each. */
static void accepts_the_good_ones(void **state)
{
    (void)state;
    static const struct {
        const struct dm_dialect *dialect;
        const char *text;
    } good[] = {
        {&dm_dialect_osrm, OSRM ",\"sources\":" PLACES2 "}"},
        {&dm_dialect_ors, ORS ",\"sources\":[{},null]}"},
        {&dm_dialect_valhalla, FORM "{" TABLES "}}"},
        {&dm_dialect_valhalla, FORM "[" ROW(0) "," ROW(1) "]}"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        reading_prepare(&reading, 2, 3);
        reading_take_text(&reading, good[i].dialect, 200, good[i].text);
        assert_string_equal(reading.ask.message, "");
        assert_int_equal(reading.ask.kind, DM_ANSWER_TABLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_wrong_matrices),  cmocka_unit_test(refuses_large_numbers),
        cmocka_unit_test(refuses_what_is_no_json), cmocka_unit_test(refuses_deep_json),
        cmocka_unit_test(refuses_crowds),          cmocka_unit_test(refuses_what_one_would_not_say),
        cmocka_unit_test(accepts_the_good_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
