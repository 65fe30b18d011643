/* kernels.h - choice of the table of hot loops. */
#ifndef METRIC_KERNEL_KERNELS_H
#define METRIC_KERNEL_KERNELS_H

#include "metric/kernel/table.h"

#include <dmatrix/status.h>

/* Find the kernels of the instruction set `name` (NULL: the best that this machine has). DM_USAGE:
 * the name is unknown, or this machine lacks it; the message lists those that it has. */
enum dm_status dm_kernels_choose(const char *name, const struct dm_kernels **kernels,
                                 struct dm_error *error);

#endif
