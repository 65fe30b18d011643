/* Coordinates as people write them: one, both in a text, and in several columns. The first byte
 * selects axis, decimal mark and order. What the texts mean is tested by examples in tests/unit;
 * here are properties of any text. Texts are in blocks of exactly their length, so that
 * AddressSanitizer sees what is read behind them. */
#include "fuzz/fuzz.h"
#include "load/angle.h"
#include "load/angle_pair.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { LENGTH_MAX = 256 };
static const double unset = -12345.0625;

struct text {
    char bytes[LENGTH_MAX + 8];
    size_t length;
};

struct reading {
    enum dm_angle_fault fault;
    double deg;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char *block_of(const struct text *text)
{
    char *block = malloc(text->length);
    CLAIM(block || text->length == 0);
    if (text->length > 0)
        memcpy(block, text->bytes, text->length);
    return block;
}

static bool is_same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Claim what holds for any result. */
static void claim_sound(enum dm_angle_fault fault, double deg)
{
    CLAIM(fault == DM_ANGLE_OK ? isfinite(deg) : is_same(deg, unset));
    CLAIM(*dm_angle_fault_text(fault));
}

static struct reading parse(const struct text *text, enum dm_axis axis, char decimal)
{
    char *block = block_of(text);
    struct reading reading = {.deg = unset};
    reading.fault = dm_angle_parse(block, text->length, axis, decimal, &reading.deg);
    free(block);
    claim_sound(reading.fault, reading.deg);
    return reading;
}

/* ---- changed texts ---- */

static struct text with_before(char c, const struct text *text)
{
    struct text longer = {.length = text->length + 1};
    longer.bytes[0] = c;
    memcpy(longer.bytes + 1, text->bytes, text->length);
    return longer;
}

static struct text with_behind(const struct text *text, char c)
{
    struct text longer = *text;
    longer.bytes[longer.length++] = c;
    return longer;
}

/* Write commas for points. Return false if that is another text: it has commas, or a point that is
 * not between digits. */
static bool with_commas(struct text *text)
{
    for (size_t i = 0; i < text->length; i++) {
        char c = text->bytes[i];
        bool between = i > 0 && i + 1 < text->length && is_digit(text->bytes[i - 1]) &&
                       is_digit(text->bytes[i + 1]);
        if (c == ',' || (c == '.' && !between))
            return false;
        text->bytes[i] = c == '.' ? ',' : c;
    }
    return true;
}

/* ---- one coordinate ---- */

/* A minus negates, unless there is a hemisphere. */
static void check_minus(const struct text *text, enum dm_axis axis, char decimal,
                        const struct reading *reading)
{
    struct text negative = with_before('-', text);
    if (text->length == 0 || !is_digit(*text->bytes) || text->length > 58)
        return;
    struct reading other = parse(&negative, axis, decimal);
    if (reading->fault == DM_ANGLE_OK && other.fault != DM_ANGLE_SIGN_AND_LETTER)
        CLAIM(other.fault == DM_ANGLE_OK && is_same(other.deg, -reading->deg));
    if (other.fault == DM_ANGLE_OK)
        CLAIM(reading->fault == DM_ANGLE_OK);
}

/* The other hemisphere negates. A capital S may be in doubt, or mean seconds. */
static void check_hemisphere(const struct text *text, enum dm_axis axis, char decimal,
                             const struct reading *reading)
{
    struct text swapped = *text;
    char last = text->length > 1 ? text->bytes[text->length - 1] : '\0';
    char before = last ? text->bytes[text->length - 2] : '\0';
    bool word = (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z');
    char other = last == 'N' ? 'S' : last == 'W' ? 'E' : '\0';
    if (!other || word || reading->fault != DM_ANGLE_OK)
        return;
    swapped.bytes[text->length - 1] = other;
    struct reading found = parse(&swapped, axis, decimal);
    if (other == 'E')
        CLAIM(found.fault == DM_ANGLE_OK && is_same(found.deg, -reading->deg));
    else if (found.fault == DM_ANGLE_OK)
        CLAIM(is_same(fabs(found.deg), fabs(reading->deg)));
    else
        CLAIM(found.fault == DM_ANGLE_AMBIGUOUS_S);
}

static void check_angle(const struct text *text, enum dm_axis axis, char decimal)
{
    struct reading reading = parse(text, axis, decimal), other;
    struct text changed = *text;
    check_minus(text, axis, decimal, &reading);
    check_hemisphere(text, axis, decimal, &reading);
    if (text->length < 58) { /* longer plain numbers are refused, with their blanks */
        changed = with_before(' ', text);
        changed = with_behind(&changed, ' ');
        other = parse(&changed, axis, decimal);
        CLAIM(other.fault == reading.fault && is_same(other.deg, reading.deg));
    }
    changed = *text;
    if (decimal == '.' && with_commas(&changed)) {
        other = parse(&changed, axis, ',');
        CLAIM(other.fault == reading.fault && is_same(other.deg, reading.deg));
        other = parse(text, axis, ',');
        CLAIM(other.fault == reading.fault || other.fault == DM_ANGLE_DECIMAL_MARK ||
              other.fault == DM_ANGLE_SYNTAX);
    }
}

/* ---- both coordinates ---- */

struct pair {
    enum dm_angle_fault fault;
    double lat, lon;
    bool order_was_explicit;
};

static struct pair parse_pair(const struct text *text, enum dm_pair_order order, char decimal)
{
    char *block = block_of(text);
    struct pair pair = {.lat = unset, .lon = unset};
    pair.fault = dm_angle_parse_pair(block, text->length, order, decimal, &pair.lat, &pair.lon,
                                     &pair.order_was_explicit);
    free(block);
    claim_sound(pair.fault, pair.lat);
    claim_sound(pair.fault, pair.lon);
    return pair;
}

static void check_pair(const struct text *text, enum dm_pair_order order, char decimal)
{
    struct pair pair = parse_pair(text, order, decimal);
    struct pair other = parse_pair(text, order == DM_LAT_LON ? DM_LON_LAT : DM_LAT_LON, decimal);
    bool same = pair.order_was_explicit;
    CLAIM(pair.fault == other.fault && pair.order_was_explicit == other.order_was_explicit);
    CLAIM(is_same(other.lat, same ? pair.lat : pair.lon));
    CLAIM(is_same(other.lon, same ? pair.lon : pair.lat));
    struct text wider = with_before(' ', text);
    wider = with_behind(&wider, ' ');
    other = parse_pair(&wider, order, decimal);
    CLAIM(pair.fault == other.fault && is_same(pair.lat, other.lat) &&
          is_same(pair.lon, other.lon));
}

/* ---- several columns ---- */

/* Cut a text at its first vertical bar, whose place is left to the field before. */
static struct text take_field(struct text *text)
{
    struct text field = {.length = 0};
    const char *bar = memchr(text->bytes, '|', text->length);
    size_t used = bar ? (size_t)(bar - text->bytes) : text->length;
    memcpy(field.bytes, text->bytes, used);
    field.length = used;
    used += bar != NULL;
    text->length -= used;
    memmove(text->bytes, text->bytes + used, text->length);
    return field;
}

static struct reading combine(const struct text fields[4], enum dm_axis axis, char decimal)
{
    char *blocks[4];
    struct dm_angle_field parts[4];
    for (size_t i = 0; i < 4; i++) {
        blocks[i] = block_of(&fields[i]);
        parts[i] = (struct dm_angle_field){blocks[i], fields[i].length};
    }
    struct dm_angle_parts all = {parts[0], parts[1], parts[2], parts[3]};
    struct reading reading = {.deg = unset};
    reading.fault = dm_angle_combine(&all, axis, decimal, &reading.deg);
    for (size_t i = 0; i < 4; i++)
        free(blocks[i]);
    claim_sound(reading.fault, reading.deg);
    return reading;
}

/* Read up to nine digits. Return false if that is not the text. */
static bool read_digits(const struct text *text, double *value)
{
    *value = 0;
    for (size_t i = 0; i < text->length; i++) {
        if (!is_digit(text->bytes[i]))
            return false;
        *value = 10 * *value + (text->bytes[i] - '0');
    }
    return text->length > 0 && text->length < 10;
}

static void check_columns(struct text text, enum dm_axis axis, char decimal)
{
    struct text fields[4];
    double values[3];
    for (size_t i = 0; i < 4; i++)
        fields[i] = take_field(&text);
    struct reading reading = combine(fields, axis, decimal), other;
    bool whole = fields[3].length == 0;
    for (size_t i = 0; i < 3; i++)
        whole = read_digits(&fields[i], &values[i]) && whole;
    if (whole && values[1] < 60 && values[2] < 60) {
        double wanted = values[0] + values[1] / 60 + values[2] / 3600;
        CLAIM(reading.fault == DM_ANGLE_OK);
        CLAIM(fabs(reading.deg - wanted) <= 1e-15 * (wanted + 1));
    }
    if (reading.fault != DM_ANGLE_OK || fields[0].length > 50 || !is_digit(*fields[0].bytes))
        return;
    fields[0] = with_before('-', &fields[0]);
    other = combine(fields, axis, decimal);
    if (other.fault != DM_ANGLE_SIGN_AND_LETTER)
        CLAIM(other.fault == DM_ANGLE_OK && is_same(other.deg, -reading.deg));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    unsigned how = take(&input);
    enum dm_axis axis = how & 1 ? DM_AXIS_LON : DM_AXIS_LAT;
    char decimal = how & 2 ? ',' : '.';
    struct text text = {.length = input.left < LENGTH_MAX ? input.left : LENGTH_MAX};
    memcpy(text.bytes, input.at, text.length);
    check_angle(&text, axis, decimal);
    check_pair(&text, how & 4 ? DM_LON_LAT : DM_LAT_LON, decimal);
    check_columns(text, axis, decimal);
    return 0;
}
