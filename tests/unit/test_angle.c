#include "load/angle.h"
#include "testing/testing.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DEG "\xC2\xB0"
#define ORDINAL "\xC2\xBA"
#define RING "\xCB\x9A"
#define PRIME "\xE2\x80\xB2"
#define DOUBLE_PRIME "\xE2\x80\xB3"
#define ACUTE "\xC2\xB4"
#define LEFT "\xE2\x80\x98"
#define RIGHT "\xE2\x80\x99"
#define LEFT2 "\xE2\x80\x9C"
#define RIGHT2 "\xE2\x80\x9D"
#define MINUS "\xE2\x88\x92"
#define EN_DASH "\xE2\x80\x93"
#define NBSP "\xC2\xA0"
#define THIN "\xE2\x80\x89"
#define NARROW "\xE2\x80\xAF"

#define LAT DM_AXIS_LAT
#define LON DM_AXIS_LON

/* Return true if the value is within one unit in its last place of the wanted one. */
static bool is_close(double value, long double wanted)
{
    double next = nextafter(fabs(value), INFINITY);
    return fabsl((long double)value - wanted) <= (long double)(next - fabs(value));
}

static void assert_parses(const char *text, enum dm_axis axis, char decimal, long double wanted)
{
    double deg = -999;
    enum dm_angle_fault fault = dm_angle_parse(text, strlen(text), axis, decimal, &deg);
    if (fault != DM_ANGLE_OK || !is_close(deg, wanted) ||
        !!signbit(deg) != !!signbit((double)wanted))
        fail_msg("\"%s\": %s, %.17g, wanted %.17Lg", text, dm_angle_fault_text(fault), deg, wanted);
}

/* A text and its degrees, minutes and seconds; all of them are negative if the place is south or
 * west. */
struct accepted {
    const char *text;
    enum dm_axis axis;
    long double d, m, s;
};

static const struct accepted decimals[] = {
    {"48.85", LAT, 48.85L, 0, 0},
    {" 48.85 ", LAT, 48.85L, 0, 0},
    {"+48.85", LAT, 48.85L, 0, 0},
    {"-33.9", LAT, -33.9L, 0, 0},
    {MINUS "33.9", LAT, -33.9L, 0, 0},
    {EN_DASH "33.9", LAT, -33.9L, 0, 0},
    {".5", LAT, .5L, 0, 0},
    {"5.", LAT, 5, 0, 0},
    {"1.5e-05", LAT, 1.5e-05L, 0, 0},
    {"530000", LON, 530000, 0, 0}, /* planar */
    {"4807.038", LAT, 4807.038L, 0, 0},
    {"48.85" DEG, LAT, 48.85L, 0, 0},
    {"48.85 " DEG, LAT, 48.85L, 0, 0},
    {"48.85" ORDINAL, LAT, 48.85L, 0, 0},
    {"48.85" RING, LAT, 48.85L, 0, 0},
    {"48.85\xB0", LAT, 48.85L, 0, 0}, /* Latin-1 */
    {"48.85d", LAT, 48.85L, 0, 0},
    {"48.85 deg", LAT, 48.85L, 0, 0},
    {"48.85 Degrees", LAT, 48.85L, 0, 0},
    {"-48.85" DEG, LAT, -48.85L, 0, 0},
    {NBSP "48.85" THIN DEG NARROW "N\t", LAT, 48.85L, 0, 0},
    {"N48.85", LAT, 48.85L, 0, 0},
    {"48.85N", LAT, 48.85L, 0, 0},
    {"48.85 n", LAT, 48.85L, 0, 0},
    {"33.9s", LAT, -33.9L, 0, 0},
    {"33.9 S", LAT, -33.9L, 0, 0},
    {"s33.9", LAT, -33.9L, 0, 0},
    {"33.9" DEG "s", LAT, -33.9L, 0, 0},
    {"33.9dS", LAT, -33.9L, 0, 0},
    {"33.9degS", LAT, -33.9L, 0, 0},
    {"2.35E", LON, 2.35L, 0, 0},
    {"2.35 e", LON, 2.35L, 0, 0},
    {"2.35w", LON, -2.35L, 0, 0},
    {"W 2.35", LON, -2.35L, 0, 0},
    {"2.35 West", LON, -2.35L, 0, 0},
    {"north 48.85", LAT, 48.85L, 0, 0},
    {"48.85dest", LON, 48.85L, 0, 0}, /* d, est */
};

static const struct accepted sexagesimal[] = {
    {"48" DEG "51'24\"N", LAT, 48, 51, 24},
    {"48" DEG "51'24\"", LAT, 48, 51, 24},
    {"48" DEG " 51' 24\" N", LAT, 48, 51, 24},
    {"48" ORDINAL "51" PRIME "24" DOUBLE_PRIME "N", LAT, 48, 51, 24},
    {"48" RING "51" RIGHT "24" RIGHT2 "N", LAT, 48, 51, 24},
    {"48\xB0"
     "51'24\"N",
     LAT, 48, 51, 24},
    {"48" DEG "51" LEFT "24" LEFT2, LAT, 48, 51, 24},
    {"48" DEG "51" ACUTE "24''", LAT, 48, 51, 24},
    {"48" DEG "51`24" PRIME PRIME, LAT, 48, 51, 24},
    {"48" DEG "51'24" RIGHT RIGHT "N", LAT, 48, 51, 24},
    {"-33" DEG "51'24\"", LAT, -33, -51, -24},
    {MINUS "33" DEG "51'24\"", LAT, -33, -51, -24},
    {"-0" DEG "30'", LAT, -0.0L, -30, 0},
    {"0" DEG "30'S", LAT, -0.0L, -30, 0},
    {"48:51:24", LAT, 48, 51, 24},
    {"48:51:24.5 N", LAT, 48, 51, 24.5L},
    {"W 2:21", LON, -2, -21, 0},
    {"48 51 24 N", LAT, 48, 51, 24},
    {"N 48 51 24", LAT, 48, 51, 24},
    {"48 51 24", LAT, 48, 51, 24},
    {"48 51.4 N", LAT, 48, 51.4L, 0},
    {"48" NBSP "51" NARROW "24" THIN "N", LAT, 48, 51, 24},
    {"48\t51\t24\tN", LAT, 48, 51, 24},
    {"48" DEG "51.4'", LAT, 48, 51.4L, 0},
    {"48" DEG " 51.4", LAT, 48, 51.4L, 0},
    {"48" DEG "51'24.125", LAT, 48, 51, 24.125L},
    {"48d51m24s", LAT, 48, 51, 24},
    {"48D51M24S", LAT, 48, 51, 24},
    {"48d51m24sN", LAT, 48, 51, 24},
    {"48d51m24sS", LAT, -48, -51, -24},
    {"48d51m24s s", LAT, -48, -51, -24},
    {"48d 51m 24s S", LAT, -48, -51, -24},
    {"48d51m24SE", LON, 48, 51, 24},
    {"S48d51m24s", LAT, -48, -51, -24},
    {"48d51m24sec", LAT, 48, 51, 24},
    {"48deg 51min 24sec North", LAT, 48, 51, 24},
    {"48 degrees 51 minutes 24 seconds south", LAT, -48, -51, -24},
    {"48deg51minS", LAT, -48, -51, 0},
    {"48d51'24\"S", LAT, -48, -51, -24},
    {"48d51's", LAT, -48, -51, 0},
    {"48d51'24S", LAT, -48, -51, -24}, /* PROJ writes so */
    {"48d51S", LAT, -48, -51, 0},
    {"48" DEG "51'24S", LAT, -48, -51, -24},
    {"48 51 24s", LAT, -48, -51, -24},
    {"48:51:24s", LAT, -48, -51, -24},
    {"N 48 51 24s", LAT, 48, 51, 24}, /* seconds, as N is there already */
    {"23 26m 22s N", LAT, 23, 26, 22},
    {"23 26m 22s", LAT, 23, 26, 22},
    {"3 26' 22\" N", LAT, 3, 26, 22},
    {"0" DEG "1'24.95\"W", LON, -0.0L, -1, -24.95L},
    {"002" DEG "21'08\"E", LON, 2, 21, 8},
};

/* The legal texts of GeographicLib's DMS::Decode(), but for sums and a sign behind a letter. */
static const struct accepted decode[] = {
    {"-20.51125", LAT, -20.51125L, 0, 0},
    {"20d30'40.5\"S", LAT, -20, -30, -40.5L},
    {"-20" DEG "30'40.5", LAT, -20, -30, -40.5L},
    {"-20d30.675", LAT, -20, -30.675L, 0},
    {"-20:30:40.5", LAT, -20, -30, -40.5L},
    {"4d0'9", LAT, 4, 0, 9},
    {"4d9\"", LAT, 4, 0, 9},
    {"4d9''", LAT, 4, 0, 9},
    {"4:0:9", LAT, 4, 0, 9},
    {"004:00:09", LAT, 4, 0, 9},
    {"4.0025", LAT, 4.0025L, 0, 0},
    {"4.0025d", LAT, 4.0025L, 0, 0},
    {"4d0.15", LAT, 4, .15L, 0},
    {"04:.15", LAT, 4, .15L, 0},
    {"4:59.99999999999999", LAT, 4, 59.99999999999999L, 0},
    {"4:59:59.9999999999999", LAT, 4, 59, 59.9999999999999L},
    {"5", LAT, 5, 0, 0},
};

static const struct accepted packed[] = {
    {"4230N", LAT, 42, 30, 0},
    {"N4230", LAT, 42, 30, 0},
    {"4230 N", LAT, 42, 30, 0},
    {"4230.5S", LAT, -42, -30.5L, 0},
    {"423015N", LAT, 42, 30, 15},
    {"423015.25N", LAT, 42, 30, 15.25L},
    {"0030S", LAT, -0.0L, -30, 0},
    {"00131E", LON, 1, 31, 0},
    {"W00131", LON, -1, -31, 0},
    {"0013108W", LON, -1, -31, -8},
    {"4807.038N", LAT, 48, 7.038L, 0},
    {"01131.000E", LON, 11, 31, 0},
    {"48N", LAT, 48, 0, 0},
    {"8.5N", LAT, 8.5L, 0, 0},
    {".5N", LAT, .5L, 0, 0},
    {"131E", LON, 131, 0, 0},
    {"13.1E", LON, 13.1L, 0, 0},
};

static const struct accepted words[] = {
    {"1 Nord", LAT, 1, 0, 0},
    {"1 Norte", LAT, 1, 0, 0},
    {"1 Noord", LAT, 1, 0, 0},
    {"1 NORTH", LAT, 1, 0, 0},
    {"1 South", LAT, -1, 0, 0},
    {"1 Sud", LAT, -1, 0, 0},
    {"1 Sur", LAT, -1, 0, 0},
    {"1 S\xC3\xBC"
     "d",
     LAT, -1, 0, 0},
    {"1 S\xC3\x9C"
     "D",
     LAT, -1, 0, 0},
    {"1 Sul", LAT, -1, 0, 0},
    {"1 Zuid", LAT, -1, 0, 0},
    {"1 East", LON, 1, 0, 0},
    {"1 Est", LON, 1, 0, 0},
    {"1 Este", LON, 1, 0, 0},
    {"1 Leste", LON, 1, 0, 0},
    {"1 Ost", LON, 1, 0, 0},
    {"1 Oost", LON, 1, 0, 0},
    {"1 West", LON, -1, 0, 0},
    {"1 Ouest", LON, -1, 0, 0},
    {"1 Ovest", LON, -1, 0, 0},
    {"1 oeste", LON, -1, 0, 0},
    {"Ouest 1", LON, -1, 0, 0},
};

static void assert_all_parse(const struct accepted *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct accepted *it = &texts[i];
        long double wanted = (it->d * 3600 + it->m * 60 + it->s) / 3600;
        assert_parses(it->text, it->axis, '.', wanted);
    }
}

static void parses_each_form(void **state)
{
    (void)state;
    assert_all_parse(decimals, COUNT(decimals));
    assert_all_parse(sexagesimal, COUNT(sexagesimal));
    assert_all_parse(decode, COUNT(decode));
    assert_all_parse(packed, COUNT(packed));
    assert_all_parse(words, COUNT(words));
    assert_parses("0S", LAT, '.', -0.0L);
}

static void parses_a_decimal_comma(void **state)
{
    (void)state;
    assert_parses("48,85", LAT, ',', 48.85L);
    assert_parses("-1,5e-5", LAT, ',', -1.5e-5L);
    assert_parses("48" DEG "51,4'", LAT, ',', 48 + 51.4L / 60);
    assert_parses("48 51 24,5 S", LAT, ',', -(48 * 3600 + 51 * 60 + 24.5L) / 3600);
    assert_parses("4807,038N", LAT, ',', 48 + 7.038L / 60);
    assert_parses("48", LAT, ',', 48);
}

struct refused {
    const char *text;
    enum dm_axis axis;
    enum dm_angle_fault fault;
};

static const struct refused refused[] = {
    {"", LAT, DM_ANGLE_EMPTY},
    {" \t" NBSP, LAT, DM_ANGLE_EMPTY},
    {"Paris", LAT, DM_ANGLE_SYNTAX},
    {"N", LAT, DM_ANGLE_SYNTAX},
    {"-", LAT, DM_ANGLE_SYNTAX},
    {".", LAT, DM_ANGLE_SYNTAX},
    {DEG, LAT, DM_ANGLE_SYNTAX},
    {"nan", LAT, DM_ANGLE_SYNTAX},
    {"inf", LAT, DM_ANGLE_SYNTAX},
    {"1e999", LAT, DM_ANGLE_SYNTAX},
    {"- 33.9", LAT, DM_ANGLE_SYNTAX},
    {"--33.9", LAT, DM_ANGLE_SYNTAX},
    {"33.9-", LAT, DM_ANGLE_SYNTAX},
    {"48-51-24", LAT, DM_ANGLE_SYNTAX},
    {"48.85.1", LAT, DM_ANGLE_SYNTAX},
    {"48" DEG DEG, LAT, DM_ANGLE_SYNTAX},
    {"48" DEG "51'24\"5", LAT, DM_ANGLE_SYNTAX},
    {"48 51 24 10", LAT, DM_ANGLE_SYNTAX},
    {"48:51 24", LAT, DM_ANGLE_SYNTAX},
    {"48:51'24\"", LAT, DM_ANGLE_SYNTAX},
    {"48" DEG "51:24", LAT, DM_ANGLE_SYNTAX},
    {"51'24\"N", LAT, DM_ANGLE_SYNTAX},
    {"5'30\"", LAT, DM_ANGLE_SYNTAX}, /* may be feet and inches */
    {"12m", LAT, DM_ANGLE_SYNTAX},
    {"12min", LAT, DM_ANGLE_SYNTAX},
    {"12sec", LAT, DM_ANGLE_SYNTAX},
    {"33.9SW", LAT, DM_ANGLE_SYNTAX},
    {"33.9sE", LON, DM_ANGLE_SYNTAX},
    {"N48.85N", LAT, DM_ANGLE_SYNTAX},
    {"N48.85E", LAT, DM_ANGLE_SYNTAX},
    {"48.85Z", LAT, DM_ANGLE_SYNTAX},
    {"48.85 Northern", LAT, DM_ANGLE_SYNTAX},
    {"48\xC2", LAT, DM_ANGLE_SYNTAX},
    {"48.85, 2.35", LAT, DM_ANGLE_SYNTAX},
    {"48,85", LAT, DM_ANGLE_DECIMAL_MARK},
    {"48" DEG "51,4'N", LAT, DM_ANGLE_DECIMAL_MARK},
    {"48" DEG "60'", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"48" DEG "59'60\"", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"48 75 N", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"4875N", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"480061N", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"48.5" DEG " 30'", LAT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"48.85 2.35", LAT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"48.0 2.5", LAT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"48" DEG "30.5'10\"", LAT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"48.85E", LAT, DM_ANGLE_WRONG_AXIS},
    {"2.35 S", LON, DM_ANGLE_WRONG_AXIS},
    {"48" DEG "51'24\" Ouest", LAT, DM_ANGLE_WRONG_AXIS},
    {"-33.9S", LAT, DM_ANGLE_SIGN_AND_LETTER},
    {"+48.85N", LAT, DM_ANGLE_SIGN_AND_LETTER},
    {"N-20d30'40.5\"", LAT, DM_ANGLE_SIGN_AND_LETTER},
    {"W" MINUS "2.35", LON, DM_ANGLE_SIGN_AND_LETTER},
    {"2.35O", LON, DM_ANGLE_AMBIGUOUS_O},
    {"o 2 21 8", LON, DM_ANGLE_AMBIGUOUS_O},
    {"2d21m8sO", LON, DM_ANGLE_AMBIGUOUS_O},
    {"48" DEG "51'24s", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"48d51'24s", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"48d51m24S", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"48D51M24s", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"4d9s", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"48D51S", LAT, DM_ANGLE_AMBIGUOUS_S},
    {"123N", LAT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"048.5N", LAT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"12345N", LAT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"1234567N", LAT, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"0131E", LON, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"001310E", LON, DM_ANGLE_AMBIGUOUS_DIGITS},
    {"4807.038W", LON, DM_ANGLE_AMBIGUOUS_DIGITS},
};

/* The illegal texts of GeographicLib's DMS::Decode(), and legal ones that are sums or have 60
 * minutes. */
static const struct refused decode_refused[] = {
    {"4d5\"4'", LAT, DM_ANGLE_SYNTAX},
    {"4::5", LAT, DM_ANGLE_SYNTAX},
    {"4:5:", LAT, DM_ANGLE_SYNTAX},
    {":4:5", LAT, DM_ANGLE_SYNTAX},
    {"4d4.5'4\"", LAT, DM_ANGLE_FRACTION_BEFORE_MINUTES},
    {"-N20.5", LAT, DM_ANGLE_SYNTAX},
    {"1.8e2d", LAT, DM_ANGLE_SYNTAX},
    {"4:60", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"4:59:60", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"4:60.0", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"4:59:60.0", LAT, DM_ANGLE_TOO_MANY_MINUTES},
    {"70:01:15W+0:0.5", LON, DM_ANGLE_SYNTAX},
    {"70:01:15W+0:0:15N", LON, DM_ANGLE_SYNTAX},
    {"S3-2.5+4.1N", LAT, DM_ANGLE_SYNTAX},
};

static void assert_all_fail(const struct refused *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct refused *it = &texts[i];
        double deg = -999;
        enum dm_angle_fault fault = dm_angle_parse(it->text, strlen(it->text), it->axis, '.', &deg);
        if (fault != it->fault || deg != -999)
            fail_msg("\"%s\" %s: %.17g; expected that it %s", it->text, dm_angle_fault_text(fault),
                     deg, dm_angle_fault_text(it->fault));
    }
}

static void refuses_everything_else(void **state)
{
    (void)state;
    assert_all_fail(refused, COUNT(refused));
    assert_all_fail(decode_refused, COUNT(decode_refused));
    double deg = -999;
    assert_int_equal(dm_angle_parse("48.85", 5, LAT, ',', &deg), DM_ANGLE_DECIMAL_MARK);
    assert_int_equal(dm_angle_parse("48,85,2", 7, LAT, ',', &deg), DM_ANGLE_SYNTAX);
    assert_int_equal(dm_angle_parse("48,", 3, LAT, ',', &deg), DM_ANGLE_SYNTAX);
    assert_int_equal(dm_angle_parse(",5", 2, LAT, ',', &deg), DM_ANGLE_SYNTAX);
    assert_int_equal(dm_angle_parse("48\0N", 4, LAT, '.', &deg), DM_ANGLE_SYNTAX);
    assert_true(deg == -999);
}

static void names_every_fault(void **state)
{
    (void)state;
    for (int fault = DM_ANGLE_OK; fault <= DM_ANGLE_OTHER_SRID; fault++)
        assert_non_null(dm_angle_fault_text((enum dm_angle_fault)fault));
}

static void refuses_numbers_that_are_too_long(void **state)
{
    (void)state;
    char text[80];
    double deg;
    memset(text, '0', sizeof text);
    assert_int_equal(dm_angle_parse(text, 60, LAT, '.', &deg), DM_ANGLE_OK);
    assert_int_equal(dm_angle_parse(text, 61, LAT, '.', &deg), DM_ANGLE_SYNTAX);
}

static struct dm_angle_field field(const char *text)
{
    return (struct dm_angle_field){text, text ? strlen(text) : 0};
}

static const struct columns {
    const char *degrees, *minutes, *seconds, *hemisphere;
    enum dm_axis axis;
    char decimal;
    enum dm_angle_fault fault;
    long double wanted;
} columns[] = {
    {"48", "51", "24", "N", LAT, '.', DM_ANGLE_OK, 48.85666666666666666667L},
    {"48", "51", "24", "s", LAT, '.', DM_ANGLE_OK, -48.85666666666666666667L},
    {"2", "21", NULL, "West", LON, '.', DM_ANGLE_OK, -2.35L},
    {" 2 ", " 21.0", "", "O", LON, '.', DM_ANGLE_AMBIGUOUS_O, 0},
    {"-2", "21", "0", NULL, LON, '.', DM_ANGLE_OK, -2.35L},
    {"-0", "30", "", "", LAT, '.', DM_ANGLE_OK, -.5L},
    {"48.0", "51.0", "24.0", " N ", LAT, '.', DM_ANGLE_OK, 48.85666666666666666667L},
    {"48,0", "51,00", "24,0", "N", LAT, ',', DM_ANGLE_OK, 48.85666666666666666667L},
    {"48", "51,4", NULL, "N", LAT, ',', DM_ANGLE_OK, 48.85666666666666666667L},
    {"48,0", "51,0", "24,0", "N", LAT, '.', DM_ANGLE_DECIMAL_MARK, 0},
    {"33.9", NULL, NULL, "S", LAT, '.', DM_ANGLE_OK, -33.9L},
    {"4807.038", NULL, NULL, "N", LAT, '.', DM_ANGLE_OK, 48.1173L},
    {"01131.000", NULL, NULL, "E", LON, '.', DM_ANGLE_OK, 11.51666666666666666667L},
    {"1131.000", NULL, NULL, "E", LON, '.', DM_ANGLE_AMBIGUOUS_DIGITS, 0},
    {"48" DEG "51'24\"N", "", "", "", LAT, '.', DM_ANGLE_OK, 48.85666666666666666667L},
    {"48" DEG "51'24\"", "", "", "N", LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48N", "51", "24", NULL, LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48 51", "24", NULL, NULL, LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48", "51", "24s", NULL, LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48", "-51", "24", NULL, LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48", "51", "24", "X", LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"48", "51", "24", "N48", LAT, '.', DM_ANGLE_SYNTAX, 0},
    {"", "51", "24", "N", LAT, '.', DM_ANGLE_EMPTY, 0},
    {NULL, NULL, NULL, NULL, LAT, '.', DM_ANGLE_EMPTY, 0},
    {"48", "", "24", "N", LAT, '.', DM_ANGLE_NO_MINUTES, 0},
    {"48", "60", "", "N", LAT, '.', DM_ANGLE_TOO_MANY_MINUTES, 0},
    {"48", "51", "60.0", "N", LAT, '.', DM_ANGLE_TOO_MANY_MINUTES, 0},
    {"48.5", "51", "", "N", LAT, '.', DM_ANGLE_FRACTION_BEFORE_MINUTES, 0},
    {"48", "51.5", "1", "N", LAT, '.', DM_ANGLE_FRACTION_BEFORE_MINUTES, 0},
    {"-33", "51", "24", "S", LAT, '.', DM_ANGLE_SIGN_AND_LETTER, 0},
    {"48", "51", "24", "E", LAT, '.', DM_ANGLE_WRONG_AXIS, 0},
};

static void combines_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(columns); i++) {
        const struct columns *it = &columns[i];
        struct dm_angle_parts parts = {field(it->degrees), field(it->minutes), field(it->seconds),
                                       field(it->hemisphere)};
        double deg = -999;
        enum dm_angle_fault fault = dm_angle_combine(&parts, it->axis, it->decimal, &deg);
        bool valid = fault == DM_ANGLE_OK ? is_close(deg, it->wanted) : deg == -999;
        if (fault != it->fault || !valid)
            fail_msg("row %zu of the table %s: %.17g", i, dm_angle_fault_text(fault), deg);
    }
}

/* What to write behind degrees, minutes and seconds. */
static const struct style {
    const char *degree, *minute, *second;
} styles[] = {
    {DEG, "'", "\""},  {DEG " ", PRIME " ", DOUBLE_PRIME " "},
    {" ", " ", " "},   {":", ":", ""},
    {"d", "m", "s"},   {" deg ", " min ", " sec "},
    {NBSP, "'", "''"}, {ORDINAL " ", RIGHT, RIGHT2 NBSP},
    {"D", "M", "S"},
};

static void parses_what_it_formats(void **state)
{
    (void)state;
    struct random random = {20261124};
    static const char *const letters[2][2] = {{"N", "S"}, {"E", "W"}};
    for (int i = 0; i < 100000; i++) {
        char text[96];
        const struct style *style = &styles[(size_t)i % COUNT(styles)];
        enum dm_axis axis = random_below(&random, 2) ? DM_AXIS_LON : DM_AXIS_LAT;
        unsigned d = (unsigned)random_below(&random, axis == DM_AXIS_LON ? 180 : 90);
        unsigned m = (unsigned)random_below(&random, 60), s = (unsigned)random_below(&random, 60);
        unsigned fraction = (unsigned)random_below(&random, 10000);
        bool negative = random_below(&random, 2), in_front = random_below(&random, 2);
        const char *letter = letters[axis][negative];
        snprintf(text, sizeof text, "%s%u%s%02u%s%02u.%04u%s%s", in_front ? letter : "", d,
                 style->degree, m, style->minute, s, fraction, style->second,
                 in_front ? "" : letter);
        long double wanted = (d * 3600 + m * 60 + s + fraction / 10000.0L) / 3600;
        assert_parses(text, axis, '.', negative ? -wanted : wanted);
        for (char *point = text; (point = strchr(point, '.'));)
            *point = ',';
        assert_parses(text, axis, ',', negative ? -wanted : wanted);
    }
}

static void unpacks_what_it_packs(void **state)
{
    (void)state;
    struct random random = {20261125};
    for (int i = 0; i < 20000; i++) {
        char text[96];
        unsigned d = (unsigned)random_below(&random, 90), m = (unsigned)random_below(&random, 60);
        unsigned s = (unsigned)random_below(&random, 60);
        unsigned fraction = (unsigned)random_below(&random, 1000);
        snprintf(text, sizeof text, "%02u%02u%02u.%03uS", d, m, s, fraction);
        assert_parses(text, LAT, '.', -(d * 3600 + m * 60 + s + fraction / 1000.0L) / 3600);
        snprintf(text, sizeof text, "E%03u%02u.%03u", d, m, fraction);
        assert_parses(text, LON, '.', (d * 60 + m + fraction / 1000.0L) / 60);
    }
}

/* PROJ rounds several times, and its factors are 16 digits long. */
static void agrees_with_proj(void **state)
{
    (void)state;
    static const char *const behind[] = {"\"W", "W", "\"E"};
    struct random random = {20261126};
    for (int i = 0; i < 50000; i++) {
        char text[64];
        double deg;
        snprintf(text, sizeof text, "%ud%u'%u.%03u%s", (unsigned)random_below(&random, 180),
                 (unsigned)random_below(&random, 60), (unsigned)random_below(&random, 60),
                 (unsigned)random_below(&random, 1000), behind[i % 3]);
        double wanted = proj_todeg(proj_dmstor(text, NULL));
        if (dm_angle_parse(text, strlen(text), LON, '.', &deg) != DM_ANGLE_OK ||
            fabs(deg - wanted) > 1e-13 * (1 + fabs(wanted)))
            fail_msg("\"%s\" is %.17g, for PROJ %.17g", text, deg, wanted);
    }
}

/* Pieces of which the parser knows some meaning, to get further than random bytes would. */
static const char *const pieces[] = {
    "0",        "7",    "48",   "59.9", "60",    ".",   ",",     "-",         "+",
    MINUS,      " ",    NBSP,   DEG,    "'",     PRIME, "\"",    ":",         "N",
    "s",        "E",    "W",    "O",    "d",     "m",   "deg",   "e5",        "\xC2",
    "\xE2\x80", "\xC3", "\xFF", "",     "1e308", "sud", "00131", "s\xC3\xBC",
};

static void survives_any_bytes(void **state)
{
    (void)state;
    struct random random = {20261127};
    for (int i = 0; i < 200000; i++) {
        char text[128];
        size_t length = 0;
        for (uint64_t left = random_below(&random, 10); left > 0; left--) {
            const char *piece = pieces[random_below(&random, COUNT(pieces))];
            char byte = (char)random_below(&random, 256);
            bool is_random = random_below(&random, 8) == 0;
            size_t size = is_random ? 1 : strlen(piece);
            memcpy(text + length, is_random ? &byte : piece, size);
            length += size;
        }
        char *exact = malloc(length + (length == 0)); /* a sanitizer sees any read beyond */
        assert_non_null(exact);
        memcpy(exact, text, length);
        double deg = -999;
        enum dm_angle_fault fault =
            dm_angle_parse(exact, length, i & 1 ? LON : LAT, i & 2 ? ',' : '.', &deg);
        assert_true(fault == DM_ANGLE_OK ? isfinite(deg) : deg == -999);
        assert_non_null(dm_angle_fault_text(fault));
        size_t cut = length / 2;
        struct dm_angle_parts parts = {.degrees = {exact, cut},
                                       .minutes = {exact + cut, length - cut},
                                       .hemisphere = {"N", 1}};
        deg = -999;
        fault = dm_angle_combine(&parts, LAT, '.', &deg);
        assert_true(fault == DM_ANGLE_OK ? isfinite(deg) : deg == -999);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_each_form),
        cmocka_unit_test(parses_a_decimal_comma),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(names_every_fault),
        cmocka_unit_test(refuses_numbers_that_are_too_long),
        cmocka_unit_test(combines_columns),
        cmocka_unit_test(parses_what_it_formats),
        cmocka_unit_test(unpacks_what_it_packs),
        cmocka_unit_test(agrees_with_proj),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
