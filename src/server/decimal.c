#include "server/decimal.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Decimals of coordinates as files have them, and those that any double from 1e-15 on needs. */
enum { FEWEST_DECIMALS = 6, MOST_DECIMALS = 32 };

/* Write that many decimals, after a point in place of the locale's mark. */
static void write_fixed(char text[DM_DECIMAL_LENGTH], double value, int decimals)
{
    static const char digits[] = "0123456789";
    snprintf(text, DM_DECIMAL_LENGTH, "%.*f", decimals, value);
    char *mark = text + (*text == '-');
    mark += strspn(mark, digits);
    char *fraction = mark + strcspn(mark, digits);
    memmove(mark + 1, fraction, strlen(fraction) + 1);
    *mark = '.';
}

static int reads_back(const char *text, double value)
{
    double read;
    return dm_number_parse(text, strlen(text), &read) == DM_NUMBER_OK && read == value;
}

static void strip_zeros(char *text)
{
    char *end = text + strlen(text);
    while (end[-1] == '0')
        end--;
    end -= end[-1] == '.';
    *end = '\0';
}

const char *dm_decimal(char text[DM_DECIMAL_LENGTH], double value)
{
    const double least = 1e-15;
    if (fabs(value) < least)
        value = 0; /* nor minus zero */
    int decimals = FEWEST_DECIMALS;
    write_fixed(text, value, decimals);
    while (!reads_back(text, value) && decimals < MOST_DECIMALS)
        write_fixed(text, value, ++decimals);
    strip_zeros(text);
    return text;
}
