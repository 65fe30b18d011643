/* What servers complain of, by status and by words. */
#include "server/reading.h"

#include <math.h>
#include <string.h>

static struct reading reading;

static const struct {
    const struct dm_dialect *dialect;
    long status;
    const char *text;
    enum dm_answer_kind kind;
    const char *message;
} wanted[] = {
    /* by status, whoever answers */
    {&dm_dialect_osrm, 204, "", DM_ANSWER_REFUSED, "status 204"},
    {&dm_dialect_osrm, 401, "", DM_ANSWER_REFUSED,
     "status 401, the server refuses the key or needs one"},
    {&dm_dialect_ors, 403, "{\"error\":\"Access to this API has been disallowed\"}",
     DM_ANSWER_REFUSED,
     "status 403, the server refuses the key or needs one: Access to this API has been "
     "disallowed"},
    {&dm_dialect_ors, 404, "<html>", DM_ANSWER_REFUSED,
     "status 404, there is no such service at this address"},
    {&dm_dialect_osrm, 408, "", DM_ANSWER_LATER,
     "status 408, the server waited too long for the request"},
    {&dm_dialect_osrm, 413, "", DM_ANSWER_TOO_BIG, "status 413, the request is too large"},
    {&dm_dialect_osrm, 414, "<html>", DM_ANSWER_TOO_BIG,
     "status 414, the address of the request is too long"},
    {&dm_dialect_osrm, 429, "<html>Slow down</html>", DM_ANSWER_LATER,
     "status 429, too many requests"},
    {&dm_dialect_osrm, 429, "{\"message\":\"Too Many Requests\"}", DM_ANSWER_LATER,
     "status 429, too many requests: Too Many Requests"},
    {&dm_dialect_osrm, 429, "{\"code\":\"TooBig\"}", DM_ANSWER_LATER,
     "status 429, too many requests: TooBig"},
    {&dm_dialect_valhalla, 500, "", DM_ANSWER_REFUSED, "status 500"},
    {&dm_dialect_valhalla, 502, "<html>", DM_ANSWER_LATER,
     "status 502, the server is not reached by what stands before it"},
    {&dm_dialect_valhalla, 503, "{\"error_code\":154}", DM_ANSWER_LATER,
     "status 503, the server is busy or being restarted"},
    {&dm_dialect_valhalla, 504, "", DM_ANSWER_LATER,
     "status 504, the server is not reached in time by what stands before it"},
    {&dm_dialect_osrm, 400, "Bad Request", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_osrm, 400, "{}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_osrm, 400, "{\"code\":\"Ok\"}", DM_ANSWER_REFUSED, "status 400: Ok"},
    /* OSRM */
    {&dm_dialect_osrm, 200, "{\"code\":\"NoTable\",\"message\":\"none\"}", DM_ANSWER_REFUSED,
     "status 200: NoTable: none"},
    {&dm_dialect_osrm, 400, "{\"code\":\"TooBig\"}", DM_ANSWER_TOO_BIG, "status 400: TooBig"},
    {&dm_dialect_osrm, 400, "{\"code\":\"NoSegment\"}", DM_ANSWER_OFF_ROAD,
     "status 400: NoSegment"},
    {&dm_dialect_osrm, 400, "{\"code\":7,\"message\":[]}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_osrm, 400, "{\"code\":\"\",\"message\":\"\"}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_osrm, 400, "{\"message\":\"key=hunter22, \\u001b[2J\"}", DM_ANSWER_REFUSED,
     "status 400: key=***, ?[2J"},
    /* Valhalla */
    {&dm_dialect_valhalla, 400,
     "{\"error_code\":150,\"error\":\"Exceeded max locations: 50\",\"status_code\":400}",
     DM_ANSWER_TOO_BIG, "status 400: Exceeded max locations: 50"},
    {&dm_dialect_valhalla, 400,
     "{\"error_code\":154,\"error\":\"Path distance exceeds the max distance limit\"}",
     DM_ANSWER_SPLIT, "status 400: Path distance exceeds the max distance limit"},
    {&dm_dialect_valhalla, 400, "{\"error_code\":170,\"error\":\"unconnected\"}", DM_ANSWER_SPLIT,
     "status 400: unconnected"},
    {&dm_dialect_valhalla, 400,
     "{\"error_code\":171,\"error\":\"No suitable edges near location\"}", DM_ANSWER_OFF_ROAD,
     "status 400: No suitable edges near location"},
    {&dm_dialect_valhalla, 400, "{\"error_code\":125,\"error\":\"No costing method found\"}",
     DM_ANSWER_REFUSED, "status 400: No costing method found"},
    {&dm_dialect_valhalla, 400, "{\"error_code\":1e300}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_valhalla, 400, "{\"error_code\":\"154\"}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_valhalla, 404, "{\"error_code\":106,\"error\":\"Try any of:'/route'\"}",
     DM_ANSWER_REFUSED,
     "status 404, there is no such service at this address: Try any of:'/route'"},
    /* openrouteservice */
    {&dm_dialect_ors, 400,
     "{\"error\":{\"code\":6004,\"message\":\"Only a total of 2500 routes are allowed.\"}}",
     DM_ANSWER_TOO_BIG, "status 400: Only a total of 2500 routes are allowed."},
    {&dm_dialect_ors, 403, "{\"error\":{\"code\":6004,\"message\":\"too many\"}}",
     DM_ANSWER_TOO_BIG, "status 403: too many"},
    {&dm_dialect_ors, 500, "{\"error\":{\"code\":6020,\"message\":\"nodes\"}}", DM_ANSWER_TOO_BIG,
     "status 500: nodes"},
    {&dm_dialect_ors, 404, "{\"error\":{\"code\":6010,\"message\":\"Point not found\"}}",
     DM_ANSWER_OFF_ROAD, "status 404: Point not found"},
    {&dm_dialect_ors, 400, "{\"error\":{\"code\":6003,\"message\":\"wrong\"}}", DM_ANSWER_REFUSED,
     "status 400: wrong"},
    {&dm_dialect_ors, 400, "{\"error\":{}}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_ors, 400, "{\"error\":null}", DM_ANSWER_REFUSED, "status 400"},
    {&dm_dialect_ors, 200, "{\"error\":\"none\"}", DM_ANSWER_REFUSED, "status 200: none"},
    {&dm_dialect_ors, 500, "{\"message\":\"from a gateway\"}", DM_ANSWER_REFUSED,
     "status 500: from a gateway"},
};

static void judges_complaints(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        reading_prepare(&reading, 2, 3);
        reading_take_text(&reading, wanted[i].dialect, wanted[i].status, wanted[i].text);
        assert_string_equal(reading.ask.message, wanted[i].message);
        assert_int_equal(reading.ask.kind, wanted[i].kind);
        assert_true(reading.ask.later_ns == 0);
    }
}

/* An error with a code comes from a server of this kind; one of a gateway or of another kind has
 * none, or another. */
static void knows_its_own_words(void **state)
{
    (void)state;
    static const struct {
        const struct dm_dialect *dialect;
        const char *text;
        bool own;
    } errors[] = {
        {&dm_dialect_osrm, "{\"code\":\"InvalidOptions\",\"message\":\"wrong\"}", true},
        {&dm_dialect_osrm, "{\"message\":\"wrong\"}", false},
        {&dm_dialect_osrm, "{\"error_code\":100,\"error\":\"wrong\"}", false},
        {&dm_dialect_valhalla, "{\"error_code\":100,\"error\":\"wrong\"}", true},
        {&dm_dialect_valhalla, "{\"error\":\"wrong\"}", false},
        {&dm_dialect_valhalla, "{\"code\":\"InvalidOptions\",\"message\":\"wrong\"}", false},
        {&dm_dialect_ors, "{\"error\":{\"code\":6003,\"message\":\"wrong\"}}", true},
        {&dm_dialect_ors, "{\"error\":{\"message\":\"wrong\"}}", false},
        {&dm_dialect_ors, "{\"error\":\"wrong\"}", false},
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        reading_prepare(&reading, 2, 3);
        reading_take_text(&reading, errors[i].dialect, 400, errors[i].text);
        assert_int_equal(reading.ask.kind, DM_ANSWER_REFUSED);
        assert_int_equal(reading.ask.own, errors[i].own);
    }
}

/* Valhalla says in this way that no pair has a route. */
static void reads_no_route_at_all(void **state)
{
    (void)state;
    static const struct {
        size_t origins, destinations;
        const char *text;
    } empty[] = {{2, 3, "{\"error_code\":442,\"error\":\"No path could be found for input\"}"},
                 {1, 1, "{\"error_code\":170,\"error\":\"Locations are in unconnected regions\"}"}};
    for (size_t i = 0; i < 2; i++) {
        reading_prepare(&reading, empty[i].origins, empty[i].destinations);
        reading_take_text(&reading, &dm_dialect_valhalla, 400, empty[i].text);
        assert_int_equal(reading.ask.kind, DM_ANSWER_TABLE);
        for (size_t k = 0; k < empty[i].origins * empty[i].destinations; k++)
            assert_true(isnan(reading.cells[k].distance_m) && isnan(reading.cells[k].duration_s));
    }
}

/* A long message is cut, and so is one of characters of several bytes, between them. */
static void cuts_long_messages(void **state)
{
    (void)state;
    char text[4096] = "{\"code\":\"c\",\"message\":\"";
    for (int i = 0; i < 500; i++)
        strcat(text, i % 3 ? "\xc3\xb6" : "hunter22");
    strcat(text, "\"}");
    reading_prepare(&reading, 2, 3);
    reading_take_text(&reading, &dm_dialect_osrm, 400, text);
    const char *message = reading.ask.message;
    assert_true(strlen(message) < 300);
    assert_string_equal(message + strlen(message) - 3, "...");
    assert_null(strstr(message, "hunter"));
}

static void follows_no_redirect(void **state)
{
    (void)state;
    struct dm_secrets secrets = {.count = 0};
    struct dm_reply reply = {.status = 301, .location = "https://u:hunter22@host/\x1b"};
    dm_secrets_add(&secrets, "hunter22");
    reading_prepare(&reading, 1, 1);
    dm_answer_read(&dm_dialect_osrm, &secrets, &reply, &reading.ask);
    assert_int_equal(reading.ask.kind, DM_ANSWER_REFUSED);
    assert_string_equal(reading.ask.message, "status 301, a redirect to https://u:***@host/?, "
                                             "which is not followed");
    /* a secret that an address has escaped */
    secrets.count = 0;
    dm_secrets_add(&secrets, "a/b+c==");
    reply.location = "?k=a%2Fb%2bc%3D=&l=a%2Fb%2Bc%3";
    dm_answer_read(&dm_dialect_osrm, &secrets, &reply, &reading.ask);
    assert_string_equal(reading.ask.message, "status 301, a redirect to ?k=***&l=a%2Fb%2Bc%3, "
                                             "which is not followed");
    reply.location = NULL;
    dm_answer_read(&dm_dialect_osrm, &secrets, &reply, &reading.ask);
    assert_string_equal(reading.ask.message,
                        "status 301, a redirect to nowhere, which is not followed");
}

static void keeps_the_time_to_wait(void **state)
{
    (void)state;
    struct dm_secrets secrets = {.count = 0};
    static const struct {
        long status;
        enum dm_answer_kind kind;
    } later[] = {{429, DM_ANSWER_LATER},
                 {503, DM_ANSWER_LATER},
                 {500, DM_ANSWER_LATER},
                 {400, DM_ANSWER_REFUSED}};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        struct dm_reply reply = {.status = later[i].status, .later_ns = 7};
        reading_prepare(&reading, 1, 1);
        dm_answer_read(&dm_dialect_osrm, &secrets, &reply, &reading.ask);
        assert_int_equal(reading.ask.kind, later[i].kind);
        assert_true(reading.ask.later_ns == (later[i].kind == DM_ANSWER_LATER ? 7 : 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_complaints),     cmocka_unit_test(knows_its_own_words),
        cmocka_unit_test(reads_no_route_at_all), cmocka_unit_test(cuts_long_messages),
        cmocka_unit_test(follows_no_redirect),   cmocka_unit_test(keeps_the_time_to_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
