#include "format/kernel/kernels.h"

#include "base/isa.h"

DM_ISA_TABLES(dm_text_kernels)
