/* The text of requests, to the letter. */
#include "server/endpoint.h"
#include "testing/testing.h"

#include <stdlib.h>
#include <string.h>

static const struct dm_lat_lon places[] = {
    {43.739435, 7.423119}, {-33.5, -70}, {1e-7, -0.0}, {89.99999999999999, 179.1234567890123}};

static void assert_request(struct dm_road_options options, const char *url, const char *body)
{
    struct dm_endpoint endpoint = {.extras = NULL};
    char message[DM_ERROR_LENGTH];
    struct dm_ask ask = {
        .origins = places, .origin_count = 1, .destinations = places + 1, .destination_count = 3};
    if (dm_endpoint_open(&options, NULL, &endpoint, message) != DM_OK)
        fail_msg("%s", message);
    char *got_url = dm_line_url(&endpoint.settings, &ask);
    char *got_body = dm_line_body(&endpoint.settings, &ask);
    assert_string_equal(got_url, url);
    assert_int_equal(got_body != NULL, body != NULL);
    if (body)
        assert_string_equal(got_body, body);
    free(got_url);
    free(got_body);
    dm_endpoint_free(&endpoint);
}

static void writes_osrm(void **state)
{
    (void)state;
    assert_request((struct dm_road_options){.server = "osrm:http://me:pw@localhost:5000/"},
                   "http://localhost:5000/table/v1/driving/"
                   "7.423119,43.739435;-70,-33.5;0,0.0000001;179.1234567890123,89.99999999999999"
                   "?annotations=duration,distance&sources=0&destinations=1;2;3",
                   NULL);
    assert_request((struct dm_road_options){.server = "osrm:http://h/x",
                                            .profile = "../car & \xc3\xb6?",
                                            .extras = (const char *[]){"exclude=toll,ferry",
                                                                       "approaches=a=b&c#%"},
                                            .extra_count = 2},
                   "http://h/x/table/v1/..%2Fcar%20%26%20%C3%B6%3F/"
                   "7.423119,43.739435;-70,-33.5;0,0.0000001;179.1234567890123,89.99999999999999"
                   "?annotations=duration,distance&sources=0&destinations=1;2;3"
                   "&exclude=toll%2Cferry&approaches=a%3Db%26c%23%25",
                   NULL);
}

static void writes_valhalla(void **state)
{
    (void)state;
    assert_request(
        (struct dm_road_options){
            .server = "valhalla:http://h",
            .profile = "a\"\\b",
            .max_snap_m = 99.9,
            .extras = (const char *[]){"costing_options={\"auto\":{\"use_tolls\":0.10}}",
                                       "id=my \"run\"", "n=12345678901234567890", "t=true", "e="},
            .extra_count = 5},
        "http://h/sources_to_targets",
        "{\"sources\":[{\"lat\":43.739435,\"lon\":7.423119,\"search_cutoff\":99}],"
        "\"targets\":[{\"lat\":-33.5,\"lon\":-70,\"search_cutoff\":99},"
        "{\"lat\":0.0000001,\"lon\":0,\"search_cutoff\":99},"
        "{\"lat\":89.99999999999999,\"lon\":179.1234567890123,\"search_cutoff\":99}],"
        "\"costing\":\"a\\\"\\\\b\",\"units\":\"kilometers\",\"verbose\":false,"
        "\"costing_options\":{\"auto\":{\"use_tolls\":0.10}},\"id\":\"my \\\"run\\\"\","
        "\"n\":12345678901234567890,\"t\":true,\"e\":\"\"}");
}

static void writes_ors(void **state)
{
    (void)state;
    assert_request((struct dm_road_options){.server = "ors:http://h/ors"},
                   "http://h/ors/v2/matrix/driving-car",
                   "{\"locations\":[[7.423119,43.739435],[-70,-33.5],[0,0.0000001],"
                   "[179.1234567890123,89.99999999999999]],\"sources\":[\"0\"],"
                   "\"destinations\":[\"1\",\"2\",\"3\"],"
                   "\"metrics\":[\"distance\",\"duration\"],\"units\":\"m\"}");
    assert_request((struct dm_road_options){.server = "ors:http://h",
                                            .profile = "foot/x",
                                            .extras = (const char *[]){"resolve_locations=true"},
                                            .extra_count = 1},
                   "http://h/v2/matrix/foot%2Fx",
                   "{\"locations\":[[7.423119,43.739435],[-70,-33.5],[0,0.0000001],"
                   "[179.1234567890123,89.99999999999999]],\"sources\":[\"0\"],"
                   "\"destinations\":[\"1\",\"2\",\"3\"],"
                   "\"metrics\":[\"distance\",\"duration\"],\"units\":\"m\","
                   "\"resolve_locations\":true}");
}

static void limits_the_cutoff(void **state)
{
    (void)state;
    static const struct {
        double max_snap_m;
        const char *cutoff;
    } wanted[] = {{0, ":1000}"}, {0.3, ":1}"}, {5000.7, ":5000}"}, {1e300, ":10000000}"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct dm_endpoint endpoint = {.extras = NULL};
        struct dm_road_options options = {.server = "valhalla:http://h",
                                          .max_snap_m = wanted[i].max_snap_m};
        struct dm_ask ask = {places, places, 1, 1, .kind = DM_ANSWER_NONE};
        char message[DM_ERROR_LENGTH];
        assert_int_equal(dm_endpoint_open(&options, NULL, &endpoint, message), DM_OK);
        char *body = dm_line_body(&endpoint.settings, &ask);
        assert_non_null(strstr(body, wanted[i].cutoff));
        free(body);
        dm_endpoint_free(&endpoint);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_osrm),
        cmocka_unit_test(writes_valhalla),
        cmocka_unit_test(writes_ors),
        cmocka_unit_test(limits_the_cutoff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
