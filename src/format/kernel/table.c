#include "format/kernel/table.h"

#include "base/lanes.h"

extern const struct dm_text_kernels DM_FOR_ISA(dm_text_kernels);

dm_digits_kernel DM_FOR_ISA(dm_digits);
dm_rounding_kernel DM_FOR_ISA(dm_round);
dm_spread_kernel DM_FOR_ISA(dm_spread);
dm_tally_kernel DM_FOR_ISA(dm_tally);

const struct dm_text_kernels DM_FOR_ISA(dm_text_kernels) = {
    .digits = DM_FOR_ISA(dm_digits),
    .round = DM_FOR_ISA(dm_round),
    .spread = DM_FOR_ISA(dm_spread),
    .tally = DM_FOR_ISA(dm_tally),
};
