/* operations.h - the operations of PROJ that convert coordinates of a system to WGS84.
 *
 * PROJ knows several operations for many systems, each for an area. As cs2cs does, this file uses
 * for each point the one that PROJ suggests there, and counts them: the report says which were
 * used, and how accurate they are. */
#ifndef CRS_OPERATIONS_H
#define CRS_OPERATIONS_H

#include "crs/system.h"

/* One of the operations that PROJ lists. */
struct dm_operation {
    PJ *listed;    /* as listed: in the order of axes of the system */
    PJ *x_first;   /* the same with x first; NULL: not used yet */
    size_t points; /* converted by it */
};

struct dm_operations {
    PJ_CONTEXT *context;
    const struct dm_crs_system *system;
    PJ *wgs84;
    PJ_OBJ_LIST *list;
    struct dm_operation *items; /* those of the list, the best first */
    size_t count;
    PJ *fallback;   /* tries the operations one after another; NULL: not needed yet */
    size_t outside; /* points outside the areas of all operations */
    int fault;      /* of the last point that failed; 0: unknown */
};

/* List the operations from the system to WGS84, to be closed by the caller, after a failure too.
 * The system must stay as long. `said` is PROJ's last message, which a failure quotes. DM_USAGE:
 * PROJ has none. DM_MEMORY. */
enum dm_status dm_operations_find(PJ_CONTEXT *context, const struct dm_crs_system *system,
                                  const char *system_name, const char *said,
                                  struct dm_operations *all, char message[DM_ERROR_LENGTH]);

/* Convert x and y (in units of the system) to longitude and latitude in degrees. Return false,
 * with HUGE_VAL in both, if that fails. */
bool dm_operations_convert(struct dm_operations *all, double *x, double *y);

/* Set in *notes the operations used so far, their accuracy, and a missing grid that would make it
 * better within the bounds (west, south, east, north, in degrees). */
void dm_operations_describe(const struct dm_operations *all, const double bounds[4],
                            struct dm_crs_notes *notes);

void dm_operations_close(struct dm_operations *all);

#endif
