#include "format/integer.h"

#include <stddef.h>
#include <string.h>

char *dm_put_integer(char *text, uint32_t value)
{
    char digits[DM_INTEGER_BOUND];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    memcpy(text, digits + first, sizeof digits - first);
    return text + (sizeof digits - first);
}
