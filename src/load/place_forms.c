#include "load/place_forms.h"

#include "load/angle_read.h"
#include "load/angle_tokens.h"

#include <string.h>

enum { MAX_NUMBERS = 4 };

/* A text, consumed from the front, and what was found in it. */
struct scanner {
    const char *at, *end;
    double numbers[MAX_NUMBERS];
    unsigned count;
};

static void skip_blanks(struct scanner *scanner)
{
    for (size_t blank; (blank = dm_blank_length(scanner->at, scanner->end)) > 0;)
        scanner->at += blank;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Take the lower-case text, ignoring the case of letters and blanks before it. Return false, and
 * take nothing, if something else follows. */
static bool take(struct scanner *scanner, const char *wanted)
{
    struct scanner ahead = *scanner;
    skip_blanks(&ahead);
    for (; *wanted; wanted++, ahead.at++)
        if (ahead.at == ahead.end || lower(*ahead.at) != *wanted)
            return false;
    scanner->at = ahead.at;
    return true;
}

/* Take a number, which may have sign, point and exponent. */
static bool take_number(struct scanner *scanner)
{
    skip_blanks(scanner);
    const char *from = scanner->at;
    while (scanner->at < scanner->end && *scanner->at && strchr("0123456789+-.eE", *scanner->at))
        scanner->at++;
    double *number = &scanner->numbers[scanner->count];
    if (scanner->count == MAX_NUMBERS ||
        !dm_digits_parse(from, (size_t)(scanner->at - from), '.', number))
        return false;
    scanner->count++;
    return true;
}

/* Take the separator between numbers, or if it is "" the blanks that are not before a bracket. */
static bool take_separator(struct scanner *scanner, const char *separator)
{
    const char *from = scanner->at;
    if (*separator)
        return take(scanner, separator);
    skip_blanks(scanner);
    return scanner->at > from && scanner->at < scanner->end && *scanner->at != ')';
}

/* Take numbers with the separator, or with blanks if it is "". */
static bool take_numbers(struct scanner *scanner, const char *separator)
{
    scanner->count = 0;
    do {
        if (!take_number(scanner))
            return false;
    } while (take_separator(scanner, separator));
    return scanner->count >= 2;
}

static bool is_at_end(struct scanner *scanner)
{
    skip_blanks(scanner);
    return scanner->at == scanner->end;
}

/* POINT(2.35 48.85), with SRID=4326; before it, and with Z, M or ZM behind the word. */
static enum dm_angle_fault parse_wkt(struct scanner *scanner)
{
    if (take(scanner, "srid=")) {
        if (!take(scanner, "4326;"))
            return memchr(scanner->at, ';', (size_t)(scanner->end - scanner->at))
                       ? DM_ANGLE_OTHER_SRID
                       : DM_ANGLE_SYNTAX;
    }
    if (!take(scanner, "point"))
        return DM_ANGLE_SYNTAX;
    unsigned more = (unsigned)take(scanner, "z") + (unsigned)take(scanner, "m");
    if (take(scanner, "empty"))
        return is_at_end(scanner) ? DM_ANGLE_EMPTY : DM_ANGLE_SYNTAX;
    if (!take(scanner, "(") || !take_numbers(scanner, "") || !take(scanner, ")"))
        return DM_ANGLE_SYNTAX;
    return more == 0 || scanner->count == 2 + more ? DM_ANGLE_OK : DM_ANGLE_SYNTAX;
}

/* {"type":"Point","coordinates":[2.35,48.85]}, in any order and without other members. */
static enum dm_angle_fault parse_geojson(struct scanner *scanner)
{
    bool has_type = false, has_coordinates = false, valid = take(scanner, "{");
    do {
        if (take(scanner, "\"type\""))
            valid =
                valid && !has_type && take(scanner, ":") && (has_type = take(scanner, "\"point\""));
        else if (take(scanner, "\"coordinates\""))
            valid = valid && !has_coordinates && take(scanner, ":") && take(scanner, "[") &&
                    (has_coordinates = take_numbers(scanner, ",")) && take(scanner, "]");
        else
            valid = false;
    } while (valid && take(scanner, ","));
    valid = valid && has_type && has_coordinates && take(scanner, "}");
    return valid ? DM_ANGLE_OK : DM_ANGLE_SYNTAX;
}

/* geo:48.85,2.35,35;u=10 (RFC 5870). Refuse any coordinate reference system but wgs84. */
static enum dm_angle_fault parse_geo_uri(struct scanner *scanner)
{
    if (!take(scanner, "geo:") || !take_numbers(scanner, ",") || scanner->count > 3)
        return DM_ANGLE_SYNTAX;
    while (take(scanner, ";")) {
        if (take(scanner, "crs=")) {
            if (!take(scanner, "wgs84"))
                return DM_ANGLE_SYNTAX;
            continue;
        }
        while (scanner->at < scanner->end && *scanner->at != ';')
            scanner->at++;
    }
    return DM_ANGLE_OK;
}

static const struct form {
    const char *start; /* in lower case */
    enum dm_angle_fault (*parse)(struct scanner *scanner);
    bool lat_first;
} forms[] = {
    {"point", parse_wkt, false},
    {"srid=", parse_wkt, false},
    {"{", parse_geojson, false},
    {"geo:", parse_geo_uri, true},
};

/* Take a sign and a number from the tokens. Return false if something else follows. */
static bool take_signed(struct dm_tokens *tokens, bool *is_negative, struct dm_token *number)
{
    struct dm_token sign = dm_token_next(tokens);
    *number = dm_token_next(tokens);
    *is_negative = sign.kind == DM_TOKEN_MINUS;
    return (*is_negative || sign.kind == DM_TOKEN_PLUS) && number->kind == DM_TOKEN_NUMBER &&
           !sign.after_blank && !number->after_blank;
}

/* Unpack a number that has all its leading zeros, as ISO 6709 requires; without them, the order may
 * be another one. */
static enum dm_angle_fault unpack(const struct dm_token *number, bool is_negative,
                                  enum dm_axis axis, char decimal, double *deg)
{
    double magnitude = 0;
    if (number->whole_digits < (axis == DM_AXIS_LAT ? 2 : 3))
        return DM_ANGLE_AMBIGUOUS_DIGITS;
    enum dm_angle_fault fault = dm_angle_unpack(number, axis, decimal, &magnitude);
    *deg = is_negative ? -magnitude : magnitude;
    return fault;
}

/* Parse ISO 6709: +48.85+002.35/, -3352+15113, with a height behind it. Return false if the text is
 * not two or three numbers with signs and without blanks. */
static bool parse_iso6709(const char *text, size_t length, double *lat_deg, double *lon_deg,
                          enum dm_angle_fault *fault)
{
    char decimal = memchr(text, '.', length) ? '.' : ',';
    struct dm_tokens tokens = {text, text + length, decimal};
    tokens.end -= length > 0 && text[length - 1] == '/';
    struct dm_token numbers[2], height;
    bool is_negative[2], is_below;
    for (int i = 0; i < 2; i++)
        if (!take_signed(&tokens, &is_negative[i], &numbers[i]))
            return false;
    if (tokens.at < tokens.end && !take_signed(&tokens, &is_below, &height))
        return false;
    if (tokens.at < tokens.end)
        return false;
    double lat, lon;
    *fault = unpack(&numbers[0], is_negative[0], DM_AXIS_LAT, decimal, &lat);
    if (*fault == DM_ANGLE_OK)
        *fault = unpack(&numbers[1], is_negative[1], DM_AXIS_LON, decimal, &lon);
    if (*fault == DM_ANGLE_OK) {
        *lat_deg = lat;
        *lon_deg = lon;
    }
    return true;
}

bool dm_place_form_parse(const char *text, size_t length, double *lat_deg, double *lon_deg,
                         enum dm_angle_fault *fault)
{
    struct scanner scanner = {.at = text, .end = text + length};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct scanner ahead = scanner;
        if (!take(&ahead, forms[i].start))
            continue;
        *fault = forms[i].parse(&scanner);
        if (*fault == DM_ANGLE_OK && !is_at_end(&scanner))
            *fault = DM_ANGLE_SYNTAX;
        if (*fault == DM_ANGLE_OK) {
            *lat_deg = scanner.numbers[!forms[i].lat_first];
            *lon_deg = scanner.numbers[forms[i].lat_first];
        }
        return true;
    }
    return parse_iso6709(text, length, lat_deg, lon_deg, fault);
}
