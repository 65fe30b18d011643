#include "metric/degrees.h"

#include <math.h>

#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180)

struct dm_sine_cosine dm_sine_cosine_deg(double degrees)
{
    int quarters;
    double rest = remquo(degrees, 90, &quarters) * RADIANS_PER_DEGREE;
    double sine = sin(rest), cosine = cos(rest);
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
