#include "testing/geodesic_reference.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#define PI 3.141592653589793238462643383279502884L
#define EQUATOR 1e-18L  /* a latitude in radians: nearer is on the equator, 6 pm at most */
#define NOT_QUITE 1e-5L /* off the meridian, to see which side of it is the shorter */
enum { ITERATIONS_MAX = 300 };

/* Latitudes are reduced ones. As in the command's own solver, point 1 lies in the south and no
 * nearer to the equator than point 2. */
struct problem {
    long double a_m, f, ep2;
    long double sine1, cosine1, sine2, cosine2, sine_difference, sine_sum;
    long double lon, supplement;
};

/* A geodesic from point 1 to the latitude of point 2. */
struct course {
    long double sigma1, sigma12, k2, sine0;
    long double miss; /* what lacks in longitude */
};

/* Nodes and weights of the rule with 20 nodes, those above 0. The integrands are analytic so far
 * from the real axis that its error is below 1e-20 over half a turn, for |f| <= 1/50. */
static const long double rule[][2] = {
    {0.07652652113349733375464L, 0.1527533871307258506981L},
    {0.2277858511416450780805L, 0.1491729864726037467878L},
    {0.3737060887154195606725L, 0.1420961093183820513293L},
    {0.5108670019508270980044L, 0.1316886384491766268985L},
    {0.6360536807265150254528L, 0.1181945319615184173124L},
    {0.7463319064601507926143L, 0.1019301198172404350368L},
    {0.8391169718222188233945L, 0.08327674157670474872476L},
    {0.9122344282513259058678L, 0.06267204833410906356951L},
    {0.9639719272779137912677L, 0.04060142980038694133104L},
    {0.9931285991850949247861L, 0.01761400713915211831186L},
};
enum { HALF_RULE = sizeof rule / sizeof *rule };

static long double distance_integrand(const struct problem *problem, long double root)
{
    (void)problem;
    return root;
}

static long double longitude_integrand(const struct problem *problem, long double root)
{
    return (2 - problem->f) / (1 + (1 - problem->f) * root);
}

/* The integral along the course of a function of sqrt(1 + k^2 sin^2(sigma)). */
static long double integral(const struct problem *problem, const struct course *course,
                            long double (*integrand)(const struct problem *, long double))
{
    long double half = course->sigma12 / 2, middle = course->sigma1 + half, sum = 0;
    long double sine = sinl(middle), cosine = cosl(middle);
    for (int i = 0; i < HALF_RULE; i++) {
        long double s = sinl(half * rule[i][0]), c = cosl(half * rule[i][0]);
        long double before = sine * c - cosine * s, after = sine * c + cosine * s;
        sum += rule[i][1] * (integrand(problem, sqrtl(1 + course->k2 * before * before)) +
                             integrand(problem, sqrtl(1 + course->k2 * after * after)));
    }
    return half * sum;
}

/* The course whose azimuth at point 1 is pi/2 + south. */
static struct course follow(const struct problem *p, long double south)
{
    long double sine0 = cosl(south) * p->cosine1, north1 = -sinl(south) * p->cosine1;
    long double wider = fmaxl(0, -p->sine_difference * p->sine_sum);
    long double north2 = sqrtl(north1 * north1 + wider);
    long double squared = north1 * north1 + p->sine1 * p->sine1;

    /* sin(sigma2 - sigma1), without cancellation near the antipode */
    long double sine = p->sine2 * north1 - p->sine1 * north2;
    if (north1 < 0 && p->sine2 > 0)
        sine = wider * (north2 / (p->sine2 - p->sine1) + p->sine2 / (north2 - north1));
    sine = fmaxl(0, sine / squared);
    long double cosine = (north1 * north2 + p->sine1 * p->sine2) / squared;
    long double sine_omega = sine0 * sine;
    long double cosine_omega = (north1 * north2 + sine0 * sine0 * p->sine1 * p->sine2) / squared;

    struct course course = {.sine0 = sine0, .k2 = p->ep2 * squared};
    course.sigma1 = atan2l(p->sine1, north1);
    course.sigma12 = atan2l(sine, cosine);
    /* pi - omega is exact where both longitudes are nearly half a turn. */
    long double ahead = cosine_omega < 0 ? atan2l(sine_omega, -cosine_omega) - p->supplement
                                         : p->lon - atan2l(sine_omega, cosine_omega);
    course.miss = ahead + p->f * sine0 * integral(p, &course, longitude_integrand);
    return course;
}

static long double length_m(const struct problem *problem, const struct course *course)
{
    return problem->a_m * (1 - problem->f) * integral(problem, course, distance_integrand);
}

/* Chandrupatla's method (Advances in Engineering Software 28, 1997, 145-149): bisection, with
 * inverse quadratic interpolation where that is sure to help. The miss is miss_low > 0 at `low`
 * and miss_high < 0 at `high`. */
static struct course solve(const struct problem *problem, long double low, long double miss_low,
                           long double high, long double miss_high)
{
    long double a = high, fa = miss_high, b = low, fb = miss_low, t = 0.5L;
    struct course course;
    for (int i = 0; i < ITERATIONS_MAX; i++) {
        long double x = a + t * (b - a);
        course = follow(problem, x);
        long double fx = course.miss, c = a, fc = fa;
        if ((fx > 0) != (fa > 0)) {
            c = b;
            fc = fb;
            b = a;
            fb = fa;
        }
        a = x;
        fa = fx;
        long double nearest = fabsl(fa) < fabsl(fb) ? a : b;
        long double limit = LDBL_EPSILON * fabsl(nearest) / fabsl(b - a);
        if (fabsl(fa) <= LDBL_EPSILON / 2 || limit > 0.5L)
            break;
        long double xi = (a - b) / (c - b), phi = (fa - fb) / (fc - fb);
        t = 0.5L;
        if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)
            t = fa / (fb - fa) * (fc / (fb - fc)) +
                (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb));
        t = fminl(1 - limit, fmaxl(limit, t));
    }
    return course;
}

static long double shortest_m(const struct problem *problem)
{
    struct course course;
    if (problem->lon == 0 || problem->cosine1 == 0) {
        course = follow(problem, -PI / 2);
    } else if (problem->supplement > 0) {
        course = solve(problem, -PI / 2, problem->lon, PI / 2, -problem->supplement);
    } else {
        long double beside = PI / 2 - NOT_QUITE;
        struct course other = follow(problem, beside);
        course = problem->f < 0 && other.miss < 0
                     ? solve(problem, -PI / 2, problem->lon, beside, other.miss)
                     : follow(problem, PI / 2);
    }
    return length_m(problem, &course);
}

static long double radians(long double degrees)
{
    return degrees * (PI / 180);
}

/* The cosine of a latitude; 0 at the poles. */
static long double cosine_of(long double lat_deg)
{
    return fabsl(lat_deg) < 45 ? cosl(radians(lat_deg)) : sinl(radians(90 - fabsl(lat_deg)));
}

/* The longitudes' distance, 0 .. 180 degrees. */
static long double degrees_apart(long double lon1_deg, long double lon2_deg)
{
    return fabsl(remainderl(lon2_deg - lon1_deg, 360));
}

long double geodesic_reference_m(long double a_m, long double f, long double lat1_deg,
                                 long double lon1_deg, long double lat2_deg, long double lon2_deg)
{
    bool swap = fabsl(lat1_deg) < fabsl(lat2_deg);
    long double lat1 = swap ? lat2_deg : lat1_deg, lat2 = swap ? lat1_deg : lat2_deg;
    if (lat1 > 0) {
        lat1 = -lat1;
        lat2 = -lat2;
    }
    long double sine1 = (1 - f) * sinl(radians(lat1)), cosine1 = cosine_of(lat1);
    long double sine2 = (1 - f) * sinl(radians(lat2)), cosine2 = cosine_of(lat2);
    long double w1 = hypotl(sine1, cosine1), w2 = hypotl(sine2, cosine2);
    long double scale = (1 - f) / (w1 * w2), apart = degrees_apart(lon1_deg, lon2_deg);
    struct problem problem = {.a_m = a_m,
                              .f = f,
                              .ep2 = f * (2 - f) / ((1 - f) * (1 - f)),
                              .sine1 = sine1 / w1,
                              .cosine1 = cosine1 / w1,
                              .sine2 = sine2 / w2,
                              .cosine2 = cosine2 / w2,
                              .sine_difference = scale * sinl(radians(lat2 - lat1)),
                              .sine_sum = scale * sinl(radians(lat2 + lat1)),
                              .lon = radians(apart),
                              .supplement = radians(180 - apart)};
    if (problem.sine1 > -EQUATOR) {
        if (f <= 0 || problem.supplement >= f * PI)
            return a_m * problem.lon;
        problem.sine1 = -EQUATOR;
        problem.sine2 = EQUATOR;
        problem.sine_difference = 2 * EQUATOR;
        problem.sine_sum = 0;
    }
    return shortest_m(&problem);
}
