/* whole.h - whole numbers as text. */
#ifndef FORMAT_WHOLE_H
#define FORMAT_WHOLE_H

#include <stdint.h>
#include <string.h>

enum { DM_WHOLE_BOUND = 20 }; /* most digits of a number */

/* Write a number and return the end of the text. */
static inline char *dm_put_whole(char *text, uint64_t number)
{
    char digits[DM_WHOLE_BOUND];
    size_t used = sizeof digits;
    do
        digits[--used] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    memcpy(text, digits + used, sizeof digits - used);
    return text + (sizeof digits - used);
}

#endif
