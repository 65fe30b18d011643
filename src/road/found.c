#include "road/found.h"

#include <stdlib.h>

void dm_found_free(struct dm_found *found)
{
    free(found->row_begin);
    free(found->destinations);
    free(found->cells);
    free(found->snaps_m);
    *found = (struct dm_found){0};
}
