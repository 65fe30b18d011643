#include "load/angle_pair.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DEG "\xC2\xB0"
#define MINUS "\xE2\x88\x92"
#define NBSP "\xC2\xA0"

enum { POINT = '.', COMMA = ',' };

static bool is_near(double value, double wanted)
{
    return fabs(value - wanted) <= 1e-13 * (1 + fabs(wanted));
}

/* Texts for a place, the order that they are parsed in, and if they say it themselves. */
static const struct accepted {
    const char *text;
    char decimal;
    enum dm_pair_order order;
    bool is_explicit;
    double lat, lon;
} accepted[] = {
    {"48.85, 2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85,2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85 2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85\t2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85" NBSP " 2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85;2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {" 48.85 ; 2.35 ", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"48.85/2.35", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"(48.85, 2.35)", POINT, DM_LAT_LON, false, 48.85, 2.35},
    {"[2.35, 48.85]", POINT, DM_LON_LAT, false, 48.85, 2.35},
    {"2.35 48.85", POINT, DM_LON_LAT, false, 48.85, 2.35},
    {"-33.9, -151.2", POINT, DM_LAT_LON, false, -33.9, -151.2},
    {MINUS "33.9 " MINUS "151.2", POINT, DM_LAT_LON, false, -33.9, -151.2},
    {"48.85 -2.35", POINT, DM_LAT_LON, false, 48.85, -2.35},
    {"51.5,-1e-05", POINT, DM_LAT_LON, false, 51.5, -1e-05},
    {"1.8e5 5.3e5", POINT, DM_LAT_LON, false, 1.8e5, 5.3e5},
    {"530000 180000", POINT, DM_LON_LAT, false, 180000, 530000},
    {"1, 2", POINT, DM_LAT_LON, false, 1, 2},
    {"1 2", POINT, DM_LAT_LON, false, 1, 2},
    {"48" DEG ", 2" DEG, POINT, DM_LAT_LON, false, 48, 2},
    {"48" DEG "30'0\" 2" DEG "15'0\"", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48" DEG "30'2" DEG "15'", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48" DEG " 30 2" DEG " 15", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48 30' 2 15'", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48" DEG ", 2" DEG "15'", POINT, DM_LAT_LON, false, 48, 2.25},
    {"48:30:00 2:15:00", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48:30, 2:15:00", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48 30 0, 2 15 0", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48 30, 2 15", POINT, DM_LAT_LON, false, 48.5, 2.25},
    {"48 30 0 2 15 0", POINT, DM_LAT_LON, false, 48.5, 2.25},

    {"48" DEG "30'0\"N 2" DEG "15'0\"E", POINT, DM_LON_LAT, true, 48.5, 2.25},
    {"48" DEG "30'0\"N2" DEG "15'0\"E", POINT, DM_LON_LAT, true, 48.5, 2.25},
    {"48" DEG "30'0\"N, 2" DEG "15'0\"W", POINT, DM_LON_LAT, true, 48.5, -2.25},
    {"N48.85 E2.35", POINT, DM_LON_LAT, true, 48.85, 2.35},
    {"N48.85E2.35", POINT, DM_LON_LAT, true, 48.85, 2.35},
    {"48.85N2.35E", POINT, DM_LON_LAT, true, 48.85, 2.35},
    {"2.35E 48.85N", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"2.35e48.85n", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"N 48 30 0 E 2 15 0", POINT, DM_LON_LAT, true, 48.5, 2.25},
    {"48 30 0 N 2 15 0 E", POINT, DM_LON_LAT, true, 48.5, 2.25},
    {"48 N 2 15 E", POINT, DM_LON_LAT, true, 48, 2.25},
    {"33 30 S 151 15 E", POINT, DM_LON_LAT, true, -33.5, 151.25},
    {"23 30m 0s N 23 15m 0s E", POINT, DM_LON_LAT, true, 23.5, 23.25},
    {"N 39" DEG "30' 0'' / W 74" DEG "45' 0''", POINT, DM_LON_LAT, true, 39.5, -74.75},
    {"4230N00131W", POINT, DM_LON_LAT, true, 42.5, -(1 + 31 / 60.0)},
    {"4807.038N,01131.000E", POINT, DM_LON_LAT, true, 48.1173, 11 + 31 / 60.0},
    {"48.85 Nord, 2.35 Ost", POINT, DM_LON_LAT, true, 48.85, 2.35},
    {"48.85 Nord 2.35 Ouest", POINT, DM_LON_LAT, true, 48.85, -2.35},

    {"48,85; 2,35", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"48,85 2,35", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"48,85, 2,35", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"48,85,2,35", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"48,85/2,35", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"(48,85; 2,35)", COMMA, DM_LAT_LON, false, 48.85, 2.35},
    {"48, 2", COMMA, DM_LAT_LON, false, 48, 2},
    {"48,85N 2,35E", COMMA, DM_LON_LAT, true, 48.85, 2.35},
    {"48,85N,2,35E", COMMA, DM_LON_LAT, true, 48.85, 2.35},
    {"48" DEG "30,0'N, 2" DEG "15,0'E", COMMA, DM_LON_LAT, true, 48.5, 2.25},

    {"POINT(2.35 48.85)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINT (2.35 48.85)", COMMA, DM_LAT_LON, true, 48.85, 2.35},
    {" point ( 2.35  48.85 ) ", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINT(-1e-05 51.5)", POINT, DM_LAT_LON, true, 51.5, -1e-05},
    {"POINT Z (2.35 48.85 35)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINTZ(2.35 48.85 35)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINT ZM (2.35 48.85 35 7)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINT(2.35 48.85 35)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"POINT(530000 180000)", POINT, DM_LAT_LON, true, 180000, 530000},
    {"SRID=4326;POINT(2.35 48.85)", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"{\"type\":\"Point\",\"coordinates\":[2.35,48.85]}", POINT, DM_LAT_LON, true, 48.85, 2.35},
    {"{ \"coordinates\" : [ 2.35 , 48.85, 35.0 ], \"type\" : \"Point\" }", COMMA, DM_LAT_LON, true,
     48.85, 2.35},
    {"geo:48.85,2.35", COMMA, DM_LON_LAT, true, 48.85, 2.35},
    {"geo:48.85,-2.35,35;crs=wgs84;u=10", POINT, DM_LON_LAT, true, 48.85, -2.35},
    {"+48.85+002.35/", POINT, DM_LON_LAT, true, 48.85, 2.35},
    {"+48.85+002.35/", COMMA, DM_LON_LAT, true, 48.85, 2.35},
    {"+48,85-002,35/", POINT, DM_LON_LAT, true, 48.85, -2.35},
    {"+27.5916+086.5640+8850/", POINT, DM_LON_LAT, true, 27.5916, 86.5640},
    {"-3352+15113", POINT, DM_LON_LAT, true, -(33 + 52 / 60.0), 151 + 13 / 60.0},
    {"+513030-0000731", POINT, DM_LON_LAT, true, 51 + 30 / 60.0 + 30 / 3600.0,
     -(7 / 60.0 + 31 / 3600.0)},
    {"-33.9-151.2", POINT, DM_LON_LAT, true, -33.9, -151.2},
};

static void parses_each_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(accepted); i++) {
        const struct accepted *it = &accepted[i];
        double lat = -999, lon = -999;
        bool is_explicit = !it->is_explicit;
        enum dm_angle_fault fault = dm_angle_parse_pair(it->text, strlen(it->text), it->order,
                                                        it->decimal, &lat, &lon, &is_explicit);
        if (fault != DM_ANGLE_OK || !is_near(lat, it->lat) || !is_near(lon, it->lon) ||
            is_explicit != it->is_explicit)
            fail_msg("\"%s\" %s: %.17g, %.17g, explicit %d", it->text, dm_angle_fault_text(fault),
                     lat, lon, is_explicit);
    }
}

static const struct refused {
    const char *text;
    char decimal;
    enum dm_angle_fault fault;
} refused[] = {
    {"", POINT, DM_ANGLE_EMPTY},
    {" \t", POINT, DM_ANGLE_EMPTY},
    {"POINT EMPTY", POINT, DM_ANGLE_EMPTY},
    {"48.85", POINT, DM_ANGLE_SYNTAX},
    {"4885", POINT, DM_ANGLE_SYNTAX},
    {"Paris", POINT, DM_ANGLE_SYNTAX},
    {"Paris, France", POINT, DM_ANGLE_SYNTAX},
    {"75 5th Avenue, NYC, USA", POINT, DM_ANGLE_SYNTAX},
    {"48.85,", POINT, DM_ANGLE_SYNTAX},
    {",2.35", POINT, DM_ANGLE_SYNTAX},
    {"48.85,,2.35", POINT, DM_ANGLE_SYNTAX},
    {"48.85, 2.35, 35", POINT, DM_ANGLE_SYNTAX},
    {"(48.85, 2.35", POINT, DM_ANGLE_SYNTAX},
    {"(48.85, 2.35]", POINT, DM_ANGLE_SYNTAX},
    {"((48.85, 2.35))", POINT, DM_ANGLE_SYNTAX},
    {"()", POINT, DM_ANGLE_SYNTAX},
    {"48.85-2.35", POINT, DM_ANGLE_SYNTAX}, /* a dash or a sign */
    {"48.85" MINUS "2.35", POINT, DM_ANGLE_SYNTAX},
    {"48.85NE2.35", POINT, DM_ANGLE_SYNTAX},
    {"48.85 - 2.35", POINT, DM_ANGLE_SYNTAX},
    {"48,85 2,35", POINT, DM_ANGLE_DECIMAL_MARK},
    {"48,85; 2,35", POINT, DM_ANGLE_DECIMAL_MARK},
    {"48.85, 2.35", COMMA, DM_ANGLE_DECIMAL_MARK},
    {"48,2", COMMA, DM_ANGLE_DECIMAL_MARK}, /* one number, or two whole ones with points */
    {"48,85,2", COMMA, DM_ANGLE_AMBIGUOUS_PAIR},
    {"48,5 2", POINT, DM_ANGLE_AMBIGUOUS_PAIR},
    {"48 51 24", POINT, DM_ANGLE_AMBIGUOUS_PAIR},
    {"48 51 2 21", POINT, DM_ANGLE_AMBIGUOUS_PAIR},
    {"48 51 24 2 21", POINT, DM_ANGLE_AMBIGUOUS_PAIR},
    {"N 48 51 2 21 E", POINT, DM_ANGLE_AMBIGUOUS_PAIR},
    {"48N 2", POINT, DM_ANGLE_ONE_LETTER},
    {"N48.85, 2.35", POINT, DM_ANGLE_ONE_LETTER},
    {"48.85N, 2.35N", POINT, DM_ANGLE_SAME_AXIS},
    {"E 48.85 W 2.35", POINT, DM_ANGLE_SAME_AXIS},
    {"48.85N 2.35O", POINT, DM_ANGLE_AMBIGUOUS_O},
    {"-33.9S, 151.2E", POINT, DM_ANGLE_SIGN_AND_LETTER},
    {"48" DEG "75'N 2" DEG "21'E", POINT, DM_ANGLE_TOO_MANY_MINUTES},
    {"48.5" DEG "30'N 2" DEG "21'E", POINT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"4230N0131E", POINT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"+48.85+2.35/", POINT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"-122.4+037.8/", POINT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"+4875+00221/", POINT, DM_ANGLE_TOO_MANY_MINUTES},
    {"+48.85+002.35+35+1/", POINT, DM_ANGLE_SYNTAX},
    {"SRID=27700;POINT(530000 180000)", POINT, DM_ANGLE_OTHER_SRID},
    {"SRID=43260;POINT(2.35 48.85)", POINT, DM_ANGLE_OTHER_SRID},
    {"SRID=4326", POINT, DM_ANGLE_SYNTAX},
    {"POINT(2.35, 48.85)", POINT, DM_ANGLE_SYNTAX},
    {"POINT(2.35)", POINT, DM_ANGLE_SYNTAX},
    {"POINT(1 2 3 4 5)", POINT, DM_ANGLE_SYNTAX},
    {"POINT Z (2.35 48.85)", POINT, DM_ANGLE_SYNTAX},
    {"POINT(2.35 48.85", POINT, DM_ANGLE_SYNTAX},
    {"POINT(2.35 48.85) x", POINT, DM_ANGLE_SYNTAX},
    {"POINT(nan nan)", POINT, DM_ANGLE_SYNTAX},
    {"LINESTRING(1 2, 3 4)", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"LineString\",\"coordinates\":[2.35,48.85]}", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"Point\",\"coordinates\":[2.35]}", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"Point\"}", POINT, DM_ANGLE_SYNTAX},
    {"{\"coordinates\":[2.35,48.85]}", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"Point\",\"coordinates\":[2.35,48.85]", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"Point\",\"coordinates\":[2.35,48.85],\"crs\":7}", POINT, DM_ANGLE_SYNTAX},
    {"{\"type\":\"Point\",\"coordinates\":[1,2],\"coordinates\":[3,4]}", POINT, DM_ANGLE_SYNTAX},
    {"geo:48.85", POINT, DM_ANGLE_SYNTAX},
    {"geo:48.85,2.35;crs=nad27", POINT, DM_ANGLE_SYNTAX},
    {"geo:48.85,2.35;crs=wgs84x", POINT, DM_ANGLE_SYNTAX},
};

static void refuses_everything_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        const struct refused *it = &refused[i];
        double lat = -999, lon = -999;
        bool is_explicit = true;
        enum dm_angle_fault fault = dm_angle_parse_pair(it->text, strlen(it->text), DM_LAT_LON,
                                                        it->decimal, &lat, &lon, &is_explicit);
        if (fault != it->fault || lat != -999 || lon != -999 || !is_explicit)
            fail_msg("\"%s\" %s: %.17g, %.17g; expected that it %s", it->text,
                     dm_angle_fault_text(fault), lat, lon, dm_angle_fault_text(it->fault));
    }
}

static void refuses_long_texts(void **state)
{
    (void)state;
    char text[1024];
    memset(text, ' ', sizeof text);
    memcpy(text, "1,", 2);
    text[199] = '2';
    double lat, lon;
    bool is_explicit;
    assert_int_equal(dm_angle_parse_pair(text, 1024, DM_LAT_LON, '.', &lat, &lon, &is_explicit),
                     DM_ANGLE_OK);
    text[200] = '2';
    assert_int_equal(dm_angle_parse_pair(text, 1024, DM_LAT_LON, '.', &lat, &lon, &is_explicit),
                     DM_ANGLE_SYNTAX);
}

/* Both orders of plain numbers, to the last bit. */
static void parses_what_it_formats(void **state)
{
    (void)state;
    static const char *const parts[][3] = {
        {"", ",", ""}, {"", ", ", ""}, {"", " ", ""}, {"(", ";", ")"}, {"POINT(", " ", ")"}};
    struct random random = {20261128};
    for (int i = 0; i < 50000; i++) {
        char text[128];
        double a = random_between(&random, -180, 180), b = random_between(&random, -1e-4, 1e-4);
        double lat = -999, lon = -999;
        bool is_explicit, is_wkt = i % 5 == 4;
        const char *const *part = parts[i % 5];
        snprintf(text, sizeof text, "%s%.17g%s%.17g%s", part[0], a, part[1], b, part[2]);
        enum dm_pair_order order = i & 8 ? DM_LAT_LON : DM_LON_LAT;
        assert_int_equal(
            dm_angle_parse_pair(text, strlen(text), order, '.', &lat, &lon, &is_explicit),
            DM_ANGLE_OK);
        bool lat_first = order == DM_LAT_LON && !is_wkt;
        assert_int_equal(is_explicit, is_wkt);
        if (lat != (lat_first ? a : b) || lon != (lat_first ? b : a))
            fail_msg("\"%s\" was read as %.17g, %.17g", text, lat, lon);
    }
}

static const char *const pieces[] = {
    "48",
    "2",
    "2.35",
    "48,85",
    ".",
    ",",
    ";",
    " ",
    NBSP,
    "/",
    "-",
    "+",
    DEG,
    "'",
    "\"",
    ":",
    "N",
    "s",
    "E",
    "w",
    "o",
    "d",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "Z",
    "POINT(",
    "SRID=",
    "4326;",
    "geo:",
    "+48",
    "e-5",
    "\xC2",
    "\xE2",
    "\xB0",
    "\"type\":\"Point\"",
    "\"coordinates\":[",
    "crs=wgs84",
    "00221",
};

static void survives_any_bytes(void **state)
{
    (void)state;
    struct random random = {20261129};
    for (int i = 0; i < 100000; i++) {
        char text[256];
        size_t length = 0;
        for (uint64_t left = random_below(&random, 12); left > 0; left--) {
            const char *piece = pieces[random_below(&random, COUNT(pieces))];
            char byte = (char)random_below(&random, 256);
            bool is_random = random_below(&random, 16) == 0;
            size_t size = is_random ? 1 : strlen(piece);
            memcpy(text + length, is_random ? &byte : piece, size);
            length += size;
        }
        char *exact = malloc(length + (length == 0)); /* a sanitizer sees any read beyond */
        assert_non_null(exact);
        memcpy(exact, text, length);
        double lat = -999, lon = -999;
        bool is_explicit;
        enum dm_angle_fault fault = dm_angle_parse_pair(
            exact, length, DM_LAT_LON, i & 1 ? '.' : ',', &lat, &lon, &is_explicit);
        assert_true(fault == DM_ANGLE_OK ? isfinite(lat) && isfinite(lon)
                                         : lat == -999 && lon == -999);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_each_form),   cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(refuses_long_texts), cmocka_unit_test(parses_what_it_formats),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
