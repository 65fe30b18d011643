/* The named ellipsoids of PROJ with their parameters (src/ellipsoids.cpp of PROJ 9). */
#include <dmatrix/ellipsoid.h>

#include "base/number.h"
#include "base/registry.h"
#include "base/text.h"
#include "base/try.h"

#include <dmatrix/metric.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define WGS84 "World Geodetic System 1984, used by GPS"
#define RF_MIN 50 /* |f| <= 1/50, the range in which the geodesic series are accurate */

const struct dm_ellipsoid dm_ellipsoid_wgs84 = {"WGS84", WGS84, 6378137, 298.257223563};

/* An equatorial radius, and the reciprocal flattening that results from a polar radius. */
#define WITH_POLAR(a, b) a, (double)(a##L / (a##L - b##L))

static const struct dm_ellipsoid ellipsoids[] = {
    {"MERIT", "the MERIT campaign, 1983", 6378137.0, 298.257},
    {"SGS85", "Soviet Geodetic System 1985", 6378136.0, 298.257},
    {"GRS80", "Geodetic Reference System 1980 (ETRS89, NAD83)", 6378137.0, 298.257222101},
    {"IAU76", "International Astronomical Union, 1976", 6378140.0, 298.257},
    {"airy", "Airy 1830 (Great Britain)", 6377563.396, 299.3249646},
    {"APL4.9", "Applied Physics Laboratory, 1965", 6378137.0, 298.25},
    {"NWL9D", "Naval Weapons Laboratory, 1965", 6378145.0, 298.25},
    {"mod_airy", "Airy, modified (Ireland)", WITH_POLAR(6377340.189, 6356034.446)},
    {"andrae", "Andrae 1876 (Denmark, Iceland)", 6377104.43, 300.0},
    {"danish", "Andrae 1876 (Denmark), in later metres", 6377019.2563, 300.0},
    {"aust_SA", "Australia and South America, 1969", 6378160.0, 298.25},
    {"GRS67", "Geodetic Reference System 1967", 6378160.0, 298.2471674270},
    {"GSK2011", "Russian geodetic system of 2011", 6378136.5, 298.2564151},
    {"bessel", "Bessel 1841 (central Europe)", 6377397.155, 299.1528128},
    {"bess_nam", "Bessel 1841 (Namibia)", 6377483.865, 299.1528128},
    {"clrk66", "Clarke 1866 (NAD27)", WITH_POLAR(6378206.4, 6356583.8)},
    {"clrk80", "Clarke 1880, modified (Africa)", 6378249.145, 293.4663},
    {"clrk80ign", "Clarke 1880, IGN (France)", 6378249.2, 293.4660212936269},
    {"CPM", "the commission of the metre, 1799", 6375738.7, 334.29},
    {"delmbr", "Delambre 1810 (Belgium)", 6376428.0, 311.5},
    {"engelis", "Engelis 1985", 6378136.05, 298.2566},
    {"evrst30", "Everest 1830 (India)", 6377276.345, 300.8017},
    {"evrst48", "Everest 1948 (Malaysia)", 6377304.063, 300.8017},
    {"evrst56", "Everest 1956 (India)", 6377301.243, 300.8017},
    {"evrst69", "Everest 1969 (Malaysia)", 6377295.664, 300.8017},
    {"evrstSS", "Everest (Sabah and Sarawak)", 6377298.556, 300.8017},
    {"fschr60", "Fischer 1960 (Mercury datum)", 6378166.0, 298.3},
    {"fschr60m", "Fischer 1960, modified", 6378155.0, 298.3},
    {"fschr68", "Fischer 1968", 6378150.0, 298.3},
    {"helmert", "Helmert 1906 (Egypt)", 6378200.0, 298.3},
    {"hough", "Hough 1960", 6378270.0, 297.0},
    {"intl", "International 1924, Hayford's of 1909 (ED50)", 6378388.0, 297.0},
    {"krass", "Krassovsky 1942 (eastern Europe, Russia)", 6378245.0, 298.3},
    {"kaula", "Kaula 1961", 6378163.0, 298.24},
    {"lerch", "Lerch 1979", 6378139.0, 298.257},
    {"mprts", "Maupertuis 1738", 6397300.0, 191.0},
    {"new_intl", "New International 1967", WITH_POLAR(6378157.5, 6356772.2)},
    {"plessis", "Plessis 1817 (France)", WITH_POLAR(6376523.0, 6355863.0)},
    {"PZ90", "Parameters of the Earth 1990, used by GLONASS", 6378136.0, 298.25784},
    {"SEasia", "south-east Asia", WITH_POLAR(6378155.0, 6356773.3205)},
    {"walbeck", "Walbeck 1819", WITH_POLAR(6376896.0, 6355834.8467)},
    {"WGS60", "World Geodetic System 1960", 6378165.0, 298.3},
    {"WGS66", "World Geodetic System 1966", 6378145.0, 298.25},
    {"WGS72", "World Geodetic System 1972", 6378135.0, 298.26},
    {"WGS84", WGS84, 6378137.0, 298.257223563},
    {"sphere", "a sphere of 6370.997 km", 6370997.0, 0},
    {NULL, NULL, 0, 0},
};

const struct dm_ellipsoid *dm_ellipsoids(void)
{
    return ellipsoids;
}

static enum dm_status find_by_name(const char *name, struct dm_ellipsoid *ellipsoid,
                                   struct dm_error *error)
{
    struct dm_search search = dm_search_for("ellipsoid", name);
    for (const struct dm_ellipsoid *known = ellipsoids; known->name; known++) {
        if (dm_same_word(known->name, name) ||
            dm_search_matches(&search, known->name, known->summary)) {
            *ellipsoid = *known;
            return DM_OK;
        }
    }
    char quoted[DM_QUOTED_LENGTH], suggestion[64] = "";
    dm_quote(quoted, name, strlen(name));
    if (search.nearest.best)
        dm_append(suggestion, sizeof suggestion, ": did you mean %s?", search.nearest.best);
    return dm_fail_field(error, DM_FIELD_ELLIPSOID, DM_USAGE,
                         "unknown ellipsoid %s%s (use a name from PROJ, or A,RF as in "
                         "6378137,298.257223563)",
                         quoted, suggestion);
}

/* Parse the number from `text` up to `end`. Return false if it is not a number or too long. */
static bool read_number(const char *text, const char *end, double *value)
{
    char number[64];
    size_t length = (size_t)(end - text);
    if (length >= sizeof number)
        return false;
    memcpy(number, text, length);
    number[length] = '\0';
    return dm_number_parse(number, length, value) == DM_NUMBER_OK;
}

/* Fail if the parameters are invalid; messages name the ellipsoid `shown`. DM_USAGE. */
static enum dm_status check(const struct dm_ellipsoid *ellipsoid, const char *shown,
                            struct dm_error *error)
{
    double a_m = ellipsoid->a_m, rf = ellipsoid->rf;
    if (!(a_m >= DM_RADIUS_MIN_M && a_m <= DM_RADIUS_MAX_M))
        return dm_fail_field(error, DM_FIELD_ELLIPSOID, DM_USAGE,
                             "ellipsoid %s: the radius %g m is outside %g..%g m", shown, a_m,
                             DM_RADIUS_MIN_M, DM_RADIUS_MAX_M);
    if (rf > 0.9 * a_m && rf < 1.1 * a_m)
        return dm_fail_field(
            error, DM_FIELD_ELLIPSOID, DM_USAGE,
            "ellipsoid %s: %.12g looks like the polar radius; give the reciprocal flattening "
            "a / (a - b) instead, here %.12g",
            shown, rf, rf == a_m ? 0 : a_m / (a_m - rf));
    if (rf != 0 && !(fabs(rf) >= RF_MIN))
        return dm_fail_field(
            error, DM_FIELD_ELLIPSOID, DM_USAGE,
            "ellipsoid %s is too flat: its reciprocal flattening is %g, but must "
            "be %d or more, -%d or less, or 0 for a sphere (the Earth's is 298.257)",
            shown, rf, RF_MIN, RF_MIN);
    return DM_OK;
}

enum dm_status dm_ellipsoid_check(const struct dm_ellipsoid *ellipsoid, struct dm_error *error)
{
    return check(ellipsoid, ellipsoid->name ? ellipsoid->name : "without a name", error);
}

enum dm_status dm_ellipsoid_find(const char *text, struct dm_ellipsoid *ellipsoid,
                                 struct dm_error *error)
{
    const char *comma = strchr(text, ',');
    if (!comma)
        return find_by_name(text, ellipsoid, error);
    char quoted[DM_QUOTED_LENGTH];
    double a_m, rf;
    dm_quote(quoted, text, strlen(text));
    if (!read_number(text, comma, &a_m) || !read_number(comma + 1, text + strlen(text), &rf))
        return dm_fail_field(
            error, DM_FIELD_ELLIPSOID, DM_USAGE,
            "ellipsoid %s: expected two numbers, the equatorial radius in metres and the "
            "reciprocal flattening, as in 6378137,298.257223563",
            quoted);
    struct dm_ellipsoid given = {"A,RF", "as given", a_m, rf};
    DM_TRY(check(&given, quoted, error));
    *ellipsoid = given;
    return DM_OK;
}
