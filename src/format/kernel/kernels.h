/* kernels.h - the hot loops of the formats, as one instruction set runs them. */
#ifndef FORMAT_KERNEL_KERNELS_H
#define FORMAT_KERNEL_KERNELS_H

#include "format/kernel/digits.h"
#include "format/kernel/rounding.h"

#include <dmatrix/status.h>

struct dm_text_kernels {
    dm_digits_kernel *digits;
    dm_rounding_kernel *round;
};

/* The kernels for the instruction set of that name, NULL: for the best that this machine has.
 * DM_USAGE: there is none of that name, or this machine lacks it. */
enum dm_status dm_text_kernels_choose(const char *name, const struct dm_text_kernels **kernels,
                                      struct dm_error *error);

#endif
