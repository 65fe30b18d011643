/* asker_options.h - what requests to a routing server have in common. */
#ifndef ROAD_ASKER_OPTIONS_H
#define ROAD_ASKER_OPTIONS_H

#include "road/server_module.h"

#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/road.h>

enum { DM_ASK_PLACES = 1000 /* of a request, origins and destinations together */ };

struct dm_asker_options {
    const struct dm_road_options *road;
    const struct dm_locations *origins, *destinations;
    unsigned at_once; /* requests under way at a time */
    const dm_flag *stop;
    void (*waits)(void *context, uint64_t ns, const char *reason); /* before a long wait; or NULL */
    void *context;
    struct dm_road_report *report; /* requests, repetitions, timing and sizes are added to it */
};

#endif
