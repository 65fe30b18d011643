/* kernels.h - choice of the table of hot loops. */
#ifndef FORMAT_KERNEL_KERNELS_H
#define FORMAT_KERNEL_KERNELS_H

#include "format/kernel/table.h"

#include <dmatrix/status.h>

/* Find the kernels of the instruction set `name` (NULL: the best that this machine has). DM_USAGE:
 * the name is unknown, or this machine lacks the instruction set. */
enum dm_status dm_text_kernels_choose(const char *name, const struct dm_text_kernels **kernels,
                                      struct dm_error *error);

#endif
