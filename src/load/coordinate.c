#include "load/coordinate.h"

#include "base/number.h"
#include "base/text.h"
#include "load/angle_pair.h"
#include "load/missing.h"

#include <string.h>

enum { SUBJECT_LENGTH = DM_QUOTED_LENGTH + 64 };

/* Write `latitude "abc" in column 2`. */
static const char *subject_of(char subject[SUBJECT_LENGTH], const char *text, size_t length,
                              const char *what, size_t column)
{
    char quoted[DM_QUOTED_LENGTH];
    bool blank = text[strspn(text, " \t")] == '\0';
    dm_quote(quoted, text, length);
    snprintf(subject, SUBJECT_LENGTH, "%s %s%sin column %zu", what, blank ? "" : quoted,
             blank ? "" : " ", column + 1);
    return subject;
}

/* ---- complaints ---- */

static bool complain_skippable(const struct dm_coordinate_reader *reader, const char *subject,
                               const char *what, struct dm_complaint *complaint)
{
    bool skip = reader->options->skip_invalid;
    dm_fail(&complaint->error, DM_DATA, "%s %s%s", subject, what,
            skip ? "" : "; such rows can be left out");
    if (!skip)
        dm_suggest(&complaint->error, DM_FIELD_SKIP_INVALID, "%s", "");
    return false;
}

void dm_complain_missing(const struct dm_coordinate_reader *reader, const char *subject,
                         const char *why, struct dm_complaint *complaint)
{
    char what[64];
    snprintf(what, sizeof what, "is missing%s", why);
    *complaint = (struct dm_complaint){.missing = true};
    complain_skippable(reader, subject, what, complaint);
}

static bool complain_mixed(const struct dm_coordinate_reader *reader, const char *subject,
                           struct dm_complaint *complaint)
{
    bool comma = reader->decimal == ',';
    dm_fail(&complaint->error, DM_DATA,
            "%s has a decimal %s, but coordinates before it have a %s; write all alike", subject,
            comma ? "point" : "comma", comma ? "comma" : "point");
    complaint->of_others = true;
    return false;
}

/* Return why a text may not be a number, as the rest of a sentence, or "". */
static const char *number_hint(const char *text)
{
    const char *point = strchr(text, '.'), *comma = strchr(text, ',');
    bool points = point && strchr(point + 1, '.'), commas = comma && strchr(comma + 1, ',');
    bool thousands = comma && strlen(comma) == 4;
    if (text[strspn(text, "+-0123456789., ")] == '\0' &&
        (points || commas || thousands || (point && comma)))
        return "; does it have separators of thousands? Write the number without them";
    return "";
}

static bool complain_syntax(const struct dm_coordinate_reader *reader, const char *subject,
                            const char *text, enum dm_angle_fault fault,
                            struct dm_complaint *complaint)
{
    const char *other = strpbrk(text, ";\t|");
    if (other && *other != reader->delimiter) {
        dm_fail(&complaint->error, DM_DATA, "%s is not a number; is the delimiter another one?",
                subject);
        dm_suggest(&complaint->error, DM_FIELD_DELIMITER, "%c", *other);
    } else if (fault != DM_ANGLE_SYNTAX && fault != DM_ANGLE_DECIMAL_MARK) {
        dm_fail(&complaint->error, DM_DATA, "%s %s", subject, dm_angle_fault_text(fault));
    } else {
        dm_fail(&complaint->error, DM_DATA, "%s is not a number%s", subject, number_hint(text));
    }
    return false;
}

/* ---- decimal marks ---- */

/* Note the mark of a number. Return false if others have another. */
static bool note_mark(struct dm_coordinate_reader *reader, char mark)
{
    if (reader->decimal == '\0')
        reader->decimal = mark;
    return reader->decimal == mark;
}

/* Return the decimal mark that a text has, '\0' if none. */
static char mark_of(const char *text)
{
    return strchr(text, '.') ? '.' : strchr(text, ',') ? ',' : '\0';
}

/* ---- reading ---- */

/* Return true if a comma may separate thousands, "3,400": in the plane and between commas. In
 * degrees it is a decimal comma, since no degrees are so many. */
static bool has_thousands(const struct dm_coordinate_reader *reader, const char *text)
{
    const char *comma = strchr(text, ',');
    size_t before = strspn(text + strspn(text, "+- "), "0123456789");
    return reader->options->coordinates == DM_PLANAR && reader->delimiter == ',' &&
           reader->decimal != ',' && before <= 3 && strspn(comma + 1, "0123456789") == 3 &&
           comma[4] == '\0';
}

/* Read what is no number with a point. `number` says why it is not. */
static enum dm_angle_fault read_text(const struct dm_coordinate_reader *reader, const char *text,
                                     size_t length, enum dm_number_fault number,
                                     const struct dm_role *role, double *value)
{
    enum dm_axis axis = role->field == DM_FIELD_LAT ? DM_AXIS_LAT : DM_AXIS_LON;
    if (number == DM_NUMBER_DECIMAL_COMMA && !has_thousands(reader, text) &&
        dm_number_parse_comma(text, length, value))
        return DM_ANGLE_OK;
    if (reader->options->coordinates == DM_PLANAR || strpbrk(text, ";\t|"))
        return DM_ANGLE_SYNTAX;
    return dm_angle_parse(text, length, axis, mark_of(text) == ',' ? ',' : '.', value);
}

static bool read_otherwise(struct dm_coordinate_reader *reader, const char *text, size_t length,
                           enum dm_number_fault number, const struct dm_role *role, size_t column,
                           double *value, struct dm_complaint *complaint)
{
    char subject[SUBJECT_LENGTH], mark = mark_of(text);
    double read = 0;
    *complaint = (struct dm_complaint){0};
    subject_of(subject, text, length, role->what, column);
    if (dm_is_missing(text, length)) {
        dm_complain_missing(reader, subject, "", complaint);
        return false;
    }
    if (number == DM_NUMBER_NOT_FINITE)
        return complain_skippable(reader, subject, "is not a finite number", complaint);
    enum dm_angle_fault fault = read_text(reader, text, length, number, role, &read);
    if (fault != DM_ANGLE_OK)
        return complain_syntax(reader, subject, text, fault, complaint);
    if (mark && !note_mark(reader, mark))
        return complain_mixed(reader, subject, complaint);
    *value = read;
    return true;
}

bool dm_coordinate_read(struct dm_coordinate_reader *reader, const char *text, size_t length,
                        const struct dm_role *role, size_t column, double *value,
                        struct dm_complaint *complaint)
{
    enum dm_number_fault fault = dm_number_parse(text, length, value);
    if (fault != DM_NUMBER_OK)
        return read_otherwise(reader, text, length, fault, role, column, value, complaint);
    if (reader->decimal == '.' || !strchr(text, '.') || note_mark(reader, '.'))
        return true;
    char subject[SUBJECT_LENGTH];
    *complaint = (struct dm_complaint){0};
    return complain_mixed(reader, subject_of(subject, text, length, role->what, column), complaint);
}

bool dm_coordinates_read(struct dm_coordinate_reader *reader, const char *text, size_t length,
                         bool lon_first, const struct dm_roles *roles, size_t column, double *lat,
                         double *lon, struct dm_complaint *complaint)
{
    char subject[SUBJECT_LENGTH];
    bool order_was_explicit;
    enum dm_pair_order order = lon_first ? DM_LON_LAT : DM_LAT_LON;
    char decimal = strchr(text, '.') || reader->decimal != ',' ? '.' : ',';
    enum dm_angle_fault fault =
        dm_angle_parse_pair(text, length, order, decimal, lat, lon, &order_was_explicit);
    if ((fault == DM_ANGLE_DECIMAL_MARK || fault == DM_ANGLE_AMBIGUOUS_PAIR) && !reader->decimal &&
        dm_angle_parse_pair(text, length, order, ',', lat, lon, &order_was_explicit) ==
            DM_ANGLE_OK) {
        fault = DM_ANGLE_OK;
        reader->decimal = ',';
    }
    if (fault == DM_ANGLE_OK) {
        if (!reader->decimal && strchr(text, '.'))
            reader->decimal = '.';
        return true;
    }
    *complaint = (struct dm_complaint){0};
    subject_of(subject, text, length, roles->both, column);
    if (dm_is_missing(text, length))
        dm_complain_missing(reader, subject, "", complaint);
    else
        dm_fail(&complaint->error, DM_DATA, "%s: the text %s", subject,
                fault == DM_ANGLE_SYNTAX ? "is not two coordinates" : dm_angle_fault_text(fault));
    return false;
}

/* ---- several columns ---- */

/* Drop a minus sign that only repeats what the hemisphere says, S or W. */
static struct dm_angle_parts without_repeated_sign(const struct dm_angle_parts *parts)
{
    struct dm_angle_parts plain = *parts;
    const char *hemisphere = parts->hemisphere.text;
    size_t blanks = strspn(plain.degrees.text, " \t");
    if (!hemisphere || plain.degrees.text[blanks] != '-')
        return plain;
    hemisphere += strspn(hemisphere, " \t");
    if (*hemisphere && strchr("SsWw", *hemisphere)) {
        plain.degrees.text += blanks + 1;
        plain.degrees.length -= blanks + 1;
    }
    return plain;
}

static bool has_comma(const struct dm_angle_field *field)
{
    return field->text && mark_of(field->text) == ',';
}

bool dm_coordinate_combine(struct dm_coordinate_reader *reader, const struct dm_angle_parts *parts,
                           const struct dm_role *role, size_t column, double *value,
                           struct dm_complaint *complaint)
{
    char subject[SUBJECT_LENGTH];
    const struct dm_angle_parts plain = without_repeated_sign(parts);
    const struct dm_angle_field *hemisphere = &parts->hemisphere;
    enum dm_axis axis = role->field == DM_FIELD_LAT ? DM_AXIS_LAT : DM_AXIS_LON;
    bool comma =
        has_comma(&plain.degrees) || has_comma(&plain.minutes) || has_comma(&plain.seconds);
    enum dm_angle_fault fault = dm_angle_combine(&plain, axis, comma ? ',' : '.', value);
    bool blank = hemisphere->text && dm_is_missing(hemisphere->text, hemisphere->length);
    if (fault == DM_ANGLE_OK && (!blank || *value == 0))
        return true;
    *complaint = (struct dm_complaint){0};
    subject_of(subject, parts->degrees.text, parts->degrees.length, role->what, column);
    if (dm_is_missing(parts->degrees.text, parts->degrees.length))
        dm_complain_missing(reader, subject, "", complaint);
    else if (blank)
        complain_skippable(reader, subject, "has no hemisphere beside it", complaint);
    else
        dm_fail(&complaint->error, DM_DATA, "%s, with the columns that belong to it, %s", subject,
                fault == DM_ANGLE_SYNTAX ? "is not an angle" : dm_angle_fault_text(fault));
    return false;
}
