/* kernels.h - which of the tables of hot loops is used. */
#ifndef METRIC_KERNEL_KERNELS_H
#define METRIC_KERNEL_KERNELS_H

#include "metric/kernel/table.h"

#include <dmatrix/status.h>

/* The kernels for the instruction set of that name, NULL: for the best that this machine has.
 * DM_USAGE: there is none of that name, or this machine lacks it; the message names those it has.
 */
enum dm_status dm_kernels_choose(const char *name, const struct dm_kernels **kernels,
                                 struct dm_error *error);

#endif
