/* The coefficients of the geodesic kernel: together against integration along arcs, and each on its
 * own, however little it matters to a distance, by another way than the code's. */
#include "testing/polynomial.h"
#include "testing/testing.h"

#include "metric/geodesic_expansion.h"

#include <complex.h>
#include <float.h>
#include <math.h>

#define PI 3.141592653589793238462643383279502884L
#define TOLERANCE 5e-6L /* of a coefficient: interpolation and projection differ by that */

typedef long double real;

static const struct ellipsoid {
    const char *name;
    double a_m, f;
} ellipsoids[] = {{"WGS84", 6378137, 1 / 298.257223563}, {"Clarke 1880", 6378249.145, 1 / 293.465}};

struct expanded {
    real a_m, f, e2;
    struct dm_geodesic_expansion expansion;
    struct dm_geodesic_ends ends;
};

static void on_every_ellipsoid(void (*check)(const struct expanded *expanded))
{
    for (size_t i = 0; i < sizeof ellipsoids / sizeof *ellipsoids; i++) {
        const struct ellipsoid *ellipsoid = &ellipsoids[i];
        real f = ellipsoid->f;
        struct expanded expanded = {.a_m = ellipsoid->a_m, .f = f, .e2 = f * (2 - f)};
        assert_true(dm_geodesic_kernel_accurate(ellipsoid->f));
        dm_geodesic_expand(ellipsoid->a_m, ellipsoid->f, &expanded.expansion, &expanded.ends);
        print_message("%s:\n", ellipsoid->name);
        check(&expanded);
    }
}

/* The functions of zeta = z sin^2 sigma whose integrals are distance and lag. */
static real w_of(real e2, real zeta)
{
    return sqrtl(1 - e2 * (1 - zeta));
}

static real v_of(real e2, real zeta)
{
    return e2 / (1 + w_of(e2, zeta));
}

/* ---- all together, along arcs ---- */

/* w + (1 - z) v, whose integral is the distance over the radius, or v, whose integral is the lag
 * over sin(alpha0). */
static real integrand(real e2, real z, real sigma, bool distance)
{
    real zeta = z * sinl(sigma) * sinl(sigma), v = v_of(e2, zeta);
    return distance ? w_of(e2, zeta) + (1 - z) * v : v;
}

/* By the trapezoidal rule with ever smaller steps, extrapolated to none (Romberg). */
static real integral(real e2, real z, real from, real to, bool distance)
{
    enum { LEVELS = 8 };
    real rows[LEVELS], step = to - from;
    rows[0] = step / 2 * (integrand(e2, z, from, distance) + integrand(e2, z, to, distance));
    for (int level = 1, pieces = 1; level < LEVELS; level++, pieces *= 2) {
        real sum = 0;
        for (int i = 0; i < pieces; i++)
            sum += integrand(e2, z, from + (i + 0.5L) * step, distance);
        real finer = (rows[0] + step * sum) / 2, factor = 1;
        step /= 2;
        for (int k = 0; k < level; k++) {
            factor *= 4;
            real better = finer + (finer - rows[k]) / (factor - 1);
            rows[k] = finer;
            finer = better;
        }
        rows[level] = finer;
    }
    return rows[LEVELS - 1];
}

/* sin b and its derivative at sigma. */
struct end {
    real sine, slope;
};

static struct end end_at(real z, real sigma)
{
    return (struct end){sqrtl(z) * sinl(sigma), sqrtl(z) * cosl(sigma)};
}

/* a E(sin b; z) */
static real distance_end_m(const struct expanded *expanded, real z, real sigma)
{
    struct end at = end_at(z, sigma);
    real sum = 0;
    for (int k = DM_END_TERMS - 1; k >= 0; k--) {
        real odd = 0;
        for (int i = DM_END_POWERS - 1; i >= 0; i--)
            odd = odd * at.sine * at.sine + expanded->ends.end[k][i];
        sum = sum * z + odd * at.sine;
    }
    return at.slope * sum;
}

static real distance_m(const struct expanded *expanded, real z, real from, real to)
{
    real length = 0;
    for (int k = DM_LENGTH_TERMS - 1; k >= 0; k--)
        length = length * z + expanded->expansion.length[k];
    return length * (to - from) + distance_end_m(expanded, z, to) -
           distance_end_m(expanded, z, from);
}

/* a H(sin b; z) */
static real lag_end(const struct expanded *expanded, real z, real sigma)
{
    const struct dm_geodesic_expansion *e = &expanded->expansion;
    struct end at = end_at(z, sigma);
    return at.slope * at.sine *
           (e->lag_end + e->lag_end_z * z + e->lag_end_sine * at.sine * at.sine);
}

static real lag(const struct expanded *expanded, real z, real from, real to)
{
    const double *b = expanded->expansion.lag;
    return (b[0] + b[1] * z + b[2] * z * z) * (to - from) + lag_end(expanded, z, to) -
           lag_end(expanded, z, from);
}

/* The same, as the guess of the kernel has it. */
static real guessed_lag(const struct expanded *expanded, real z, real from, real to)
{
    const struct dm_geodesic_expansion *e = &expanded->expansion;
    struct end one = end_at(z, from), two = end_at(z, to);
    return (e->guess_lag + e->guess_lag_slope * (1 - z)) * (to - from) +
           expanded->ends.guess_end * (two.slope * two.sine - one.slope * one.sine);
}

static void integrals_agree(const struct expanded *expanded)
{
    real e2 = expanded->e2, worst_m = 0, worst_lag = 0, worst_guess = 0;
    for (real z = 0; z <= 1; z += 0.0625L) {
        for (real from = -PI; from < PI; from += 0.3L) {
            for (real to = from + 0.05L; to < from + PI; to += 0.3L) {
                real m = expanded->a_m * integral(e2, z, from, to, true);
                real turn = integral(e2, z, from, to, false);
                worst_m = fmaxl(worst_m, fabsl(distance_m(expanded, z, from, to) - m));
                worst_lag = fmaxl(worst_lag, fabsl(lag(expanded, z, from, to) - turn));
                worst_guess = fmaxl(worst_guess, fabsl(guessed_lag(expanded, z, from, to) - turn));
                assert_true(turn <= expanded->expansion.shift_max);
            }
        }
    }
    print_message("  distance to %.2Lg of the radius, lag to %.2Lg, guessed lag to %.2Lg\n",
                  worst_m / expanded->a_m, worst_lag, worst_guess);
    assert_true(worst_m <= (LDBL_MANT_DIG >= 64 ? 2e-16L : 4e-15L) * expanded->a_m);
    assert_true(worst_lag <= 1e-10L);
    assert_true(worst_guess <= 1e-8L);
}

static void expansions_are_the_integrals_along_arcs(void **state)
{
    (void)state;
    on_every_ellipsoid(integrals_agree);
}

/* ---- each on its own ---- */

enum { SERIES = 18, PLACES = 24, TURN = 32 };

/* To TOLERANCE where long double has the digits for it, which the least of the coefficients need.
 */
static void assert_coefficient(const char *name, int k, double coefficient, real expected)
{
    if (LDBL_MANT_DIG < 64)
        return;
    if (!(fabsl(coefficient - expected) <= TOLERANCE * fabsl(expected)))
        print_message("%s %d: %.17g instead of %.17Lg\n", name, k, coefficient, expected);
    assert_true(fabsl(coefficient - expected) <= TOLERANCE * fabsl(expected));
}

/* The place where polynomial_nearest() wants the i-th value. */
static real place(int i)
{
    return (1 + polynomial_place(i, PLACES)) / 2;
}

/* By powers of zeta, by Cauchy's integral formula around a circle that leaves out the edge of the
 * root, at 1 - 1/e^2 < -145. */
static void series_of_w_and_v(real e2, real w[SERIES], real v[SERIES])
{
    enum { CIRCLE = 64 };
    const real radius = 40;
    for (int n = 0; n < SERIES; n++)
        w[n] = v[n] = 0;
    for (int i = 0; i < CIRCLE; i++) {
        complex long double turned = cexpl(2 * PI * I * i / CIRCLE);
        complex long double root = csqrtl(1 - e2 * (1 - radius * turned)), power = CIRCLE;
        for (int n = 0; n < SERIES; n++, power *= radius * turned) {
            w[n] += creall(root / power);
            v[n] += creall(e2 / (1 + root) / power);
        }
    }
}

/* What multiplies sigma: the integrand's mean over a turn. */
static real mean(real e2, real z, bool distance)
{
    real sum = 0;
    for (int i = 0; i < TURN; i++)
        sum += integrand(e2, z, 2 * PI * i / TURN, distance);
    return sum / TURN;
}

/* The polynomials of so many terms that are nearest to that. */
static void nearest_mean(real e2, bool distance, int terms, real *expected)
{
    real values[PLACES];
    for (int i = 0; i < PLACES; i++)
        values[i] = mean(e2, place(i), distance);
    polynomial_nearest(terms, PLACES, values, expected);
}

static void lengths_are_right(const struct expanded *expanded)
{
    real expected[DM_LENGTH_TERMS];
    nearest_mean(expanded->e2, true, DM_LENGTH_TERMS, expected);
    for (int k = 0; k < DM_LENGTH_TERMS; k++)
        assert_coefficient("length", k, expanded->expansion.length[k], expanded->a_m * expected[k]);
    assert_true(expanded->expansion.radius_m == (double)expanded->a_m);
}

static void every_length_is_right(void **state)
{
    (void)state;
    on_every_ellipsoid(lengths_are_right);
}

/* The mean of sin^2n: binomial(2n, n) / 4^n. */
static real mean_of_power(int n)
{
    return expl(lgammal(2 * n + 1) - 2 * lgammal(n + 1) - n * logl(4));
}

/* In the integral of sin^2n, what multiplies -cos sin^(2m-1). */
static real left_at_ends(int n, int m)
{
    return mean_of_power(n) / (mean_of_power(m) * 2 * m);
}

static void ends_are_right(const struct expanded *expanded)
{
    real w[SERIES], v[SERIES], values[PLACES], expected[DM_END_TERMS];
    series_of_w_and_v(expanded->e2, w, v);
    for (int m = 1; m <= DM_END_POWERS; m++) {
        for (int i = 0; i < PLACES; i++) {
            values[i] = 0;
            for (int n = m; n < SERIES; n++)
                values[i] -=
                    left_at_ends(n, m) * powl(place(i), n - m) * (w[n] + (1 - place(i)) * v[n]);
        }
        polynomial_nearest(DM_END_TERMS, PLACES, values, expected);
        for (int k = 0; k < DM_END_TERMS; k++)
            assert_coefficient("end", 10 * k + m, expanded->ends.end[k][m - 1],
                               expanded->a_m * expected[k]);
    }
}

static void every_end_is_right(void **state)
{
    (void)state;
    on_every_ellipsoid(ends_are_right);
}

static void lags_are_right(const struct expanded *expanded)
{
    const struct dm_geodesic_expansion *e = &expanded->expansion;
    real w[SERIES], v[SERIES], expected[DM_LAG_TERMS], line[2];
    series_of_w_and_v(expanded->e2, w, v);
    nearest_mean(expanded->e2, false, DM_LAG_TERMS, expected);
    for (int k = 0; k < DM_LAG_TERMS; k++)
        assert_coefficient("lag", k, e->lag[k], expected[k]);
    assert_coefficient("lag_end", 0, e->lag_end, -left_at_ends(1, 1) * v[1]);
    assert_coefficient("lag_end_z", 0, e->lag_end_z, -left_at_ends(2, 1) * v[2]);
    assert_coefficient("lag_end_sine", 0, e->lag_end_sine, -left_at_ends(2, 2) * v[2]);

    nearest_mean(expanded->e2, false, 2, line);
    assert_coefficient("guess_lag", 0, e->guess_lag, line[0] + line[1]);
    assert_coefficient("guess_lag_slope", 0, e->guess_lag_slope, -line[1]);
    assert_coefficient("guess_end", 0, expanded->ends.guess_end, -(v[1] + v[2]) / 2);
}

static void every_lag_is_right(void **state)
{
    (void)state;
    on_every_ellipsoid(lags_are_right);
}

/* Along the equator, half a turn lags by f pi; nothing lags more. */
static void shift_max_is_right(const struct expanded *expanded)
{
    real most = expanded->f * PI;
    assert_true(fabsl(integral(expanded->e2, 0, 0, PI, false) - most) <= 1e-15L);
    assert_coefficient("shift_max", 0, expanded->expansion.shift_max, 1.0001L * most);
}

static void no_lag_is_larger_than_shift_max(void **state)
{
    (void)state;
    on_every_ellipsoid(shift_max_is_right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expansions_are_the_integrals_along_arcs),
        cmocka_unit_test(every_length_is_right),
        cmocka_unit_test(every_end_is_right),
        cmocka_unit_test(every_lag_is_right),
        cmocka_unit_test(no_lag_is_larger_than_shift_max),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
