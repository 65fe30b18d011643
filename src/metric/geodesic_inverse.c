#include "metric/geodesic_inverse.h"

#include "metric/degrees.h"
#include "metric/geodesic_pair.h"

#include <math.h>
#include <stdbool.h>

/* Map two points to the auxiliary sphere. The latitudes must satisfy struct dm_geodesic_pair. */
static struct dm_geodesic_pair on_sphere(const struct dm_geodesic *geodesic, double lat1_deg,
                                         double lat2_deg, struct dm_degrees lon)
{
    double flat = 1 - geodesic->f;
    struct dm_sine_cosine lat1 = dm_sine_cosine_deg(lat1_deg);
    struct dm_sine_cosine lat2 = dm_sine_cosine_deg(lat2_deg);
    double w1 = hypot(flat * lat1.sine, lat1.cosine), w2 = hypot(flat * lat2.sine, lat2.cosine);
    struct dm_geodesic_pair pair = {.sine1 = flat * lat1.sine / w1,
                                    .cosine1 = lat1.cosine / w1,
                                    .sine2 = flat * lat2.sine / w2,
                                    .cosine2 = lat2.cosine / w2};

    /* tan(beta) = (1 - f) tan(phi), so sin(beta2 - beta1) is sin(phi2 - phi1) times
     * (1 - f) / (w1 w2). The same holds for the sums. */
    double scale = flat / (w1 * w2);
    struct dm_degrees sum = dm_degrees_sum(lat2_deg, lat1_deg);
    struct dm_degrees difference = dm_degrees_sum(lat2_deg, -lat1_deg);
    pair.sine_sum = scale * dm_sine_cosine_two_part(sum).sine;
    pair.sine_difference = scale * dm_sine_cosine_two_part(difference).sine;

    struct dm_sine_cosine turned = dm_sine_cosine_two_part(lon);
    struct dm_degrees supplement = dm_degrees_sum(180, -lon.nearest);
    supplement.rest -= lon.rest;
    pair.sine_lon = fabs(turned.sine); /* not -0 */
    pair.cosine_lon = turned.cosine;
    pair.lon = dm_degrees_to_radians(lon);
    pair.lon_supplement = dm_degrees_to_radians(supplement);
    return pair;
}

double dm_geodesic_inverse_m(const struct dm_geodesic *geodesic, double lat1_deg, double lon1_deg,
                             double lat2_deg, double lon2_deg)
{
    bool swap = fabs(lat1_deg) < fabs(lat2_deg);
    double high_deg = swap ? lat2_deg : lat1_deg, low_deg = swap ? lat1_deg : lat2_deg;
    bool mirror = high_deg > 0;
    struct dm_geodesic_pair pair =
        on_sphere(geodesic, mirror ? -high_deg : high_deg, mirror ? -low_deg : low_deg,
                  dm_longitude_difference(lon1_deg, lon2_deg));

    double cosine_arc = pair.sine1 * pair.sine2 + pair.cosine1 * pair.cosine2 * pair.cosine_lon;
    double distance_m = cosine_arc > DM_NEAR_COSINE ? dm_geodesic_near_m(geodesic, &pair)
                                                    : dm_geodesic_far_m(geodesic, &pair);
    return distance_m > 0 ? distance_m : 0;
}
