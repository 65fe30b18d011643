/* numbers.h - the distances that an output holds, read back: of outputs that are well-formed and of
 * names without digits. */
#ifndef PROPERTY_NUMBERS_H
#define PROPERTY_NUMBERS_H

#include <dmatrix/run.h>

struct numbers {
    size_t count;
    double *all; /* free() it */
};

/* Runs it and reads what it wrote. Of json, the distances alone. */
struct numbers numbers_of(const struct dm_run_options *options);

#endif
