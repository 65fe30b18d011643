#include "metric/degrees.h"

#include <math.h>

/* pi/180 as the nearest double, and what that lacks. */
#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)
#define RADIANS_PER_DEGREE_REST 2.9486522708701687e-19

/* Of so many quarter turns and a rest, up to 45 degrees. Its radians are taken in two parts:
 * rounded, they alone would misplace a point by up to half a nanometre on the Earth. */
static struct dm_sine_cosine turn(int quarters, double rest_deg)
{
    double rest = rest_deg * RADIANS_PER_DEGREE;
    double lost = fma(rest_deg, RADIANS_PER_DEGREE, -rest) + rest_deg * RADIANS_PER_DEGREE_REST;
    double sine = sin(rest), cosine = cos(rest);
    double more = sine + lost * cosine;
    cosine -= lost * sine;
    sine = more;
    switch ((unsigned)quarters & 3) {
    case 0:
        return (struct dm_sine_cosine){sine, cosine};
    case 1:
        return (struct dm_sine_cosine){cosine, -sine};
    case 2:
        return (struct dm_sine_cosine){-sine, -cosine};
    default:
        return (struct dm_sine_cosine){-cosine, sine};
    }
}

struct dm_sine_cosine dm_sine_cosine_deg(double degrees)
{
    int quarters;
    double rest = remquo(degrees, 90, &quarters);
    return turn(quarters, rest);
}

struct dm_sine_cosine dm_sine_cosine_degrees(struct dm_degrees angle)
{
    int quarters;
    double rest = remquo(angle.nearest, 90, &quarters) + angle.rest;
    return turn(quarters, rest);
}

struct dm_degrees dm_degrees_sum(double a_deg, double b_deg)
{
    double sum = a_deg + b_deg;
    double b_part = sum - a_deg, a_part = sum - b_part;
    return (struct dm_degrees){sum, (a_deg - a_part) + (b_deg - b_part)};
}

struct dm_degrees dm_degrees_apart(double lon1_deg, double lon2_deg)
{
    struct dm_degrees apart = dm_degrees_sum(remainder(lon2_deg, 360), -remainder(lon1_deg, 360));
    if (apart.nearest < 0 || (apart.nearest == 0 && apart.rest < 0))
        apart = (struct dm_degrees){-apart.nearest, -apart.rest};
    /* The other way round is shorter. 360 - nearest is exact from 180 to 360 degrees. */
    if (apart.nearest > 180 || (apart.nearest == 180 && apart.rest > 0))
        apart = (struct dm_degrees){360 - apart.nearest, -apart.rest};
    return apart;
}

double dm_degrees_to_radians(struct dm_degrees angle)
{
    return angle.nearest * RADIANS_PER_DEGREE + angle.rest * RADIANS_PER_DEGREE;
}
