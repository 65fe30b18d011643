/* table.h - the hot loops of the formats, compiled for one instruction set. */
#ifndef FORMAT_KERNEL_TABLE_H
#define FORMAT_KERNEL_TABLE_H

#include "format/kernel/digits.h"
#include "format/kernel/rounding.h"
#include "format/kernel/spread.h"
#include "format/kernel/tally.h"

struct dm_text_kernels {
    dm_digits_kernel *digits;
    dm_rounding_kernel *round;
    dm_spread_kernel *spread;
    dm_tally_kernel *tally;
};

#endif
