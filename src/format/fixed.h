/* fixed.h - a number with a fixed number of decimals. */
#ifndef FORMAT_FIXED_H
#define FORMAT_FIXED_H

/* Maximum bytes that dm_put_fixed() writes: a sign, 19 digits, a point, 12 decimals. */
enum { DM_FIXED_BOUND = 33 };

/* Write `value` with `precision` decimals (up to DM_PRECISION_MAX), rounded exactly as
 * printf("%.*f") does, with the decimal mark `point` in every locale. Return the end; the text is
 * not terminated. From 2^63 on, where a double has no decimals, the form is that of
 * printf("%.16e"). Infinities and NaNs become "inf", "-inf", "nan" or "-nan". */
char *dm_put_fixed(char *text, double value, unsigned precision, char point);

#endif
