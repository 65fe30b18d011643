#include "load/range.h"

#include "base/number.h"
#include "base/text.h"
#include "load/missing.h"

#include <math.h>
#include <string.h>

static const double rounding_deg = 1e-6; /* 0.1 m */

struct dm_range_context dm_range_context_of(const struct dm_place_columns *place,
                                            const struct dm_sample *sample, size_t data)
{
    bool both = place->both != DM_NO_COLUMN;
    size_t lat = both ? place->both : place->lat.degrees;
    size_t lon = both ? place->both : place->lon.degrees;
    return (struct dm_range_context){lat, lon, dm_column_range(sample, data, lat),
                                     dm_column_range(sample, data, lon), both};
}

/* Write a number, a whole one with all its digits: 523702160, not 5.2370216e+08. */
static const char *number_text(char text[DM_SHORTEST_LENGTH], double value)
{
    if (value != floor(value) || fabs(value) >= 1e15)
        return dm_number_shortest(text, value);
    snprintf(text, DM_SHORTEST_LENGTH, "%.0f", value);
    return text;
}

static void complain_outside(const char *what, double value, size_t column, double limit,
                             const char *hint, struct dm_complaint *complaint)
{
    char text[DM_SHORTEST_LENGTH];
    *complaint = (struct dm_complaint){.missing = false};
    dm_fail(&complaint->error, DM_DATA, "%s %s in column %zu is outside -%g..%g%s", what,
            number_text(text, value), column + 1, limit, limit, hint);
}

bool dm_planar_check(double x_m, double y_m, const struct dm_range_context *context,
                     struct dm_complaint *complaint)
{
    bool bad_x = fabs(x_m) > DM_PLANAR_MAX_M;
    if (!bad_x && fabs(y_m) <= DM_PLANAR_MAX_M)
        return true;
    complain_outside(bad_x ? "x" : "y", bad_x ? x_m : y_m,
                     bad_x ? context->lon_column : context->lat_column, DM_PLANAR_MAX_M,
                     "; metres are expected", complaint);
    return false;
}

/* ---- guesses, from what the columns show ---- */

/* Return true if that many of the numbers are not due to a few wrong rows. */
static bool are_many(size_t count, size_t numbers)
{
    return count > 0 && 10 * count >= numbers;
}

/* Return true if the latitudes of the sample could be longitudes but not latitudes, and the
 * longitudes latitudes. */
static bool are_swapped(const struct dm_range_context *context)
{
    return are_many(context->lat.beyond_lat, context->lat.numbers) &&
           dm_range_greatest(&context->lat) > 91 && dm_range_greatest(&context->lat) <= 360 &&
           dm_range_greatest(&context->lon) <= 90;
}

/* Return the factor of degrees written as whole numbers, 1e6 or 1e7, or 0: the latitudes are beyond
 * ten million, where no metres from the equator are. */
static double integer_factor(const struct dm_range_context *context)
{
    double lat = dm_range_greatest(&context->lat), lon = dm_range_greatest(&context->lon);
    double factor = lat <= 90e6 && lon <= 180e6 ? 1e6 : 1e7;
    bool fits = lat > 10e6 && lat <= 90 * factor && lon <= 180 * factor && lon > factor / 10;
    return context->lat.whole && context->lon.whole && context->lat.numbers > 0 && fits ? factor
                                                                                        : 0;
}

static bool is_code(double value)
{
    char text[DM_SHORTEST_LENGTH];
    dm_number_shortest(text, value);
    return dm_is_missing_code(text, strlen(text));
}

static void complain_of_code(const char *what, double value, size_t column,
                             const struct dm_coordinate_reader *reader,
                             struct dm_complaint *complaint)
{
    char text[DM_SHORTEST_LENGTH], subject[64], why[DM_SHORTEST_LENGTH + 32];
    snprintf(subject, sizeof subject, "%s in column %zu", what, column + 1);
    snprintf(why, sizeof why, ": %s is a code for that", dm_number_shortest(text, value));
    dm_complain_missing(reader, subject, why, complaint);
}

static void complain_of_factor(double value, bool bad_lat, double factor, size_t column,
                               struct dm_complaint *complaint)
{
    char hint[96];
    snprintf(hint, sizeof hint,
             "; it may be degrees times %.0f: divide the columns by that, or multiply by 1e-%.0f",
             factor, log10(factor));
    complain_outside(bad_lat ? "latitude" : "longitude", value, column, bad_lat ? 90 : 180, hint,
                     complaint);
}

static void complain_of_range(double lat_deg, double lon_deg,
                              const struct dm_range_context *context,
                              struct dm_complaint *complaint)
{
    bool bad_lat = fabs(lat_deg) > 90;
    double value = bad_lat ? lat_deg : lon_deg, factor = integer_factor(context);
    size_t column = bad_lat ? context->lat_column : context->lon_column;
    const struct dm_column_range *range = bad_lat ? &context->lat : &context->lon;
    bool swapped = are_swapped(context),
         projected = !swapped && are_many(range->beyond_turn, range->numbers);
    const size_t other[] = {context->lon_column, context->lat_column};
    if (factor > 0) {
        complain_of_factor(value, bad_lat, factor, column, complaint);
        return;
    }
    complain_outside(bad_lat ? "latitude" : "longitude", value, column, bad_lat ? 90 : 180,
                     swapped     ? "; are latitude and longitude swapped?"
                     : projected ? "; are these projected coordinates in metres? Measure in the "
                                   "plane, or say in which coordinate system they are"
                                 : "",
                     complaint);
    if (projected)
        dm_suggest(&complaint->error, DM_FIELD_METRIC, "euclidean");
    if ((projected || swapped) && !context->both)
        dm_roles_suggest(dm_roles_of(projected ? DM_PLANAR : DM_GEOGRAPHIC), other,
                         &complaint->error);
}

bool dm_codes_check(double x, double y, const struct dm_place_columns *place,
                    const struct dm_roles *roles, const struct dm_coordinate_reader *reader,
                    struct dm_complaint *complaint)
{
    if (x > -99 || y > -99 || !is_code(x) || !is_code(y))
        return true;
    complain_of_code(roles->lon.what, x,
                     place->both != DM_NO_COLUMN ? place->both : place->lon.degrees, reader,
                     complaint);
    return false;
}

/* ---- degrees ---- */

bool dm_geographic_normalize(double *lat_deg, double *lon_deg, bool *wrapped)
{
    if (fabs(*lat_deg) > 90 && fabs(*lat_deg) <= 90 + rounding_deg)
        *lat_deg = copysign(90, *lat_deg);
    *wrapped = false;
    if (fabs(*lon_deg) > 180 && fabs(*lon_deg) <= 180 + rounding_deg) {
        *lon_deg -= copysign(360, *lon_deg);
    } else if (*lon_deg > 180 && *lon_deg <= 360 + rounding_deg) {
        *lon_deg -= 360;
        *wrapped = true;
    }
    return fabs(*lat_deg) <= 90 && fabs(*lon_deg) <= 180;
}

void dm_geographic_complain(double lat_deg, double lon_deg, const struct dm_range_context *context,
                            const struct dm_coordinate_reader *reader,
                            struct dm_complaint *complaint)
{
    bool bad_lat = fabs(lat_deg) > 90, bad_lon = fabs(lon_deg) > 180;
    bool may_be_longitude = fabs(lat_deg) <= 360 && are_swapped(context);
    if (bad_lat && is_code(lat_deg) && !may_be_longitude)
        complain_of_code("latitude", lat_deg, context->lat_column, reader, complaint);
    else if (bad_lon && is_code(lon_deg))
        complain_of_code("longitude", lon_deg, context->lon_column, reader, complaint);
    else
        complain_of_range(lat_deg, lon_deg, context, complaint);
}
