#include "load/angle.h"

#include "load/angle_read.h"
#include "load/angle_tokens.h"

#include <stdbool.h>
#include <string.h>

static enum dm_angle_fault parse(const char *text, size_t length, enum dm_axis axis, char decimal,
                                 double *deg)
{
    struct dm_angle_reading reading;
    enum dm_angle_fault fault = dm_angle_read(text, length, decimal, &reading);
    if (fault != DM_ANGLE_OK)
        return fault;
    if (reading.has_letter && reading.axis != axis)
        return DM_ANGLE_WRONG_AXIS;
    *deg = reading.deg;
    return DM_ANGLE_OK;
}

enum { DEGREES, MINUTES, SECONDS, HEMISPHERE, FIELDS };

static bool is_absent(const struct dm_angle_field *field)
{
    if (!field->text)
        return true;
    struct dm_tokens tokens = {field->text, field->text + field->length, '.'};
    return dm_token_next(&tokens).kind == DM_TOKEN_END;
}

/* Return true if the field is a number, of degrees with or without a sign, or a hemisphere. */
static bool is_valid(const struct dm_angle_field *field, int which, char decimal)
{
    struct dm_tokens tokens = {field->text, field->text + field->length, decimal};
    struct dm_token token = dm_token_next(&tokens);
    if (which == DEGREES && (token.kind == DM_TOKEN_PLUS || token.kind == DM_TOKEN_MINUS))
        token = dm_token_next(&tokens);
    bool valid =
        which == HEMISPHERE ? dm_token_is_hemisphere(token.kind) : token.kind == DM_TOKEN_NUMBER;
    return valid && dm_token_next(&tokens).kind == DM_TOKEN_END;
}

/* Return the length without the fraction if that is zero, as in 48.0. */
static size_t whole_length(const struct dm_angle_field *field, char decimal)
{
    const char *mark = memchr(field->text, decimal, field->length);
    const char *end = field->text + field->length;
    for (const char *at = mark; at && at < end; at++)
        if (*at >= '1' && *at <= '9')
            return field->length;
    return mark && mark > field->text ? (size_t)(mark - field->text) : field->length;
}

/* Join the fields that are present to one text, such as "48 51 24 N". Smaller units follow those
 * before `last`. Return its length, or 0 if it is too long. */
static size_t join(const struct dm_angle_field *const fields[FIELDS], int last, char decimal,
                   char *text, size_t size)
{
    size_t used = 0;
    for (int i = 0; i < FIELDS; i++) {
        if (!fields[i])
            continue;
        size_t length = i < last ? whole_length(fields[i], decimal) : fields[i]->length;
        if (length + 1 > size - used)
            return 0;
        memcpy(text + used, fields[i]->text, length);
        used += length;
        text[used++] = ' ';
    }
    return used;
}

static enum dm_angle_fault combine(const struct dm_angle_parts *parts, enum dm_axis axis,
                                   char decimal, double *deg)
{
    const struct dm_angle_field *fields[FIELDS] = {&parts->degrees, &parts->minutes,
                                                   &parts->seconds, &parts->hemisphere};
    int present = 0, last = DEGREES;
    for (int i = 0; i < FIELDS; i++) {
        if (is_absent(fields[i]))
            fields[i] = NULL;
        present += fields[i] != NULL;
        if (i <= SECONDS && fields[i])
            last = i;
    }
    if (!fields[DEGREES])
        return DM_ANGLE_EMPTY;
    if (present == 1)
        return parse(fields[DEGREES]->text, fields[DEGREES]->length, axis, decimal, deg);
    if (fields[SECONDS] && !fields[MINUTES])
        return DM_ANGLE_NO_MINUTES;
    for (int i = 0; i < FIELDS; i++)
        if (fields[i] && !is_valid(fields[i], i, decimal))
            return DM_ANGLE_SYNTAX;
    char text[256];
    size_t length = join(fields, last, decimal, text, sizeof text);
    return length > 0 ? parse(text, length, axis, decimal, deg) : DM_ANGLE_SYNTAX;
}

static char other_mark(char decimal)
{
    return decimal == '.' ? ',' : '.';
}

enum dm_angle_fault dm_angle_parse(const char *text, size_t length, enum dm_axis axis, char decimal,
                                   double *deg)
{
    double ignored;
    enum dm_angle_fault fault = parse(text, length, axis, decimal, deg);
    if (fault == DM_ANGLE_SYNTAX &&
        parse(text, length, axis, other_mark(decimal), &ignored) == DM_ANGLE_OK)
        return DM_ANGLE_DECIMAL_MARK;
    return fault;
}

enum dm_angle_fault dm_angle_combine(const struct dm_angle_parts *parts, enum dm_axis axis,
                                     char decimal, double *deg)
{
    double ignored;
    enum dm_angle_fault fault = combine(parts, axis, decimal, deg);
    if (fault == DM_ANGLE_SYNTAX &&
        combine(parts, axis, other_mark(decimal), &ignored) == DM_ANGLE_OK)
        return DM_ANGLE_DECIMAL_MARK;
    return fault;
}
