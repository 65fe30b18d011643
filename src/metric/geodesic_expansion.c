/* Derivation of the coefficients (docs/accuracy.md has all of it).
 *
 * Along a geodesic, with sin^2 b = zeta = z sin^2 sigma and the functions
 *     w(zeta) = sqrt(1 - e^2 (1 - zeta)),      v(zeta) = e^2 / (1 + w),
 * the distance and the lag of longitude are the integrals
 *     K / radius = int w + (1 - z) v d(sigma),      F / sin(alpha0) = int v d(sigma).
 * With w and v as polynomials in zeta these are sums of
 *     z^n int sin^2n(sigma) d(sigma)
 *         = c_n z^n sigma - sum over m of b_nm z^(n-m) [ sin^(2m-1) b d(sin b)/d(sigma) ],
 *     c_n = c_(n-1) (2n-1)/2n,  b_nn = 1/2n,  b_nm = b_(n-1)m (2n-1)/2n,
 * where [ ] is the difference between the ends. The kernel computes this sum. Each coefficient is a
 * polynomial in z, reduced to as few terms as its magnitude allows. All computations use extended
 * precision if the machine has it. */
#include "metric/geodesic_expansion.h"

#include <math.h>

typedef long double real;

#define PI_L 3.141592653589793238462643383279502884L

enum { TERMS = 16 }; /* of w and v: half is enough for distances; all make the coefficients exact */

/* Coefficients from low powers to high ones, with room for one more than TERMS. */
struct polynomial {
    real term[TERMS + 1];
};

static real value(const struct polynomial *p, real z)
{
    real sum = 0;
    for (int i = TERMS; i >= 0; i--)
        sum = sum * z + p->term[i];
    return sum;
}

/* Return the i-th of n Chebyshev nodes on [0, 1], at which interpolation is nearly optimal. */
static real node(int i, int n)
{
    return (1 - cosl(PI_L * (i + 0.5L) / n)) / 2;
}

/* Return the polynomial of n terms that has the values y at the n nodes: Newton's divided
 * differences, multiplied out from the last one down. */
static struct polynomial interpolate(int n, const real *y)
{
    real divided[TERMS + 1];
    for (int i = 0; i < n; i++)
        divided[i] = y[i];
    for (int order = 1; order < n; order++)
        for (int i = n - 1; i >= order; i--)
            divided[i] = (divided[i] - divided[i - 1]) / (node(i, n) - node(i - order, n));
    struct polynomial p = {{0}};
    for (int i = n - 1; i >= 0; i--) {
        for (int k = n - 1; k > 0; k--)
            p.term[k] = p.term[k - 1] - node(i, n) * p.term[k];
        p.term[0] = divided[i] - node(i, n) * p.term[0];
    }
    return p;
}

/* Return a nearly optimal approximation of p on [0, 1] with n terms. */
static struct polynomial shortened(const struct polynomial *p, int n)
{
    real y[TERMS + 1];
    for (int i = 0; i < n; i++)
        y[i] = value(p, node(i, n));
    return interpolate(n, y);
}

/* Add factor * z^power * (w + (1 - z) v), where w and v are the n-th terms of the functions. */
static void add_term(struct polynomial *p, int power, real factor, real w, real v)
{
    p->term[power] += factor * (w + v);
    p->term[power + 1] -= factor * v;
}

/* Compute the series of w and v. w is the square root of (1 - e^2) (1 + r zeta), a binomial series.
 * 1 - w^2 = e^2 (1 - zeta), so v = (1 - w) / (1 - zeta), and the n-th term of v is the sum of the
 * terms of 1 - w up to the n-th. Since w = 1 at zeta = 1, it is also the sum of the remaining terms
 * of w, in which nothing cancels. */
static void expand(real e2, struct polynomial *w, struct polynomial *v)
{
    real r = e2 / (1 - e2), rest[TERMS + 1];
    rest[0] = sqrtl(1 - e2);
    for (int n = 0; n < TERMS; n++)
        rest[n + 1] = rest[n] * r * (0.5L - n) / (n + 1);
    *w = *v = (struct polynomial){{0}};
    for (int n = TERMS - 1; n >= 0; n--) {
        w->term[n] = rest[n];
        v->term[n] = rest[n + 1];
        rest[n] += rest[n + 1];
    }
}

/* Fill in b_nm and, as b_n0, c_n. */
static void make_factors(real b[TERMS][TERMS])
{
    b[0][0] = 1;
    for (int n = 1; n < TERMS; n++) {
        for (int m = 0; m < n; m++)
            b[n][m] = b[n - 1][m] * (2 * n - 1) / (2 * n);
        b[n][n] = 1.0L / (2 * n);
    }
}

/* Return the coefficient of sin^(2m-1) b in E, as a polynomial in z. */
static struct polynomial end_of(int m, real b[TERMS][TERMS], const struct polynomial *w,
                                const struct polynomial *v)
{
    struct polynomial end = {{0}};
    for (int n = m; n < TERMS; n++)
        add_term(&end, n - m, -b[n][m], w->term[n], v->term[n]);
    return shortened(&end, DM_END_TERMS);
}

static void make_lag(const struct polynomial *v, real b[TERMS][TERMS],
                     struct dm_geodesic_expansion *expansion, struct dm_geodesic_ends *ends)
{
    struct polynomial lag = {{0}};
    for (int n = 0; n < TERMS; n++)
        lag.term[n] = b[n][0] * v->term[n];
    struct polynomial better = shortened(&lag, DM_LAG_TERMS), guess = shortened(&lag, 2);
    for (int i = 0; i < DM_LAG_TERMS; i++)
        expansion->lag[i] = (double)better.term[i];
    expansion->lag_end = (double)(-v->term[1] * b[1][1]);
    expansion->lag_end_z = (double)(-v->term[2] * b[2][1]);
    expansion->lag_end_sine = (double)(-v->term[2] * b[2][2]);
    /* The guess is a polynomial in sin^2 alpha0 = 1 - z and uses one number for all ends. */
    expansion->guess_lag = (float)(guess.term[0] + guess.term[1]);
    expansion->guess_lag_slope = (float)-guess.term[1];
    ends->guess_end = (double)(-(v->term[1] + v->term[2]) / 2);
}

void dm_geodesic_expand(double a_m, double f, struct dm_geodesic_expansion *expansion,
                        struct dm_geodesic_ends *ends)
{
    real b[TERMS][TERMS];
    struct polynomial w, v, length = {{0}};
    expand((real)f * (2 - (real)f), &w, &v);
    make_factors(b);
    for (int n = 0; n < TERMS; n++)
        add_term(&length, n, b[n][0], w.term[n], v.term[n]);
    length = shortened(&length, DM_LENGTH_TERMS);
    for (int i = 0; i < DM_LENGTH_TERMS; i++)
        expansion->length[i] = (double)(a_m * length.term[i]);
    for (int m = 1; m <= DM_END_POWERS; m++) {
        struct polynomial end = end_of(m, b, &w, &v);
        for (int k = 0; k < DM_END_TERMS; k++)
            ends->end[k][m - 1] = (double)(a_m * end.term[k]);
    }
    make_lag(&v, b, expansion, ends);
    expansion->radius_m = a_m;
    expansion->shift_max = (double)(1.0001L * PI_L * f);
}

bool dm_geodesic_kernel_accurate(double f)
{
    return f >= 0 && f <= 1 / 292.0;
}
