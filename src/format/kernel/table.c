/* The kernels of one instruction set. */
#include "base/lanes.h"
#include "format/kernel/kernels.h"

extern const struct dm_text_kernels DM_FOR_ISA(dm_text_kernels);

dm_digits_kernel DM_FOR_ISA(dm_digits);
dm_rounding_kernel DM_FOR_ISA(dm_round);

const struct dm_text_kernels DM_FOR_ISA(dm_text_kernels) = {
    .digits = DM_FOR_ISA(dm_digits),
    .round = DM_FOR_ISA(dm_round),
};
