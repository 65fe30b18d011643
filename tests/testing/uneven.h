/* uneven.h - metrics as a user of the library may write them, for tests of the search. */
#ifndef TESTING_UNEVEN_H
#define TESTING_UNEVEN_H

#include <dmatrix/metric.h>

/* The angle times the radius times 1, 1.05, 1.1 or 1.15, which looks random: the nearest places by
 * the metric are not the nearest ones on the sphere. */
extern const struct dm_metric metric_uneven;     /* depends on the direction of a pair */
extern const struct dm_metric metric_symmetric;  /* does not, so it has no fill_reversed() */
extern const struct dm_metric metric_unembedded; /* metric_uneven without vectors */

/* The three of them, ended by NULL. */
extern const struct dm_metric *const user_metrics[];

#endif
