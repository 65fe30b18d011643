/* The table of ellipsoids against PROJ's, and those given by numbers. */
#include "testing/testing.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of "a=6378137.0" or "rf=297." where it begins with `key`. */
static bool parameter(const char *text, const char *key, double *value)
{
    size_t length = strlen(key);
    if (strncmp(text, key, length) != 0)
        return false;
    *value = strtod(text + length, NULL);
    return true;
}

static void assert_same(const struct dm_ellipsoid *ellipsoid, const PJ_ELLPS *proj)
{
    double a = 0, b = 0, rf;
    assert_true(parameter(proj->major, "a=", &a));
    assert_true(ellipsoid->a_m == a);
    if (parameter(proj->ell, "rf=", &rf)) {
        assert_true(ellipsoid->rf == rf);
        return;
    }
    assert_true(parameter(proj->ell, "b=", &b));
    assert_true(fabs(a * (1 - dm_flattening(ellipsoid)) - b) <= 2e-9);
}

static const PJ_ELLPS *find_in_proj(const char *name)
{
    for (const PJ_ELLPS *proj = proj_list_ellps(); proj->id; proj++)
        if (strcmp(proj->id, name) == 0)
            return proj;
    return NULL;
}

static void all_are_as_in_proj(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct dm_ellipsoid *ellipsoid = dm_ellipsoids(); ellipsoid->name; ellipsoid++) {
        const PJ_ELLPS *proj = find_in_proj(ellipsoid->name);
        assert_non_null(proj);
        assert_same(ellipsoid, proj);
        assert_true(ellipsoid->summary[0]);
        count++;
    }
    assert_int_equal(count, 46);
}

/* All that PROJ 9.1 has; a newer one may know more. */
static void all_of_proj_are_there(void **state)
{
    (void)state;
    if (PROJ_VERSION_MAJOR > 9 || (PROJ_VERSION_MAJOR == 9 && PROJ_VERSION_MINOR > 1))
        skip();
    for (const PJ_ELLPS *proj = proj_list_ellps(); proj->id; proj++) {
        struct dm_ellipsoid found;
        struct dm_error error;
        if (dm_ellipsoid_find(proj->id, &found, &error) != DM_OK)
            fail_msg("%s", error.message);
        assert_string_equal(found.name, proj->id);
    }
}

static void finds_in_any_case(void **state)
{
    (void)state;
    struct dm_ellipsoid found;
    assert_int_equal(dm_ellipsoid_find("wgs84", &found, NULL), DM_OK);
    assert_string_equal(found.name, dm_ellipsoid_wgs84.name);
    assert_string_equal(found.summary, dm_ellipsoid_wgs84.summary);
    assert_true(found.a_m == dm_ellipsoid_wgs84.a_m && found.rf == dm_ellipsoid_wgs84.rf);
    assert_int_equal(dm_ellipsoid_find("BESSEL", &found, NULL), DM_OK);
    assert_true(found.a_m == 6377397.155);
}

static void takes_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double a_m, rf;
    } given[] = {
        {"6378137,298.257223563", 6378137, 298.257223563},
        {"1737400,0", 1737400, 0},
        {" 3396190 , 169.894447 ", 3396190, 169.894447},
        {"1,50", 1, 50},
        {"1e15,-50", 1e15, -50},
        {"0.5,1e300", 0.5, 1e300},
    };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        struct dm_ellipsoid found;
        assert_int_equal(dm_ellipsoid_find(given[i].text, &found, NULL), DM_OK);
        assert_true(found.a_m == given[i].a_m && found.rf == given[i].rf);
        assert_true(fabs(dm_flattening(&found)) <= 1.0 / 50);
        assert_string_equal(found.name, "A,RF");
    }
}

static void assert_refused(const char *text, const char *message)
{
    struct dm_ellipsoid untouched = dm_ellipsoid_wgs84;
    struct dm_error error;
    assert_int_equal(dm_ellipsoid_find(text, &untouched, &error), DM_USAGE);
    if (!strstr(error.message, message))
        fail_msg("%s", error.message);
    assert_int_equal(error.field, DM_FIELD_ELLIPSOID);
    assert_ptr_equal(untouched.name, dm_ellipsoid_wgs84.name);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    assert_refused("wgs48",
                   "unknown ellipsoid \"wgs48\": did you mean WGS84? (use a name from PROJ, ");
    assert_refused("besel",
                   "unknown ellipsoid \"besel\": did you mean bessel? (use a name from PROJ, ");
    assert_refused("moon", "unknown ellipsoid \"moon\" (use a name from PROJ, ");
    assert_refused("", "unknown ellipsoid \"\" (use a name from PROJ, ");
    static const char *const not_numbers[] = {"6378137,",      ",298",     "6378137;298,1",
                                              "6378137,298,1", "nan,298",  "6378137,inf",
                                              "1e999,298",     "0x10,298", "WGS84,298"};
    for (size_t i = 0; i < sizeof not_numbers / sizeof *not_numbers; i++) {
        char message[128];
        snprintf(message, sizeof message, "ellipsoid \"%s\": expected two numbers", not_numbers[i]);
        assert_refused(not_numbers[i], message);
    }
}

static void refuses_what_is_out_of_bounds(void **state)
{
    (void)state;
    assert_refused("0,298", "ellipsoid \"0,298\": the radius 0 m");
    assert_refused("-1,298", "ellipsoid \"-1,298\": the radius -1 m");
    assert_refused("1.1e15,298", "ellipsoid \"1.1e15,298\": the radius 1.1e+15 m");
    assert_refused("1e-4,298", "ellipsoid \"1e-4,298\": the radius 0.0001 m");
    assert_refused(
        "6378137,49.9",
        "ellipsoid \"6378137,49.9\" is too flat: its reciprocal flattening is 49.9, "
        "but must be 50 or more, -50 or less, or 0 for a sphere (the Earth's is 298.257)");
    assert_refused("6378137,-1", "is too flat: its reciprocal flattening is -1,");
    assert_refused("6378137,0.00335", "is too flat: its reciprocal flattening is 0.00335,");
    assert_refused("6378137,6356752.3",
                   "6356752.3 looks like the polar radius; give the reciprocal "
                   "flattening a / (a - b) instead, here 298.2570");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_as_in_proj),   cmocka_unit_test(all_of_proj_are_there),
        cmocka_unit_test(finds_in_any_case),    cmocka_unit_test(takes_numbers),
        cmocka_unit_test(refuses_what_is_none), cmocka_unit_test(refuses_what_is_out_of_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
