/* Every coefficient of the series along a geodesic, by other ways than the paper's: the integrands
 * are developed here, and the coefficients that the functions use are got back from their values,
 * at any size of epsilon and n, since they are just polynomials in these. */
#include "testing/polynomial.h"
#include "testing/testing.h"

#include "metric/geodesic_series.h"

#include <complex.h>
#include <math.h>

#define PI 3.141592653589793238462643383279502884L
#define TOLERANCE 1e-8L /* of a coefficient */
#define ZERO 1e-10L     /* what is left of one that is not there */

typedef long double real;
typedef complex long double complex_real;

enum { ORDER = DM_GEODESIC_ORDER, PLACES = ORDER + 3, N_PLACES = 6 };

static void assert_coefficient(real coefficient, real expected)
{
    real limit = expected == 0 ? ZERO : TOLERANCE * fabsl(expected);
    if (!(fabsl(coefficient - expected) <= limit))
        print_message("%.17Lg instead of %.17Lg\n", coefficient, expected);
    assert_true(fabsl(coefficient - expected) <= limit);
}

/* The arc of which only the length is not 0, for l = 0, or only the l-th harmonic: an integral
 * along it is A or A C_l. */
static struct dm_arc part(int l)
{
    struct dm_arc arc = {.length = l == 0 ? 1 : 0};
    if (l > 0)
        arc.harmonics[l - 1] = 1;
    return arc;
}

/* ---- I1 and I2 ---- */

static real i1(double epsilon, const struct dm_arc *arc)
{
    return dm_geodesic_i1(epsilon, arc);
}

static real i2(double epsilon, const struct dm_arc *arc)
{
    return (real)dm_geodesic_i1(epsilon, arc) - dm_geodesic_j(epsilon, arc);
}

static real binomial(real a, int j)
{
    return j == 0 ? 1 : binomial(a, j - 1) * (a - j + 1) / j;
}

/* By powers of e, what multiplies exp(2 i l s) in |1 - e exp(2 i s)|^(2 power), which is
 * (1 - e exp(2 i s))^power (1 - e exp(-2 i s))^power. */
static void fourier(real power, int l, real series[ORDER + 1])
{
    for (int i = 0; i <= ORDER; i++)
        series[i] = 0;
    for (int j = 0; 2 * j + l <= ORDER; j++)
        series[2 * j + l] = (l % 2 ? -1 : 1) * binomial(power, j) * binomial(power, j + l);
}

static void divide(const real above[ORDER + 1], const real below[ORDER + 1],
                   real quotient[ORDER + 1])
{
    for (int i = 0; i <= ORDER; i++) {
        real sum = above[i];
        for (int k = 0; k < i; k++)
            sum -= quotient[k] * below[i - k];
        quotient[i] = sum / below[0];
    }
}

/* With k^2 = 4 e / (1 - e)^2, (1 - e) sqrt(1 + k^2 sin^2 s) = |1 - e exp(2 i s)|. So the integral
 * of its power 1 or -1 is F_0 s + sum of F_l / l sin(2 l s), apart from (1 - e), where F_l are the
 * Fourier coefficients: A = F_0, C_l = F_l / (l F_0). */
static void check_integral(real (*integral)(double, const struct dm_arc *), int power)
{
    real mean[ORDER + 1], e[PLACES], a[PLACES], values[PLACES], terms[PLACES];
    fourier(power / 2.0L, 0, mean);
    for (int l = 0; l <= ORDER; l++) {
        struct dm_arc whole = part(0), arc = part(l);
        for (int i = 0; i < PLACES; i++) {
            double epsilon = (double)(0.75L * polynomial_place(i, PLACES));
            e[i] = epsilon;
            a[i] = integral(epsilon, &whole);
            values[i] = l == 0 ? (power > 0 ? a[i] * (1 - e[i]) : a[i] / (1 - e[i]))
                               : integral(epsilon, &arc) / a[i];
        }
        polynomial_through(PLACES, e, values, terms);
        real numerator[ORDER + 1], expected[ORDER + 1];
        fourier(power / 2.0L, l, numerator);
        divide(numerator, mean, expected);
        for (int i = 0; i < PLACES; i++)
            assert_coefficient(terms[i], i > ORDER ? 0 : l == 0 ? mean[i] : expected[i] / l);
    }
}

static void a1_and_c1_are_those_of_the_distance(void **state)
{
    (void)state;
    check_integral(i1, 1);
}

static void a2_and_c2_are_those_of_the_reduced_length(void **state)
{
    (void)state;
    check_integral(i2, -1);
}

/* ---- I3 ---- */

enum { CIRCLE = 32, TURN = 48 };
#define RADIUS 0.3L /* of the circles in e and n: less than 1, where the integrand has its edge */

static complex_real on_circle(int i, int n)
{
    return cexpl(2 * PI * I * i / n);
}

/* A3, and C3_l for l from 1, with which A3 (s + sum of C3_l sin(2 l s)) is the integral of
 * (2 - f) / (1 + (1 - f) sqrt(1 + k^2 sin^2 s)), for complex e and n: f = 2 n / (1 + n). */
static void mean_and_harmonics(complex_real e, complex_real n, complex_real c[ORDER])
{
    complex_real sums[ORDER] = {0};
    for (int i = 0; i < TURN; i++) {
        complex_real turned = on_circle(i, TURN); /* exp(2 i s) */
        complex_real root = csqrtl(1 - e * turned) * csqrtl(1 - e / turned);
        complex_real integrand = 2 * (1 - e) / ((1 + n) * (1 - e) + (1 - n) * root);
        for (int l = 0; l < ORDER; l++)
            sums[l] += integrand * creall(on_circle(i * l % TURN, TURN));
    }
    c[0] = sums[0] / TURN;
    for (int l = 1; l < ORDER; l++)
        c[l] = sums[l] / sums[0] / l;
}

/* What multiplies e^i n^k in A3 and C3_l, by Cauchy's integral formula. */
static void taylor(real terms[ORDER][ORDER][ORDER])
{
    for (int at = 0; at < CIRCLE * CIRCLE; at++) {
        complex_real e = RADIUS * on_circle(at / CIRCLE, CIRCLE);
        complex_real n = RADIUS * on_circle(at % CIRCLE, CIRCLE), c[ORDER], e_power = 1;
        mean_and_harmonics(e, n, c);
        for (int i = 0; i < ORDER; i++, e_power *= e) {
            complex_real power = e_power * CIRCLE * CIRCLE;
            for (int k = 0; k < ORDER; k++, power *= n)
                for (int l = 0; l < ORDER; l++)
                    terms[l][i][k] += creall(c[l] / power);
        }
    }
}

/* The coefficients of powers of epsilon on the ellipsoid with this n. */
static void measure(double n, int l, real terms[PLACES])
{
    struct dm_geodesic geodesic;
    dm_geodesic_init(&geodesic, 1, 2 * n / (1 + n));
    struct dm_arc whole = part(0), arc = part(l);
    real e[PLACES], values[PLACES];
    for (int i = 0; i < PLACES; i++) {
        double epsilon = (double)(0.75L * polynomial_place(i, PLACES));
        real a = dm_geodesic_i3(&geodesic, epsilon, &whole);
        e[i] = epsilon;
        values[i] = l == 0 ? a : dm_geodesic_i3(&geodesic, epsilon, &arc) / a;
    }
    polynomial_through(PLACES, e, values, terms);
}

/* The series have all terms up to the fifth order in e and n together, and no other. */
static void a3_and_c3_are_those_of_the_longitude(void **state)
{
    (void)state;
    static real expected[ORDER][ORDER][ORDER];
    taylor(expected);
    for (int l = 0; l < ORDER; l++) {
        real n[N_PLACES], by_n[N_PLACES][PLACES];
        for (int i = 0; i < N_PLACES; i++) {
            n[i] = (double)(0.5L * polynomial_place(i, N_PLACES));
            measure((double)n[i], l, by_n[i]);
        }
        for (int power = 0; power < PLACES; power++) {
            real values[N_PLACES], terms[N_PLACES];
            for (int i = 0; i < N_PLACES; i++)
                values[i] = by_n[i][power];
            polynomial_through(N_PLACES, n, values, terms);
            for (int k = 0; k < N_PLACES; k++) {
                real term = power + k < ORDER ? expected[l][power][k] : 0;
                assert_coefficient(terms[k], fabsl(term) < ZERO ? 0 : term);
            }
        }
    }
}

/* ---- what goes into them ---- */

static void an_arc_has_its_length_and_harmonics(void **state)
{
    (void)state;
    for (real from = -4; from < 4; from += 0.37L) {
        for (real length = 0; length < 3.14L; length += 0.11L) {
            real to = from + length, sum = to + from;
            struct dm_arc arc = dm_arc((double)sinl(length), (double)cosl(length),
                                       (double)sinl(sum), (double)cosl(sum));
            assert_true(fabsl(arc.length - length) <= 1e-15L);
            for (int l = 1; l <= ORDER; l++) {
                real harmonic = sinl(2 * l * to) - sinl(2 * l * from);
                assert_true(fabsl(arc.harmonics[l - 1] - harmonic) <= 1e-14L);
            }
        }
    }
}

static void epsilon_is_that_of_k2(void **state)
{
    (void)state;
    for (real e = -0.9L; e < 0.9L; e += 0.01L) {
        real k2 = 4 * e / ((1 - e) * (1 - e));
        assert_true(fabsl(dm_geodesic_epsilon((double)k2) - e) <= 1e-14L);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a1_and_c1_are_those_of_the_distance),
        cmocka_unit_test(a2_and_c2_are_those_of_the_reduced_length),
        cmocka_unit_test(a3_and_c3_are_those_of_the_longitude),
        cmocka_unit_test(an_arc_has_its_length_and_harmonics),
        cmocka_unit_test(epsilon_is_that_of_k2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
