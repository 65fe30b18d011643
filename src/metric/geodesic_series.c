#include "metric/geodesic_series.h"

#include <math.h>
#include <string.h>

enum { ORDER = DM_GEODESIC_ORDER };

void dm_geodesic_init(struct dm_geodesic *geodesic, double a_m, double f)
{
    double n = f / (2 - f), n2 = n * n; /* the third flattening */
    *geodesic = (struct dm_geodesic){.a_m = a_m, .b_m = a_m * (1 - f), .f = f};
    geodesic->e2 = f * (2 - f);
    geodesic->ep2 = geodesic->e2 / ((1 - f) * (1 - f));

    /* (24) and (25) */
    const double a3[ORDER] = {
        1,
        -(1 - n) / 2,
        -1.0 / 4 - n / 8 + 3 * n2 / 8,
        -1.0 / 16 - 3 * n / 16 - n2 / 16,
        -3.0 / 64 - n / 32,
        -3.0 / 128,
    };
    const double c3[ORDER - 1][ORDER] = {
        {0, (1 - n) / 4, (1 - n2) / 8, 3.0 / 64 + 3 * n / 64 - n2 / 64, 5.0 / 128 + n / 64,
         3.0 / 128},
        {0, 0, 1.0 / 16 - 3 * n / 32 + n2 / 32, 3.0 / 64 - n / 32 - 3 * n2 / 64,
         3.0 / 128 + n / 128, 5.0 / 256},
        {0, 0, 0, 5.0 / 192 - 3 * n / 64 + 5 * n2 / 192, 3.0 / 128 - 5 * n / 192, 7.0 / 512},
        {0, 0, 0, 0, 7.0 / 512 - 7 * n / 256, 7.0 / 512},
        {0, 0, 0, 0, 0, 21.0 / 2560},
    };
    memcpy(geodesic->a3, a3, sizeof a3);
    memcpy(geodesic->c3, c3, sizeof c3);
}

/* Uses sin(2 l sigma2) - sin(2 l sigma1) = 2 cos(l (sigma2 + sigma1)) sin(l (sigma2 - sigma1)),
 * with l rotations by both angles. Short arcs have the relative accuracy of the arguments. */
struct dm_arc dm_arc(double sine_difference, double cosine_difference, double sine_sum,
                     double cosine_sum)
{
    double s = sine_difference > 0 ? sine_difference : 0, c = cosine_difference;
    double sine_l = s, cosine_l = c, sum_sine_l = sine_sum, sum_cosine_l = cosine_sum;
    struct dm_arc arc = {.length = atan2(s, c)};
    for (int l = 0; l < ORDER; l++) {
        arc.harmonics[l] = 2 * sum_cosine_l * sine_l;
        double sine = sine_l * c + cosine_l * s;
        cosine_l = cosine_l * c - sine_l * s;
        sine_l = sine;
        double sum_sine = sum_sine_l * cosine_sum + sum_cosine_l * sine_sum;
        sum_cosine_l = sum_cosine_l * cosine_sum - sum_sine_l * sine_sum;
        sum_sine_l = sum_sine;
    }
    return arc;
}

double dm_geodesic_epsilon(double k2)
{
    return k2 / (2 * (1 + sqrt(1 + k2)) + k2);
}

/* Return the sum of coefficients times harmonics, adding small terms first. */
static double harmonic_sum(const double *coefficients, int count, const struct dm_arc *arc)
{
    double sum = 0;
    for (int l = count; l-- > 0;)
        sum += coefficients[l] * arc->harmonics[l];
    return sum;
}

/* Return I1 minus the arc length, from A1 - 1 and C1. */
static double remainder_1(double e, const struct dm_arc *arc)
{
    double e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e;
    double a = (e + e2 * (1.0 / 4 + e2 * (1.0 / 64 + e2 / 256))) / (1 - e); /* A1 - 1, (17) */
    const double c[ORDER] = {                                               /* (18) */
                             e * (-1.0 / 2 + e2 * (3.0 / 16 - e2 / 32)),
                             e2 * (-1.0 / 16 + e2 * (1.0 / 32 - e2 * (9.0 / 2048))),
                             e3 * (-1.0 / 48 + e2 * (3.0 / 256)),
                             e4 * (-5.0 / 512 + e2 * (3.0 / 512)),
                             e5 * (-7.0 / 1280),
                             e5 * e * (-7.0 / 2048)};
    double sum = harmonic_sum(c, ORDER, arc);
    return a * (arc->length + sum) + sum;
}

/* Return I2 minus the arc length, from A2 - 1 and C2. */
static double remainder_2(double e, const struct dm_arc *arc)
{
    double e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e;
    double a = e2 * (1.0 / 4 + e2 * (9.0 / 64 + e2 * (25.0 / 256)));
    a = a * (1 - e) - e;     /* A2 - 1, (42) */
    const double c[ORDER] = {/* (43) */
                             e * (1.0 / 2 + e2 * (1.0 / 16 + e2 / 32)),
                             e2 * (3.0 / 16 + e2 * (1.0 / 32 + e2 * (35.0 / 2048))),
                             e3 * (5.0 / 48 + e2 * (5.0 / 256)),
                             e4 * (35.0 / 512 + e2 * (7.0 / 512)),
                             e5 * (63.0 / 1280),
                             e5 * e * (77.0 / 2048)};
    double sum = harmonic_sum(c, ORDER, arc);
    return a * (arc->length + sum) + sum;
}

double dm_geodesic_i1(double epsilon, const struct dm_arc *arc)
{
    return arc->length + remainder_1(epsilon, arc);
}

double dm_geodesic_j(double epsilon, const struct dm_arc *arc)
{
    return remainder_1(epsilon, arc) - remainder_2(epsilon, arc);
}

double dm_geodesic_i3(const struct dm_geodesic *geodesic, double epsilon, const struct dm_arc *arc)
{
    double a = 0, c[ORDER - 1];
    for (int power = ORDER; power-- > 0;)
        a = a * epsilon + geodesic->a3[power];
    for (int l = 0; l < ORDER - 1; l++) {
        c[l] = 0;
        for (int power = ORDER; power-- > 0;)
            c[l] = c[l] * epsilon + geodesic->c3[l][power];
    }
    return a * (arc->length + harmonic_sum(c, ORDER - 1, arc));
}
