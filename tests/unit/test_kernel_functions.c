/* What the kernels approximate functions by: how far off, and that no coefficient could be another.
 */
#include "testing/polynomial.h"
#include "testing/testing.h"

#include "metric/kernel/geodesic_triangle.h"

#include <float.h>

#define PI_L 3.141592653589793238462643383279502884L

typedef long double real;

enum { STEPS = 20000 };

/* ---- minimax.h ---- */

static real polynomial(const double *terms, int n, real x)
{
    real sum = 0;
    for (int k = n - 1; k >= 0; k--)
        sum = sum * x + terms[k];
    return sum;
}

static real polynomial_f32(const float *terms, int n, real x)
{
    real sum = 0;
    for (int k = n - 1; k >= 0; k--)
        sum = sum * x + terms[k];
    return sum;
}

static real exact_arc_over_sine(real c)
{
    return acosl(c) / sqrtl((1 - c) * (1 + c));
}

static real asin_error(real x)
{
    return (x + x * x * x * polynomial(asin_tail, 12, x * x)) / asinl(x) - 1;
}

static real quotient_error(real c)
{
    real quotient = polynomial(arc_over_sine_p, 7, c) / polynomial(arc_over_sine_q, 6, c);
    return quotient / exact_arc_over_sine(c) - 1;
}

static real rough_error(real c)
{
    return polynomial_f32(rough_arc_over_sine, 7, c) / exact_arc_over_sine(c) - 1;
}

/* Up to `end`, which is left out where there is 0/0. Places crowd at the ends, where errors change
 * fastest. */
static void assert_error(const char *what, real (*error)(real), real end, real largest)
{
    real worst = 0;
    for (int i = 1; i < STEPS; i++) {
        real x = end * (1 + polynomial_place(i, STEPS)) / 2;
        worst = fmaxl(worst, fabsl(error(x)));
    }
    print_message("%s: %.3Lg\n", what, worst);
    assert_true(worst <= largest);
}

/* The errors stated in minimax.h, and what rounding the coefficients adds to them. */
static void minimax_errors_are_as_told(void **state)
{
    (void)state;
    const real noise = LDBL_MANT_DIG >= 64 ? 0 : 1e-15L;
    assert_error("asin_tail", asin_error, 0.5L, 2e-17L + noise);
    assert_error("arc_over_sine", quotient_error, 1, 2.5e-16L + noise);
    assert_error("rough_arc_over_sine", rough_error, 1, 2.8e-6L);
}

/* ---- geodesic_triangle.h ---- */

static void arcs_are_exact(void **state)
{
    (void)state;
    real worst_length = 0, worst_inverse = 0;
    for (int i = 1; i < STEPS; i++) {
        real angle = PI_L * i / STEPS, sine = sinl(angle);
        struct arc arc = arc_of((double)cosl(angle), (double)(sine * sine));
        worst_length = fmaxl(worst_length, fabsl(arc.length / angle - 1));
        worst_inverse = fmaxl(worst_inverse, fabsl(arc.inverse * sine - 1));
    }
    print_message("length: %.3Lg, inverse: %.3Lg\n", worst_length, worst_inverse);
    assert_true(worst_length <= 1e-15L);
    assert_true(worst_inverse <= 1e-15L);
}

/* Turning point 2 away from the middle of the meridian of point 1 shows the sine in the east and,
 * on the equator, the versine in the cosine. */
struct turn {
    double sine, versine;
};

static struct turn turn_by(double shift)
{
    struct triangle none = {.cosine = 0};
    struct triangle seen = rotated(none, 0, -1, (struct position){.along = 1}, shift);
    return (struct turn){.sine = seen.east, .versine = seen.cosine};
}

static void sines_of_shifts_are_exact(void **state)
{
    (void)state;
    real worst = 0;
    for (int i = 1; i <= STEPS; i++) {
        double shift = SHIFT_MAX * i / STEPS;
        worst = fmaxl(worst, fabsl(turn_by(shift).sine / sinl(shift) - 1));
    }
    print_message("sine: %.3Lg\n", worst);
    assert_true(worst <= 6e-16L);
}

/* 1 - cos over the square of s, where no digit is lost. */
static real versine_over_square(real s)
{
    real half = sinl(s / 2) / s;
    return 2 * half * half;
}

/* The versine is s^2 times a straight line in s^2. Its two coefficients, far finer than a double
 * shows in one place, are those of the line nearest to all the values; and they are to be the ones
 * that interpolate at Chebyshev's two places. */
static void versines_of_shifts_are_nearest_lines(void **state)
{
    (void)state;
    const real range = (real)SHIFT_MAX * SHIFT_MAX;
    real q = 0, y = 0, qq = 0, qy = 0; /* sums */
    for (int i = 1; i <= STEPS; i++) {
        double shift = SHIFT_MAX * i / STEPS;
        real square = (real)shift * shift, value = turn_by(shift).versine / square - 0.5L;
        q += square;
        y += value;
        qq += square * square;
        qy += square * value;
    }
    real slope = (STEPS * qy - q * y) / (STEPS * qq - q * q), start = (y - slope * q) / STEPS;

    real at[2], values[2], line[2];
    for (int i = 0; i < 2; i++) {
        at[i] = range * (1 + polynomial_place(i, 2)) / 2;
        values[i] = versine_over_square(sqrtl(at[i])) - 0.5L;
    }
    polynomial_through(2, at, values, line);
    print_message("versine: start off by %.3Lg, slope by %.3Lg\n", start - line[0],
                  slope - line[1]);
    assert_true(fabsl(start - line[0]) <= 1e-16L);
    assert_true(fabsl(slope - line[1]) <= 1e-12L);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minimax_errors_are_as_told),
        cmocka_unit_test(arcs_are_exact),
        cmocka_unit_test(sines_of_shifts_are_exact),
        cmocka_unit_test(versines_of_shifts_are_nearest_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
