#include "load/coordinate.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool holds(const char *text, const char *piece)
{
    return strstr(text, piece) != NULL;
}

static bool is_missing_value(const char *text)
{
    static const char *const words[] = {"NULL", "None", "NA", "N/A", "#N/A", "-", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dm_same_word(text, words[i]))
            return true;
    return false;
}

/* Why a text may have failed to be a number, as a remark in brackets, or nothing. */
static const char *syntax_hint(const char *text, enum dm_coordinates coordinates)
{
    bool digits = text[strcspn(text, "0123456789")] != '\0';
    if (is_missing_value(text))
        return " (a missing value? --skip-invalid leaves such rows out)";
    if (holds(text, ";"))
        return " (another delimiter? try --delimiter=';')";
    if (holds(text, "\t"))
        return " (another delimiter? try --delimiter=tab)";
    if (holds(text, "|"))
        return " (another delimiter? try --delimiter='|')";
    if (holds(text, "\xE2\x88\x92")) /* U+2212 */
        return " (its minus sign is a typographic one: write -)";
    if (holds(text, "\xC2\xA0")) /* U+00A0 */
        return " (it holds a no-break space)";
    if (digits && (holds(text, "\xC2\xB0") || strpbrk(text, "'NSEW"))) /* U+00B0, degree sign */
        return coordinates == DM_PLANAR
                   ? " (a plain number of metres is expected)"
                   : " (decimal degrees are expected: 48.8566, south and west negative)";
    return "";
}

bool dm_coordinate_read(const char *text, size_t length, enum dm_coordinates coordinates,
                        size_t column, double *value, char complaint[DM_COMPLAINT_LENGTH],
                        bool *hinted)
{
    char quoted[DM_QUOTED_LENGTH];
    enum dm_number_fault fault = dm_number_parse(text, length, value);
    if (fault == DM_NUMBER_OK)
        return true;
    const char *what = " is not a number", *hint = "";
    if (fault == DM_NUMBER_EMPTY) {
        what = " is empty";
        hint = " (--skip-invalid leaves such rows out)";
    } else if (fault == DM_NUMBER_DECIMAL_COMMA) {
        what = " has a decimal comma";
    } else if (fault == DM_NUMBER_NOT_FINITE) {
        what = " is not a finite number";
        hint = " (--skip-invalid leaves such rows out)";
    } else {
        hint = syntax_hint(text, coordinates);
    }
    dm_quote(quoted, text, length);
    dm_append(complaint, DM_COMPLAINT_LENGTH, "%s%sin column %zu%s%s",
              fault == DM_NUMBER_EMPTY ? "" : quoted, fault == DM_NUMBER_EMPTY ? "" : " ",
              column + 1, what, hint);
    *hinted = *hint != '\0';
    return false;
}

static void complain_outside(double value, size_t column, double limit, const char *hint,
                             char complaint[DM_COMPLAINT_LENGTH])
{
    char text[DM_SHORTEST_LENGTH];
    dm_append(complaint, DM_COMPLAINT_LENGTH, "%s in column %zu is outside -%g..%g%s",
              dm_number_shortest(text, value), column + 1, limit, limit, hint);
}

bool dm_planar_check(double x_m, double y_m, const size_t columns[2], bool *bad_x,
                     char complaint[DM_COMPLAINT_LENGTH])
{
    *bad_x = fabs(x_m) > DM_PLANAR_MAX_M;
    if (!*bad_x && fabs(y_m) <= DM_PLANAR_MAX_M)
        return true;
    complain_outside(*bad_x ? x_m : y_m, columns[*bad_x], DM_PLANAR_MAX_M, " (metres are expected)",
                     complaint);
    return false;
}

bool dm_geographic_check(double lat_deg, double lon_deg, const size_t columns[2], bool *bad_lon,
                         char complaint[DM_COMPLAINT_LENGTH])
{
    static const char projected[] =
        " (degrees are expected; projected coordinates? --metric=euclidean takes those)";
    if (fabs(lat_deg) > 90) {
        bool swapped = fabs(lat_deg) > 91 && fabs(lat_deg) <= 180 && fabs(lon_deg) <= 90;
        char exchanged[96];
        snprintf(exchanged, sizeof exchanged,
                 " (latitude and longitude swapped? in all rows: --lat=%zu --lon=%zu)",
                 columns[1] + 1, columns[0] + 1);
        const char *hint = swapped ? exchanged : fabs(lat_deg) <= 360 ? "" : projected;
        complain_outside(lat_deg, columns[0], 90, hint, complaint);
        *bad_lon = false;
        return false;
    }
    if (fabs(lon_deg) > 180) {
        const char *hint = lon_deg > 181 && lon_deg <= 360
                               ? " (longitudes of 0..360? subtract 360 from those above 180)"
                           : fabs(lon_deg) <= 360 ? ""
                                                  : projected;
        complain_outside(lon_deg, columns[1], 180, hint, complaint);
        *bad_lon = true;
        return false;
    }
    return true;
}
