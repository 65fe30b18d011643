/* try.h - return from the function if a call fails; for functions that have nothing to free. */
#ifndef BASE_TRY_H
#define BASE_TRY_H

#include <dmatrix/status.h>

#define DM_TRY(expression)                                                                         \
    do {                                                                                           \
        enum dm_status dm_try_status = (expression);                                               \
        if (dm_try_status != DM_OK)                                                                \
            return dm_try_status;                                                                  \
    } while (0)

#endif
