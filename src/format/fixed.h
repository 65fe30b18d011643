/* fixed.h - a number with so many decimals. */
#ifndef FORMAT_FIXED_H
#define FORMAT_FIXED_H

/* Bytes that dm_put_fixed() writes at most: a sign, 19 digits, a point, 12 decimals. */
enum { DM_FIXED_BOUND = 33 };

/* Writes `value` with `precision` decimals (up to DM_PRECISION_MAX), rounded exactly as
 * printf("%.*f") does, with a point in every locale, and returns the end. Not terminated. From
 * 2^63 on, where a double has no decimals, the form is that of printf("%.16e"); what is not finite
 * is "inf", "-inf", "nan" or "-nan". */
char *dm_put_fixed(char *text, double value, unsigned precision);

#endif
