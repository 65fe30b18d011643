/* references.h - each metric's distance as it should be, in wider numbers and by other formulas. */
#ifndef TESTING_REFERENCES_H
#define TESTING_REFERENCES_H

#include <dmatrix/metric.h>

/* Between two points given as latitude and longitude in degrees or, for a planar metric, y and x in
 * metres; in metres. */
typedef long double reference(double lat1, double lon1, double lat2, double lon2);

/* That of a metric with its defaults. A geodesic takes some 20 microseconds, the rest less. */
reference *reference_of(const struct dm_metric *metric);

#endif
