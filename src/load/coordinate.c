#include "load/coordinate.h"

#include "base/number.h"
#include "base/text.h"
#include "load/roles.h"

#include <math.h>
#include <string.h>

static bool is_missing_value(const char *text)
{
    static const char *const words[] = {"NULL", "None", "NA", "N/A", "#N/A", "-", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dm_same_word(text, words[i]))
            return true;
    return false;
}

/* Return a likely reason why a text is not a number, as the rest of a sentence, or "". */
static const char *syntax_hint(const char *text, enum dm_coordinates coordinates)
{
    bool digits = text[strcspn(text, "0123456789")] != '\0';
    if (strstr(text, "\xE2\x88\x92")) /* U+2212 */
        return "; its minus sign is a typographic one, write -";
    if (strstr(text, "\xC2\xA0")) /* U+00A0 */
        return "; it holds a no-break space";
    if (!digits || !(strstr(text, "\xC2\xB0") || strpbrk(text, "'NSEW"))) /* U+00B0, degree sign */
        return "";
    return coordinates == DM_PLANAR
               ? "; a plain number of metres is expected"
               : "; decimal degrees are expected, such as 48.8566, negative in the south and west";
}

/* Describe the error, with a remedy if there is one. Return true if there is one. */
static bool complain(const char *subject, enum dm_number_fault fault, const char *text,
                     const struct dm_load_options *options, struct dm_error *complaint)
{
    const char *leave_out = options->skip_invalid ? "" : "; such rows can be left out";
    const char *what = fault == DM_NUMBER_EMPTY        ? "is empty"
                       : fault == DM_NUMBER_NOT_FINITE ? "is not a finite number"
                                                       : "is not a number";
    const char *delimiter = strpbrk(text, ";\t|"), *hint = syntax_hint(text, options->coordinates);
    bool comma = options->delimiter == '\0' || options->delimiter == ',';
    if (fault == DM_NUMBER_DECIMAL_COMMA) {
        dm_fail(complaint, DM_DATA, "%s has a decimal comma; write a point", subject);
        if (!comma) /* a spreadsheet of another language, with semicolons between fields */
            dm_suggest(complaint, DM_FIELD_ORIGINS, "tr , .");
    } else if (fault != DM_NUMBER_SYNTAX || is_missing_value(text)) {
        dm_fail(complaint, DM_DATA, "%s %s%s", subject, what, leave_out);
        if (!options->skip_invalid)
            dm_suggest(complaint, DM_FIELD_SKIP_INVALID, "%s", "");
    } else if (delimiter) {
        dm_fail(complaint, DM_DATA, "%s %s; is the delimiter another one?", subject, what);
        dm_suggest(complaint, DM_FIELD_DELIMITER, "%c", *delimiter);
    } else {
        dm_fail(complaint, DM_DATA, "%s %s%s", subject, what, hint);
        return *hint != '\0';
    }
    return true;
}

bool dm_coordinate_read(const char *text, size_t length, const struct dm_load_options *options,
                        const char *what, size_t column, double *value, struct dm_error *complaint,
                        bool *hinted)
{
    char quoted[DM_QUOTED_LENGTH], subject[DM_QUOTED_LENGTH + 64];
    enum dm_number_fault fault = dm_number_parse(text, length, value);
    if (fault == DM_NUMBER_OK)
        return true;
    dm_quote(quoted, text, length);
    dm_append(subject, sizeof subject, "%s %s%sin column %zu", what,
              fault == DM_NUMBER_EMPTY ? "" : quoted, fault == DM_NUMBER_EMPTY ? "" : " ",
              column + 1);
    *hinted = complain(subject, fault, text, options, complaint);
    return false;
}

static void complain_outside(const char *what, double value, size_t column, double limit,
                             const char *hint, struct dm_error *complaint)
{
    char text[DM_SHORTEST_LENGTH];
    dm_fail(complaint, DM_DATA, "%s %s in column %zu is outside -%g..%g%s", what,
            dm_number_shortest(text, value), column + 1, limit, limit, hint);
}

bool dm_planar_check(double x_m, double y_m, const size_t columns[2], struct dm_error *complaint)
{
    bool bad_x = fabs(x_m) > DM_PLANAR_MAX_M;
    if (!bad_x && fabs(y_m) <= DM_PLANAR_MAX_M)
        return true;
    complain_outside(bad_x ? "x" : "y", bad_x ? x_m : y_m, columns[bad_x], DM_PLANAR_MAX_M,
                     "; metres are expected", complaint);
    return false;
}

bool dm_geographic_check(double lat_deg, double lon_deg, const size_t columns[2], bool chosen,
                         struct dm_error *complaint)
{
    bool bad_lat = fabs(lat_deg) > 90;
    if (!bad_lat && fabs(lon_deg) <= 180)
        return true;
    double value = bad_lat ? lat_deg : lon_deg;
    bool swapped = bad_lat && fabs(lat_deg) > 91 && fabs(lat_deg) <= 180 && fabs(lon_deg) <= 90;
    bool projected = fabs(value) > 360;
    const char *hint =
        swapped     ? "; are latitude and longitude swapped?"
        : projected ? "; degrees are expected, are these projected coordinates?"
        : !bad_lat && lon_deg > 181
            ? "; where longitudes run from 0 to 360, subtract 360 from those above 180"
            : "";
    complain_outside(bad_lat ? "latitude" : "longitude", value, columns[!bad_lat],
                     bad_lat ? 90 : 180, hint, complaint);
    if (projected)
        dm_suggest(complaint, DM_FIELD_METRIC, "euclidean");
    if (swapped || (projected && chosen))
        dm_roles_suggest(dm_roles_of(swapped ? DM_GEOGRAPHIC : DM_PLANAR),
                         (const size_t[]){columns[1], columns[0]}, complaint);
    return false;
}
