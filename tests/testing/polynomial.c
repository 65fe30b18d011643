#include "testing/polynomial.h"

#include <math.h>

#define PI 3.141592653589793238462643383279502884L

static long double angle(int i, int n)
{
    return PI * ((long double)i + 0.5L) / n;
}

long double polynomial_place(int i, int n)
{
    return cosl(angle(i, n));
}

/* Lagrange: y[i] times the product over the other places of (x - x[k]) / (x[i] - x[k]). */
void polynomial_through(int n, const long double *x, const long double *y, long double *terms)
{
    for (int k = 0; k < n; k++)
        terms[k] = 0;
    for (int i = 0; i < n; i++) {
        long double product[POLYNOMIAL_TERMS_MAX] = {y[i]};
        for (int k = 0, degree = 0; k < n; k++) {
            if (k == i)
                continue;
            degree++;
            for (int power = degree; power >= 0; power--)
                product[power] =
                    ((power > 0 ? product[power - 1] : 0) - x[k] * product[power]) / (x[i] - x[k]);
        }
        for (int k = 0; k < n; k++)
            terms[k] += product[k];
    }
}

/* Multiplied out by T(0) = 1, T(1) = u, T(k + 1) = 2 u T(k) - T(k - 1) with u = 2 x - 1. */
void polynomial_nearest(int n, int count, const long double *values, long double *terms)
{
    long double last[POLYNOMIAL_TERMS_MAX] = {0}, this[POLYNOMIAL_TERMS_MAX] = {1};
    for (int k = 0; k < n; k++)
        terms[k] = 0;
    for (int k = 0; k < n; k++) {
        long double sum = 0;
        for (int i = 0; i < count; i++)
            sum += values[i] * cosl(k * angle(i, count));
        sum *= (k > 0 ? 2.0L : 1.0L) / count;
        for (int power = 0; power < n; power++)
            terms[power] += sum * this[power];
        long double factor = k > 0 ? 2 : 1;
        for (int power = n - 1; power >= 0; power--) {
            long double before = power > 0 ? this[power - 1] : 0;
            long double next = factor * (2 * before - this[power]) - last[power];
            last[power] = this[power];
            this[power] = next;
        }
    }
}

long double polynomial_value(int n, const long double *terms, long double x)
{
    long double sum = 0;
    for (int k = n - 1; k >= 0; k--)
        sum = sum * x + terms[k];
    return sum;
}
