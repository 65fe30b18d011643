/* integer.h - a whole number. */
#ifndef FORMAT_INTEGER_H
#define FORMAT_INTEGER_H

#include <stdint.h>

/* Bytes that dm_put_integer() writes at most: ten digits. */
enum { DM_INTEGER_BOUND = 10 };

/* Writes a number without leading zeros and returns its end. Not terminated; what comes behind the
 * end, up to DM_INTEGER_BOUND, may be written to as well. */
char *dm_put_integer(char *text, uint32_t value);

#endif
