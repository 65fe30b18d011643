#include "load/angle_read.h"

#include <math.h>

enum { DEGREES, MINUTES, SECONDS, UNITS };

struct part {
    struct dm_token number;
    unsigned unit;
    struct dm_token mark; /* DM_TOKEN_END if none */
};

/* What has been read so far. */
struct draft {
    struct dm_tokens tokens;
    struct dm_token next; /* the first token not used yet */
    bool has_sign, is_negative;
    enum dm_token_kind hemisphere; /* DM_TOKEN_END if none */
    struct part parts[UNITS];
    unsigned count, colons, marks;
    bool is_doubtful_s;
};

static void advance(struct draft *draft)
{
    draft->next = dm_token_next(&draft->tokens);
}

static void take_hemisphere(struct draft *draft)
{
    if (draft->hemisphere == DM_TOKEN_END && dm_token_is_hemisphere(draft->next.kind)) {
        draft->hemisphere = draft->next.kind;
        advance(draft);
    }
}

/* Take a sign, which must touch its number. Return false if it does not. */
static bool take_sign(struct draft *draft)
{
    if (draft->next.kind != DM_TOKEN_PLUS && draft->next.kind != DM_TOKEN_MINUS)
        return true;
    draft->has_sign = true;
    draft->is_negative = draft->next.kind == DM_TOKEN_MINUS;
    advance(draft);
    return !draft->next.after_blank;
}

static bool is_upper(const struct dm_token *token)
{
    return *token->text >= 'A' && *token->text <= 'Z';
}

static bool is_word(const struct dm_token *mark)
{
    return mark->kind != DM_TOKEN_END &&
           (is_upper(mark) || (*mark->text >= 'a' && *mark->text <= 'z'));
}

/* Decide if an s behind an unmarked number is the mark of seconds; if not, it is south. It is the
 * mark where a hemisphere stands elsewhere, and after the letter m (51m24s). It is south where no
 * unit has a mark (33.9s, 48 51 24s), and a capital among symbols or small letters (48°51'24S,
 * 48d51S). Everything else is in doubt. */
static bool is_mark_of_seconds(struct draft *draft)
{
    struct dm_tokens behind = draft->tokens;
    if (draft->count == 0)
        return false;
    if (draft->hemisphere != DM_TOKEN_END || dm_token_is_hemisphere(dm_token_next(&behind).kind))
        return true;
    const struct dm_token *s = &draft->next, *last = &draft->parts[draft->count - 1].mark;
    if (draft->marks == 0)
        return false;
    if (last->kind == DM_TOKEN_MINUTE && is_word(last)) {
        draft->is_doubtful_s = is_upper(s) != is_upper(last);
        return true;
    }
    const struct dm_token *first = &draft->parts[0].mark;
    draft->is_doubtful_s = !is_upper(s) || (is_word(first) && is_upper(first));
    return false;
}

/* Take the mark behind a number, if there is one. */
static struct dm_token take_mark(struct draft *draft)
{
    struct dm_token mark = draft->next;
    if (mark.kind == DM_TOKEN_LETTER_S && is_mark_of_seconds(draft))
        mark.kind = DM_TOKEN_SECOND;
    if (mark.kind < DM_TOKEN_DEGREE || mark.kind > DM_TOKEN_SECOND)
        return (struct dm_token){.kind = DM_TOKEN_END};
    draft->marks++;
    advance(draft);
    return mark;
}

/* Take a number and its mark. Return false if that is not what follows, or not a smaller unit than
 * the one before. */
static bool take_part(struct draft *draft)
{
    struct part *part = &draft->parts[draft->count];
    unsigned least = draft->count > 0 ? part[-1].unit + 1 : DEGREES;
    if (draft->next.kind != DM_TOKEN_NUMBER || least == UNITS ||
        (draft->count > 0 && draft->next.after_blank && draft->next.whole_digits == 0)) /* 48 .85 */
        return false;
    part->number = draft->next;
    advance(draft);
    part->mark = take_mark(draft);
    part->unit = part->mark.kind == DM_TOKEN_END ? least : part->mark.kind - DM_TOKEN_DEGREE;
    draft->count++;
    return part->unit >= least && (draft->count > 1 || part->unit == DEGREES);
}

/* Return true if another number follows, and take the colon before it. */
static bool take_joint(struct draft *draft)
{
    if (draft->next.kind == DM_TOKEN_COLON) {
        draft->colons++;
        advance(draft);
        return true;
    }
    bool is_apart =
        draft->next.after_blank || draft->parts[draft->count - 1].mark.kind != DM_TOKEN_END;
    return draft->next.kind == DM_TOKEN_NUMBER && is_apart;
}

static bool take_all(struct draft *draft)
{
    advance(draft);
    take_hemisphere(draft);
    if (!take_sign(draft))
        return false;
    do {
        if (!take_part(draft))
            return false;
    } while (take_joint(draft));
    take_hemisphere(draft);
    if (draft->colons > 0 && (draft->marks > 0 || draft->colons + 1 != draft->count))
        return false;
    return draft->next.kind == DM_TOKEN_END;
}

double dm_angle_compose(const double *values, unsigned count)
{
    double whole = 0, per_degree = 1;
    for (unsigned i = 0; i + 1 < count; i++) {
        whole = (whole + values[i]) * 60;
        per_degree *= 60;
    }
    double last = values[count - 1], sum = whole + last;
    double lost = last - (sum - whole); /* exact: last is below 60, and whole 0 or at least 60 */
    double deg = sum / per_degree;
    return deg + (fma(-deg, per_degree, sum) + lost) / per_degree;
}

enum dm_angle_fault dm_angle_unpack(const struct dm_token *number, enum dm_axis axis, char decimal,
                                    double *deg)
{
    unsigned digits = axis == DM_AXIS_LAT ? 2 : 3, whole = number->whole_digits;
    double values[UNITS];
    if (whole <= digits) {
        *deg = number->value;
        return DM_ANGLE_OK;
    }
    if (whole != digits + 2 && whole != digits + 4)
        return DM_ANGLE_AMBIGUOUS_DIGITS;
    const char *at = number->text, *end = number->text + number->length;
    unsigned count = 1 + (whole - digits) / 2;
    for (unsigned i = 0; i < count; i++) {
        size_t length = i + 1 == count ? (size_t)(end - at) : i == 0 ? digits : 2;
        if (!dm_digits_parse(at, length, decimal, &values[i]))
            return DM_ANGLE_SYNTAX;
        if (i > 0 && values[i] >= 60)
            return DM_ANGLE_TOO_MANY_MINUTES;
        at += length;
    }
    *deg = dm_angle_compose(values, count);
    return DM_ANGLE_OK;
}

static enum dm_axis axis_of(enum dm_token_kind hemisphere)
{
    return hemisphere == DM_TOKEN_EAST || hemisphere == DM_TOKEN_WEST ? DM_AXIS_LON : DM_AXIS_LAT;
}

static enum dm_angle_fault check(const struct draft *draft)
{
    if (draft->has_sign && draft->hemisphere != DM_TOKEN_END)
        return DM_ANGLE_SIGN_AND_LETTER;
    if (draft->hemisphere == DM_TOKEN_LETTER_O)
        return DM_ANGLE_AMBIGUOUS_O;
    if (draft->is_doubtful_s)
        return DM_ANGLE_AMBIGUOUS_S;
    for (unsigned i = 0; i + 1 < draft->count; i++)
        if (draft->parts[i].number.has_fraction)
            return DM_ANGLE_FRACTION_BEFORE_MINUTES;
    for (unsigned i = 1; i < draft->count; i++)
        if (draft->parts[i].number.value >= 60)
            return DM_ANGLE_TOO_MANY_MINUTES;
    return DM_ANGLE_OK;
}

/* Combine the parts into degrees without a sign. */
static enum dm_angle_fault magnitude(const struct draft *draft, double *deg)
{
    const struct part *last = &draft->parts[draft->count - 1];
    double values[UNITS] = {0};
    if (draft->count == 1 && draft->marks == 0 && draft->hemisphere != DM_TOKEN_END)
        return dm_angle_unpack(&last->number, axis_of(draft->hemisphere), draft->tokens.decimal,
                               deg);
    for (unsigned i = 0; i < draft->count; i++)
        values[draft->parts[i].unit] = draft->parts[i].number.value;
    *deg = dm_angle_compose(values, last->unit + 1);
    return DM_ANGLE_OK;
}

/* Parse a plain number, which may have an exponent. */
static enum dm_angle_fault read_plain(const char *text, size_t length, char decimal,
                                      struct dm_angle_reading *reading)
{
    double deg;
    if (!dm_digits_parse(text, length, decimal, &deg))
        return DM_ANGLE_SYNTAX;
    *reading = (struct dm_angle_reading){.deg = deg, .numbers = 1};
    return DM_ANGLE_OK;
}

enum dm_angle_fault dm_angle_read(const char *text, size_t length, char decimal,
                                  struct dm_angle_reading *reading)
{
    struct draft draft = {.tokens = {text, text + length, decimal}};
    struct dm_tokens probe = draft.tokens;
    if (dm_token_next(&probe).kind == DM_TOKEN_END)
        return DM_ANGLE_EMPTY;
    if (!take_all(&draft))
        return read_plain(text, length, decimal, reading);
    double deg;
    enum dm_angle_fault fault = check(&draft);
    if (fault == DM_ANGLE_OK)
        fault = magnitude(&draft, &deg);
    if (fault != DM_ANGLE_OK)
        return fault;
    enum dm_token_kind hemisphere = draft.hemisphere;
    bool is_negative = draft.is_negative || hemisphere == DM_TOKEN_WEST ||
                       hemisphere == DM_TOKEN_SOUTH || hemisphere == DM_TOKEN_LETTER_S;
    *reading = (struct dm_angle_reading){
        .deg = is_negative ? -deg : deg,
        .has_letter = hemisphere != DM_TOKEN_END,
        .axis = axis_of(hemisphere),
        .numbers = draft.count,
        .is_marked = draft.marks > 0 || draft.colons > 0,
    };
    return DM_ANGLE_OK;
}
