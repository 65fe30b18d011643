#include "testing/plain_statistics.h"

#include "testing/testing.h"

#include <math.h>

struct plain plain_of(const double *numbers, size_t count, size_t left_out)
{
    struct plain plain = {.least = (double)INFINITY, .greatest = -(double)INFINITY};
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == left_out)
            continue;
        sum += numbers[i];
        plain.count++;
        plain.least = fmin(plain.least, numbers[i]);
        plain.greatest = fmax(plain.greatest, numbers[i]);
    }
    plain.mean = sum / (long double)plain.count;
    for (size_t i = 0; i < count; i++)
        if (i != left_out)
            squares += (numbers[i] - plain.mean) * (numbers[i] - plain.mean);
    plain.deviation = sqrtl(squares / (long double)(plain.count - 1));
    return plain;
}

void assert_near(long double actual, long double wanted)
{
    if (fabsl(actual - wanted) > 1e-12L * fabsl(wanted))
        fail_msg("%.17Lg is not %.17Lg", actual, wanted);
}
