#include "metric/degrees.h"

#include <math.h>

/* pi/180 as the nearest double, and the difference to the exact value. */
#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)
#define RADIANS_PER_DEGREE_REST 2.9486522708701687e-19

/* Return the sine and cosine of quarter turns plus a rest of up to 45 degrees. The rest in radians
 * has two parts: one double would misplace a point by up to half a nanometre on the Earth. */
static struct dm_sine_cosine sine_cosine_of(int quarters, double rest_deg)
{
    double rest = rest_deg * RADIANS_PER_DEGREE;
    double error = fma(rest_deg, RADIANS_PER_DEGREE, -rest) + rest_deg * RADIANS_PER_DEGREE_REST;
    double sine = sin(rest), cosine = cos(rest);
    double corrected = sine + error * cosine;
    cosine -= error * sine;
    sine = corrected;
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
    return sine_cosine_of(quarters, rest);
}

struct dm_sine_cosine dm_sine_cosine_two_part(struct dm_degrees angle)
{
    int quarters;
    double rest = remquo(angle.nearest, 90, &quarters) + angle.rest;
    return sine_cosine_of(quarters, rest);
}

struct dm_degrees dm_degrees_sum(double a_deg, double b_deg)
{
    double sum = a_deg + b_deg;
    double b_part = sum - a_deg, a_part = sum - b_part;
    return (struct dm_degrees){sum, (a_deg - a_part) + (b_deg - b_part)};
}

struct dm_degrees dm_longitude_difference(double lon1_deg, double lon2_deg)
{
    struct dm_degrees difference =
        dm_degrees_sum(remainder(lon2_deg, 360), -remainder(lon1_deg, 360));
    if (difference.nearest < 0 || (difference.nearest == 0 && difference.rest < 0))
        difference = (struct dm_degrees){-difference.nearest, -difference.rest};
    /* The other direction is shorter. 360 - nearest is exact from 180 to 360 degrees. */
    if (difference.nearest > 180 || (difference.nearest == 180 && difference.rest > 0))
        difference = (struct dm_degrees){360 - difference.nearest, -difference.rest};
    return difference;
}

double dm_degrees_to_radians(struct dm_degrees angle)
{
    return angle.nearest * RADIANS_PER_DEGREE + angle.rest * RADIANS_PER_DEGREE;
}
