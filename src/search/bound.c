#include "search/bound.h"

#include <math.h>

#define PI 3.14159265358979323846
#define MAX_SQUARE 5.0 /* of chords; more than that of any in a unit sphere, which is at most 4 */
#define SLACK 1e-14    /* of the radius, for the rounding of metrics and vectors: 64 nm on Earth */
#define RELATIVE_SLACK 1e-12 /* of squares of chords, for their rounding */

#define TINY 1e-300 /* square metres: smaller squares lose digits or are 0 */

/* Half of an angle up to which a limit is used. Nearer to a quarter turn the chord hardly depends
 * on the angle, so that its rounding errors would be large angles. */
#define MAX_HALF_ANGLE 1.57

static double square_of_chord(double angle)
{
    double half = sin(angle / 2);
    return 4 * half * half;
}

double dm_bound_outside(const struct dm_embedding *embedding, double metres)
{
    if (!embedding->sphere)
        return metres * metres * (1 + RELATIVE_SLACK) + TINY;
    double angle = (metres + SLACK * embedding->farthest_m) / embedding->nearest_m;
    return angle < 2 * MAX_HALF_ANGLE ? square_of_chord(angle) * (1 + RELATIVE_SLACK) : MAX_SQUARE;
}

double dm_bound_inside(const struct dm_embedding *embedding, double metres)
{
    if (!embedding->sphere)
        return metres * metres * (1 - RELATIVE_SLACK) - TINY;
    double angle = (metres - SLACK * embedding->farthest_m) / embedding->farthest_m;
    if (angle > PI) /* all places are within it, whatever their chords */
        return MAX_SQUARE;
    angle = fmin(angle, 2 * MAX_HALF_ANGLE);
    return angle > 0 ? square_of_chord(angle) * (1 - RELATIVE_SLACK) : -1;
}
