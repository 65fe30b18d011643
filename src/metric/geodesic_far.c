/* Far points, including nearly antipodal ones. The unknown is the azimuth at point 1. The longitude
 * at which the geodesic reaches the latitude of point 2 increases with the azimuth.
 *
 * The azimuth is measured from due east, so that geodesics along the equator keep full precision:
 * alpha1 = pi/2 + south, where `south` is -pi/2 .. pi/2.
 */
#include "metric/geodesic_pair.h"

#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846

/* After NEWTON_PASSES every pass halves the bracket, which is pi wide at first. 60 halvings make it
 * narrower than 3e-18, where the correction for the miss leaves no error. So no pair needs more
 * than PASSES_MAX. */
enum { NEWTON_PASSES = 20, PASSES_MAX = NEWTON_PASSES + 60, ASTROID_PASSES = 30 };

#define MISS_NOISE 1e-15  /* error of the miss */
#define NEGLIGIBLE 1e-18  /* arc: 6 pm on the Earth */
#define SLOPE_NOISE 1e-13 /* relative to its terms: smaller slopes are rounding errors */
#define TINY 1e-140 /* smaller latitudes count as the equator; the square is a normal number */

/* The great circle of a geodesic that starts at point 1 and ends at the latitude of point 2. */
struct circle {
    double sine0, cosine0_squared; /* of alpha0 */
    double north1, north2;         /* cos(alpha) cos(beta) at both ends */
    double s1, c1, s2, c2;         /* sines and cosines of sigma1 and sigma2 */
    double sine_arc;               /* of sigma2 - sigma1 */
    double square_difference;      /* s1^2 - s2^2, not negative */
};

/* Result of following a geodesic. */
struct trial {
    double miss;     /* longitude by which it ends west of point 2 */
    double slope;    /* derivative of the end's longitude by `south`; 0: below rounding errors */
    double distance; /* length divided by b, corrected for the miss */
    double north1;
};

/* Compute the great circle by (11) and (45); nothing cancels near the antipode. */
static struct circle circle_of(const struct dm_geodesic_pair *pair, double south)
{
    /* cos^2(beta2) - cos^2(beta1), not negative */
    double cos2_difference = fmax(0, -pair->sine_difference * pair->sine_sum);
    double north1 = -sin(south) * pair->cosine1;
    double north2 = sqrt(north1 * north1 + cos2_difference);
    double squared = north1 * north1 + pair->sine1 * pair->sine1, cosine0 = sqrt(squared);
    /* sin(sigma2 - sigma1), times the square */
    double sine_arc = north1 < 0 && pair->sine2 > 0
                          ? cos2_difference * (north2 / (pair->sine2 - pair->sine1) +
                                               pair->sine2 / (north2 - north1))
                          : pair->sine2 * north1 - pair->sine1 * north2;
    return (struct circle){.sine0 = cos(south) * pair->cosine1,
                           .cosine0_squared = squared,
                           .north1 = north1,
                           .north2 = north2,
                           .s1 = pair->sine1 / cosine0,
                           .c1 = north1 / cosine0,
                           .s2 = pair->sine2 / cosine0,
                           .c2 = north2 / cosine0,
                           .sine_arc = fmax(0, sine_arc / squared),
                           .square_difference = cos2_difference / squared};
}

/* Return omega2 - omega1, by (12), minus the longitude difference of the pair. */
static double excess(const struct dm_geodesic_pair *pair, const struct circle *at)
{
    double sine = at->sine0 * at->sine_arc;
    double cosine = at->c1 * at->c2 + at->sine0 * at->s1 * (at->sine0 * at->s2);
    return atan2(sine * pair->cosine_lon - cosine * pair->sine_lon,
                 cosine * pair->cosine_lon + sine * pair->sine_lon);
}

/* Return the derivative of the end's longitude by `south`, from the reduced length m12: (38) and
 * (46), with all terms positive on an oblate ellipsoid if the geodesic starts southwards. */
static double slope_of(const struct dm_geodesic *geodesic, const struct circle *at, double k2,
                       double j)
{
    double w1 = sqrt(1 + k2 * at->s1 * at->s1), w2 = sqrt(1 + k2 * at->s2 * at->s2);
    double direct = w2 * at->sine_arc;
    double bent = -k2 * at->square_difference / (w1 + w2) * at->s1 * at->c2 - at->c1 * at->c2 * j;
    double reduced = direct + bent;
    if (!(reduced > SLOPE_NOISE * (direct + fabs(bent)) && at->north2 > 0))
        return 0;
    return (1 - geodesic->f) * reduced / at->north2;
}

static struct trial follow(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair,
                           double south)
{
    struct circle at = circle_of(pair, south);
    struct dm_arc arc = dm_arc(at.sine_arc, at.c1 * at.c2 + at.s1 * at.s2,
                               at.s2 * at.c1 + at.s1 * at.c2, at.c1 * at.c2 - at.s1 * at.s2);
    double k2 = geodesic->ep2 * at.cosine0_squared, epsilon = dm_geodesic_epsilon(k2);
    double i3 = dm_geodesic_i3(geodesic, epsilon, &arc);
    double miss = geodesic->f * at.sine0 * i3 - excess(pair, &at);
    return (struct trial){
        .miss = miss,
        .slope = slope_of(geodesic, &at, k2, dm_geodesic_j(epsilon, &arc)),
        .distance = dm_geodesic_i1(epsilon, &arc) + at.sine0 * miss / (1 - geodesic->f),
        .north1 = at.north1,
    };
}

/* Return the positive root of x^2 / (1 + mu)^2 + y^2 / mu^2 = 1, (55), for x, y >= 0; or 0. The
 * left side is convex and decreasing, so Newton's method converges from any value below the root.
 * One percent is accurate enough for a starting point. */
static double astroid(double x, double y)
{
    double mu = fmax(y, x - 1);
    for (int pass = 0; pass < ASTROID_PASSES && mu > 0; pass++) {
        double u = x / (1 + mu), v = y / mu;
        double step = (u * u + v * v - 1) / (2 * (u * u / (1 + mu) + v * v / mu));
        mu += step;
        if (!(step > 0.01 * mu))
            break;
    }
    return mu > 0 ? mu : 0;
}

/* Return an initial `south` for nearly antipodal points, by (56) and (57), with the axes swapped on
 * a prolate ellipsoid. Around the antipode the geodesics from point 1 envelop an astroid of about
 * |f| pi cos^2(beta1) in size and are tangent to it. */
static double start_by_astroid(const struct dm_geodesic *geodesic,
                               const struct dm_geodesic_pair *pair)
{
    static const struct dm_arc half_turn = {.length = 1};
    double epsilon = dm_geodesic_epsilon(geodesic->ep2 * pair->sine1 * pair->sine1);
    double size =
        fabs(geodesic->f) * PI * pair->cosine1 * dm_geodesic_i3(geodesic, epsilon, &half_turn);
    double x = pair->lon_supplement / size, y = fabs(pair->sine_sum) / (size * pair->cosine1);
    double east, south;
    if (geodesic->f > 0) {
        double mu = astroid(x, y);
        east = x / (1 + mu);
        south = mu > 0 ? y / mu : sqrt(fmax(0, 1 - x * x));
    } else {
        double nu = astroid(y, x);
        east = nu > 0 ? x / nu : sqrt(fmax(0, 1 - y * y));
        south = y / (1 + nu);
    }
    return atan2(south, east);
}

/* Return an initial `south` for Newton's method. */
static double start(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair)
{
    /* The direction on a sphere times the sine of the arc, (49). Each of the two forms of its
     * northern component loses digits where the other does not. */
    double squared = pair->sine_lon * pair->sine_lon;
    double slant = pair->sine1 * pair->cosine2;
    double north = pair->cosine_lon > 0
                       ? pair->sine_difference + slant * squared / (1 + pair->cosine_lon)
                       : pair->sine_sum - slant * squared / (1 - pair->cosine_lon);
    double east = pair->cosine2 * pair->sine_lon;
    double cosine_arc =
        pair->sine1 * pair->sine2 + pair->cosine1 * pair->cosine2 * pair->cosine_lon;
    double reach = 3 * fabs(geodesic->f) * PI * pair->cosine1 * pair->cosine1;
    if (cosine_arc < 0 && hypot(north, east) < reach)
        return start_by_astroid(geodesic, pair);
    return atan2(-north, east);
}

/* Return true if further passes would not improve the distance. Its error, divided by a, is the
 * integral of cos(alpha1) cos(beta1) times the miss from `south` to the root. A Newton step gives
 * the distance to the root only if it is small against `south`: near due east the slope can change
 * abruptly, perhaps within 1e-17. Otherwise the bracket limits that distance. Without a slope even
 * a root may be wrong: a meridian of a prolate ellipsoid beyond its conjugate point. */
static bool is_converged(const struct dm_geodesic_pair *pair, const struct trial *trial,
                         double south, double bracket)
{
    double far = bracket, miss = fabs(trial->miss);
    if (trial->slope > 0) {
        double step = miss / trial->slope;
        far = step <= 0.01 * fabs(south) ? step : bracket;
    } else {
        miss = fmax(miss, MISS_NOISE);
    }
    return (fabs(trial->north1) + far * pair->cosine1) * far * miss <= NEGLIGIBLE;
}

static double solve(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair)
{
    double low = -PI / 2, high = PI / 2;
    double south = start(geodesic, pair);
    for (int pass = 1;; pass++) {
        struct trial trial = follow(geodesic, pair, south);
        if (trial.miss > 0)
            low = south;
        else
            high = south;
        if (is_converged(pair, &trial, south, high - low) || pass == PASSES_MAX)
            return trial.distance;
        double next = trial.slope > 0 ? south + trial.miss / trial.slope : low;
        bool newton = next > low && next < high && pass < NEWTON_PASSES;
        south = newton ? next : low + (high - low) / 2;
    }
}

double dm_geodesic_far_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair)
{
    if (pair->sine1 < -TINY)
        return geodesic->b_m * solve(geodesic, pair);
    /* Both points are on the equator. The geodesic follows it unless another path is shorter. */
    if (geodesic->f <= 0 || pair->lon_supplement >= geodesic->f * PI)
        return geodesic->a_m * pair->lon;
    struct dm_geodesic_pair nearby = *pair;
    nearby.sine1 = -TINY;
    nearby.sine2 = TINY;
    nearby.sine_difference = 2 * TINY;
    nearby.sine_sum = 0;
    return geodesic->b_m * solve(geodesic, &nearby);
}
