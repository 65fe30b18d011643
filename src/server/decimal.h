/* decimal.h - degrees as requests have them. */
#ifndef SERVER_DECIMAL_H
#define SERVER_DECIMAL_H

enum { DM_DECIMAL_LENGTH = 64 };

/* Write the shortest decimal, without an exponent and in no locale's form, that reads back as the
 * same number. The number is between -1000 and 1000. Below 1e-15 degrees, a tenth of a nanometre,
 * it is written as 0. Return `text`. */
const char *dm_decimal(char text[DM_DECIMAL_LENGTH], double value);

#endif
