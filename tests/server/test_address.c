/* Addresses of servers. */
#include "server/address.h"
#include "server/endpoint.h"
#include "testing/testing.h"

#include <string.h>

static void takes_an_address_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *kind, *base, *user, *password;
    } wanted[] = {
        {"osrm:http://localhost:5000", "osrm", "http://localhost:5000", NULL, NULL},
        {"osrm:http://localhost:5000/", "osrm", "http://localhost:5000", NULL, NULL},
        {"ors:https://api.example.org/ors//", "ors", "https://api.example.org/ors", NULL, NULL},
        {"osrm:HTTP://[::1]:5000/a/b", "osrm", "HTTP://[::1]:5000/a/b", NULL, NULL},
        {"osrm:http://[::1]/a:b", "osrm", "http://[::1]/a:b", NULL, NULL},
        {"osrm:http://host:65535", "osrm", "http://host:65535", NULL, NULL},
        {"osrm:http://me@host", "osrm", "http://host", "me", NULL},
        {"osrm:http://me:pw@host:1/x", "osrm", "http://host:1/x", "me", "pw"},
        {"osrm:http://me:p@:w@host/x%40y", "osrm", "http://host/x%40y", "me", "p@:w"},
        {"osrm:http://m%65:p%40%zz%4@host", "osrm", "http://host", "me", "p@%zz%4"},
        {"osrm:http://:@host", "osrm", "http://host", "", ""},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct dm_address address = {.base = NULL};
        char message[DM_ERROR_LENGTH];
        assert_int_equal(dm_address_parse(wanted[i].text, &address, message), DM_OK);
        assert_string_equal(address.kind, wanted[i].kind);
        assert_string_equal(address.base, wanted[i].base);
        assert_int_equal(address.user != NULL, wanted[i].user != NULL);
        assert_int_equal(address.password != NULL, wanted[i].password != NULL);
        if (wanted[i].user)
            assert_string_equal(address.user, wanted[i].user);
        if (wanted[i].password)
            assert_string_equal(address.password, wanted[i].password);
        dm_address_free(&address);
    }
}

/* None of them has the password in its message. */
static void refuses_what_is_no_address(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } wanted[] = {
        {"", "the kind is missing"},
        {"osrm", "the kind is missing"},
        {":http://me:hunter22@host", "the kind is missing"},
        {"http://me:hunter22@host", "the kind is missing"},
        {"https://host", "the kind is missing"},
        {"osrm:", "does not begin with http"},
        {"osrm:localhost:5000", "does not begin with http"},
        {"osrm:ftp://me:hunter22@host", "does not begin with http"},
        {"osrm:file:///etc/passwd", "does not begin with http"},
        {"osrm:http://", "has no host"},
        {"osrm:http:///x", "has no host"},
        {"osrm:http://me:hunter22@", "has no host"},
        {"osrm:http://me:hunter22@/x", "has no host"},
        {"osrm:http://host:99999", "the port in the URL is not a number from 1 to 65535"},
        {"osrm:http://me:hunter22@host:0/x", "the port in the URL is not"},
        {"osrm:http://host:/x", "the port in the URL is not"},
        {"osrm:http://host:+5", "the port in the URL is not"},
        {"osrm:http://host:5000x", "the port in the URL is not"},
        {"osrm:http://[::1]:70000", "the port in the URL is not"},
        {"osrm:http://host/?key=hunter22", "has a query"},
        {"osrm:http://host/#hunter22", "has a query"},
        {"osrm:http://me:hunter/22@host", "has an @ behind a /"},
        {"osrm:http://me:hunter22@ho st", "has a space"},
        {"osrm:http://host/\r\nX: y", "has a space"},
        {"osrm:http://h\xc3\xb6st/", "has a space"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct dm_address address = {.base = NULL};
        char message[DM_ERROR_LENGTH] = "";
        assert_int_equal(dm_address_parse(wanted[i].text, &address, message), DM_USAGE);
        assert_null(address.base);
        if (!strstr(message, wanted[i].why) || strstr(message, "hunter22"))
            fail_msg("%s: %s", wanted[i].text, message);
    }
}

/* ---- the options around it ---- */

struct opened {
    struct dm_endpoint endpoint;
    enum dm_status status;
    char message[DM_ERROR_LENGTH];
};

static void open_with(struct opened *opened, struct dm_road_options options)
{
    memset(opened, 0, sizeof *opened);
    opened->status = dm_endpoint_open(&options, NULL, &opened->endpoint, opened->message);
}

static void states_the_facts(void **state)
{
    (void)state;
    struct opened opened;
    open_with(&opened, (struct dm_road_options){.server = "osrm:http://me:hunter22@host:1/x/"});
    assert_int_equal(opened.status, DM_OK);
    const struct dm_server_facts *facts = &opened.endpoint.facts;
    assert_string_equal(facts->kind, "osrm");
    assert_string_equal(facts->profile, "driving");
    assert_string_equal(facts->address, "http://host:1/x");
    assert_true(facts->snaps && facts->ignores_profile && facts->cells == 10000);
    dm_endpoint_free(&opened.endpoint);

    open_with(&opened,
              (struct dm_road_options){.server = "valhalla:http://host", .profile = "truck"});
    assert_int_equal(opened.status, DM_OK);
    assert_string_equal(facts->profile, "truck");
    assert_true(!facts->snaps && !facts->ignores_profile && facts->cells == 2500);
    dm_endpoint_free(&opened.endpoint);
}

static void assert_refused(struct dm_road_options options, const char *message)
{
    struct opened opened;
    open_with(&opened, options);
    assert_int_equal(opened.status, DM_USAGE);
    assert_string_equal(opened.message, message);
    dm_endpoint_free(&opened.endpoint);
}

static void refuses_malformed_options(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "", "key", ": x", "a b: x", "key:", "key: ", "key: x\r\nhost: y", "key: \x7f"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        assert_refused((struct dm_road_options){.server = "osrm:http://host", .header = headers[i]},
                       "the header is not \"Name: value\" on one line");
    assert_refused((struct dm_road_options){.server = "osmr:http://host"},
                   "unknown kind of server \"osmr\": did you mean \"osrm\"? "
                   "(available: osrm, valhalla, ors)");
    assert_refused((struct dm_road_options){.server = "google:http://host"},
                   "unknown kind of server \"google\" (available: osrm, valhalla, ors)");
    static const char *const profiles[] = {"", "a\nb", "\xff", "\xe2\x80\xae"};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        assert_refused(
            (struct dm_road_options){.server = "osrm:http://host", .profile = profiles[i]},
            "the profile is empty or has characters that cannot be printed");
}

static void assert_extras_refused(const char *server, const char *const *extras, size_t count,
                                  const char *message)
{
    assert_refused(
        (struct dm_road_options){.server = server, .extras = extras, .extra_count = count},
        message);
}

static void refuses_malformed_extras(void **state)
{
    (void)state;
    static const char wanted[] = ": KEY=VALUE is wanted, in UTF-8, where KEY has letters, digits "
                                 "and _-. only";
    static const char *const malformed[] = {"x", "=x", "a b=x", "a&b=x", "\"=x", "k=\xff"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        struct opened opened;
        open_with(&opened, (struct dm_road_options){.server = "ors:http://host",
                                                    .extras = &malformed[i],
                                                    .extra_count = 1});
        assert_int_equal(opened.status, DM_USAGE);
        assert_non_null(strstr(opened.message, wanted));
        dm_endpoint_free(&opened.endpoint);
    }
    assert_extras_refused("osrm:http://host", (const char *[]){"exclude=toll", "sources=0"}, 2,
                          "extra parameter \"sources\": dmatrix itself writes this one");
    assert_extras_refused("valhalla:http://host", (const char *[]){"costing=bus"}, 1,
                          "extra parameter \"costing\": dmatrix itself writes this one");
    assert_extras_refused("ors:http://host", (const char *[]){"id=1", "id=hunter22"}, 2,
                          "extra parameter \"id\" is given twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_an_address_apart),   cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(states_the_facts),         cmocka_unit_test(refuses_malformed_options),
        cmocka_unit_test(refuses_malformed_extras),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
