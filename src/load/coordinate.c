#include "load/coordinate.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

static bool holds(const char *text, size_t length, const char *piece)
{
    size_t piece_length = strlen(piece);
    for (size_t i = 0; i + piece_length <= length; i++)
        if (memcmp(text + i, piece, piece_length) == 0)
            return true;
    return false;
}

/* Why a text may have failed to be a number, as a remark in brackets. */
static const char *syntax_hint(const char *text, size_t length)
{
    if (holds(text, length, "\xE2\x88\x92")) /* U+2212 */
        return " (its minus sign is a typographic one: write -)";
    if (holds(text, length, "\xC2\xA0")) /* U+00A0 */
        return " (it holds a no-break space)";
    if (holds(text, length, "\xC2\xB0") || holds(text, length, "'") || /* U+00B0 */
        holds(text, length, "N") || holds(text, length, "S") || holds(text, length, "E") ||
        holds(text, length, "W"))
        return " (decimal degrees are expected: 48.8566, south and west negative)";
    return "";
}

bool dm_coordinate_read(const char *text, size_t length, size_t column, double *value,
                        char complaint[DM_COMPLAINT_LENGTH])
{
    char quoted[DM_QUOTED_LENGTH];
    enum dm_number_fault fault = dm_number_parse(text, length, value);
    if (fault == DM_NUMBER_OK)
        return true;
    dm_quote(quoted, text, length);
    if (fault == DM_NUMBER_EMPTY)
        dm_append(complaint, DM_COMPLAINT_LENGTH, "in column %zu is empty", column + 1);
    else if (fault == DM_NUMBER_DECIMAL_COMMA)
        dm_append(complaint, DM_COMPLAINT_LENGTH,
                  "%s in column %zu has a decimal comma (write a point)", quoted, column + 1);
    else if (fault == DM_NUMBER_NOT_FINITE)
        dm_append(complaint, DM_COMPLAINT_LENGTH, "%s in column %zu is not a finite number", quoted,
                  column + 1);
    else
        dm_append(complaint, DM_COMPLAINT_LENGTH, "%s in column %zu is not a number%s", quoted,
                  column + 1, syntax_hint(text, length));
    return false;
}

static void complain_outside(double value, size_t column, int limit, const char *hint,
                             char complaint[DM_COMPLAINT_LENGTH])
{
    dm_append(complaint, DM_COMPLAINT_LENGTH, "%.15g in column %zu is outside -%d..%d%s", value,
              column + 1, limit, limit, hint);
}

bool dm_coordinates_check(double lat_deg, double lon_deg, const size_t columns[2], bool *bad_lon,
                          char complaint[DM_COMPLAINT_LENGTH])
{
    static const char projected[] = " (degrees are expected; are these projected coordinates?)";
    if (fabs(lat_deg) > 90) {
        bool swapped = fabs(lat_deg) <= 180 && fabs(lon_deg) <= 90;
        const char *hint = swapped                ? " (latitude and longitude swapped?)"
                           : fabs(lat_deg) <= 360 ? ""
                                                  : projected;
        complain_outside(lat_deg, columns[0], 90, hint, complaint);
        *bad_lon = false;
        return false;
    }
    if (fabs(lon_deg) > 180) {
        const char *hint = lon_deg > 180 && lon_deg <= 360
                               ? " (longitudes of 0..360? subtract 360 from those above 180)"
                           : fabs(lon_deg) <= 360 ? ""
                                                  : projected;
        complain_outside(lon_deg, columns[1], 180, hint, complaint);
        *bad_lon = true;
        return false;
    }
    return true;
}
