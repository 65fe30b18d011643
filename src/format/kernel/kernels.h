/* kernels.h - which of the tables of hot loops is used. */
#ifndef FORMAT_KERNEL_KERNELS_H
#define FORMAT_KERNEL_KERNELS_H

#include "format/kernel/table.h"

#include <dmatrix/status.h>

/* The kernels for the instruction set of that name, NULL: for the best that this machine has.
 * DM_USAGE: there is none of that name, or this machine lacks it. */
enum dm_status dm_text_kernels_choose(const char *name, const struct dm_text_kernels **kernels,
                                      struct dm_error *error);

#endif
