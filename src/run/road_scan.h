/* road_scan.h - what the answers of a routing server have in common: pairs without a route, the
 * greatest distance, detours. */
#ifndef RUN_ROAD_SCAN_H
#define RUN_ROAD_SCAN_H

#include "run/road_source.h"

/* Read all cells and add to *report. DM_IO, DM_MEMORY, DM_STOPPED. */
enum dm_status dm_road_scan(const struct dm_road_source *source, const dm_flag *stop,
                            struct dm_road_report *report, struct dm_error *error);

#endif
