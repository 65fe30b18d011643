/* system.h - a coordinate reference system that PROJ finds by its name. */
#ifndef CRS_SYSTEM_H
#define CRS_SYSTEM_H

#include "load/crs_module.h"

#include <proj.h>
#include <stdbool.h>

struct dm_crs_system {
    PJ *proj;                        /* owned; NULL: none */
    bool north_first;                /* it puts y before x */
    double west, south, east, north; /* its area in degrees; the whole Earth if not known */
};

/* Find the system of that name in PROJ's database, to be destroyed by the caller with
 * proj_destroy(system->proj), after a failure too. Set name, guessed, projected and degrees in
 * *notes. `said` is PROJ's last message, which a failure quotes. DM_USAGE, DM_SYSTEM and DM_MEMORY
 * as in struct dm_crs_module. */
enum dm_status dm_crs_find_system(PJ_CONTEXT *context, const char *name, const char *said,
                                  struct dm_crs_system *system, struct dm_crs_notes *notes,
                                  char message[DM_ERROR_LENGTH]);

#endif
