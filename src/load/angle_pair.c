#include "load/angle_pair.h"

#include "load/angle_read.h"
#include "load/angle_tokens.h"
#include "load/place_forms.h"

#include <string.h>

enum { MAX_LENGTH = 200 }; /* each cut is tried, so time grows with its square */

struct place {
    double lat_deg, lon_deg;
    bool order_was_explicit;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Return true if the comma at `at` is between two digits. */
static bool is_tight_comma(const char *text, const char *at, const char *end)
{
    return at < end && *at == ',' && at > text && at + 1 < end && is_digit(at[-1]) &&
           is_digit(at[1]);
}

/* Return true if the comma can only be a decimal mark: between digits, where no other comma makes
 * one of them a separator, as in 48,85,2,35. */
static bool is_decimal_comma(const char *text, const char *at, const char *end)
{
    if (!is_tight_comma(text, at, end))
        return false;
    const char *before = at - 1, *after = at + 1;
    while (before > text && is_digit(*before))
        before--;
    while (after < end && is_digit(*after))
        after++;
    return !is_tight_comma(text, before, end) && !is_tight_comma(text, after, end);
}

/* Return true if coordinates may touch here: where neither a number, a word nor a character of
 * UTF-8 is cut, and no sign follows that might be a dash. */
static bool may_touch(const char *at, const char *end, char decimal)
{
    char before = at[-1], after = *at;
    struct dm_tokens tokens = {at, end, decimal};
    enum dm_token_kind next = dm_token_next(&tokens).kind;
    if (((unsigned char)after & 0xC0) == 0x80 || next == DM_TOKEN_PLUS || next == DM_TOKEN_MINUS)
        return false;
    if (after == decimal || before == decimal)
        return false;
    return !(is_digit(before) && is_digit(after)) && !(is_letter(before) && is_letter(after));
}

/* Return true if the second coordinate may begin at `at`; *separator is then the length of what
 * separates them. */
static bool is_cut(const char *text, const char *at, const char *end, char decimal,
                   size_t *separator)
{
    *separator = 0;
    if (*at == '\0')
        return false;
    if (*at == ',' && decimal == ',' && is_decimal_comma(text, at, end))
        return false;
    if (strchr(",;/", *at)) {
        *separator = 1;
        return true;
    }
    return dm_blank_length(at, end) > 0 || may_touch(at, end, decimal);
}

/* Decide which of two coordinates is the latitude. */
static enum dm_angle_fault assign(const struct dm_angle_reading *first,
                                  const struct dm_angle_reading *second, enum dm_pair_order order,
                                  struct place *place)
{
    bool first_is_lat = order == DM_LAT_LON;
    if (first->has_letter != second->has_letter)
        return DM_ANGLE_ONE_LETTER;
    if (first->has_letter) {
        if (first->axis == second->axis)
            return DM_ANGLE_SAME_AXIS;
        first_is_lat = first->axis == DM_AXIS_LAT;
    }
    place->lat_deg = first_is_lat ? first->deg : second->deg;
    place->lon_deg = first_is_lat ? second->deg : first->deg;
    place->order_was_explicit = first->has_letter;
    return DM_ANGLE_OK;
}

/* Parse the two halves. Bare numbers, such as those of "48,5 2", must be as many on both sides. */
static enum dm_angle_fault read_halves(const char *first, size_t first_length, const char *second,
                                       size_t second_length, enum dm_pair_order order, char decimal,
                                       struct place *place)
{
    struct dm_angle_reading a, b;
    enum dm_angle_fault one = dm_angle_read(first, first_length, decimal, &a);
    if (one == DM_ANGLE_EMPTY || one == DM_ANGLE_SYNTAX)
        return DM_ANGLE_SYNTAX;
    enum dm_angle_fault other = dm_angle_read(second, second_length, decimal, &b);
    if (other == DM_ANGLE_EMPTY || other == DM_ANGLE_SYNTAX)
        return DM_ANGLE_SYNTAX;
    if (one != DM_ANGLE_OK || other != DM_ANGLE_OK)
        return one != DM_ANGLE_OK ? one : other;
    bool are_clear = (a.has_letter || a.is_marked) && (b.has_letter || b.is_marked);
    if (a.numbers != b.numbers && !are_clear)
        return DM_ANGLE_AMBIGUOUS_PAIR;
    return assign(&a, &b, order, place);
}

/* Try every cut. Exactly one place must result. */
static enum dm_angle_fault cut(const char *text, size_t length, enum dm_pair_order order,
                               char decimal, struct place *place)
{
    enum dm_angle_fault result = DM_ANGLE_SYNTAX;
    for (size_t i = 1; i < length && length <= MAX_LENGTH; i++) {
        size_t separator;
        if (!is_cut(text, text + i, text + length, decimal, &separator))
            continue;
        struct place found;
        size_t second = i + separator;
        enum dm_angle_fault fault =
            read_halves(text, i, text + second, length - second, order, decimal, &found);
        if (fault == DM_ANGLE_AMBIGUOUS_PAIR)
            return fault;
        if (fault == DM_ANGLE_OK && result == DM_ANGLE_OK &&
            (found.lat_deg != place->lat_deg || found.lon_deg != place->lon_deg))
            return DM_ANGLE_AMBIGUOUS_PAIR;
        if (fault == DM_ANGLE_OK)
            *place = found;
        if (fault == DM_ANGLE_OK || result == DM_ANGLE_SYNTAX)
            result = fault;
    }
    return result;
}

/* Remove the blanks around a text. */
static void trim(const char **text, size_t *length)
{
    const char *at = *text, *end = at + *length;
    for (size_t blank; (blank = dm_blank_length(at, end)) > 0;)
        at += blank;
    const char *last = at; /* end of what is not blank */
    for (const char *next = at; next < end;) {
        size_t blank = dm_blank_length(next, end);
        next += blank > 0 ? blank : 1;
        last = blank > 0 ? last : next;
    }
    *text = at;
    *length = (size_t)(last - at);
}

static enum dm_angle_fault parse(const char *text, size_t length, enum dm_pair_order order,
                                 char decimal, struct place *place)
{
    trim(&text, &length);
    if (length == 0)
        return DM_ANGLE_EMPTY;
    enum dm_angle_fault fault;
    place->order_was_explicit = true;
    if (dm_place_form_parse(text, length, &place->lat_deg, &place->lon_deg, &fault))
        return fault;
    if (length > 2 &&
        ((*text == '(' && text[length - 1] == ')') || (*text == '[' && text[length - 1] == ']')))
        return cut(text + 1, length - 2, order, decimal, place);
    return cut(text, length, order, decimal, place);
}

enum dm_angle_fault dm_angle_parse_pair(const char *text, size_t length, enum dm_pair_order order,
                                        char decimal, double *lat_deg, double *lon_deg,
                                        bool *order_was_explicit)
{
    struct place place, ignored;
    char other = decimal == '.' ? ',' : '.';
    enum dm_angle_fault fault = parse(text, length, order, decimal, &place);
    if (fault == DM_ANGLE_SYNTAX && parse(text, length, order, other, &ignored) == DM_ANGLE_OK)
        return DM_ANGLE_DECIMAL_MARK;
    if (fault != DM_ANGLE_OK)
        return fault;
    *lat_deg = place.lat_deg;
    *lon_deg = place.lon_deg;
    *order_was_explicit = place.order_was_explicit;
    return DM_ANGLE_OK;
}
