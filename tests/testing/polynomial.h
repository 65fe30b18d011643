/* polynomial.h - the coefficients of a function that is a polynomial, from its values. */
#ifndef TESTING_POLYNOMIAL_H
#define TESTING_POLYNOMIAL_H

enum { POLYNOMIAL_TERMS_MAX = 32 };

/* The i-th of n places between -1 and 1, which suit polynomials (Chebyshev). */
long double polynomial_place(int i, int n);

/* The n coefficients, from low powers to high ones, of the polynomial that has the values y in the
 * places x. */
void polynomial_through(int n, const long double *x, const long double *y, long double *terms);

/* The first n coefficients of the polynomial nearest to a function on [0, 1], in the sense of
 * Chebyshev series, from its values in the places (1 + polynomial_place(i, count)) / 2. */
void polynomial_nearest(int n, int count, const long double *values, long double *terms);

/* term[0] + term[1] x + ... */
long double polynomial_value(int n, const long double *terms, long double x);

#endif
