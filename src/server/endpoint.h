/* endpoint.h - a server as the options describe it: checked, and in the form that requests need. */
#ifndef SERVER_ENDPOINT_H
#define SERVER_ENDPOINT_H

#include "server/address.h"
#include "server/line.h"

#include <dmatrix/road.h>

struct dm_endpoint {
    struct dm_line_settings settings; /* refers to what follows: do not move it */
    struct dm_server_facts facts;
    struct dm_address address;
    char *extras;
    char *login; /* user and password as requests have them; NULL: none */
};

/* Fill *endpoint, which is zeroed, to be freed with dm_endpoint_free() also after a failure. The
 * options and the flag must outlive it. Statuses and message are those of dm_server_module.open.
 * DM_USAGE also: the header or the profile is malformed. */
enum dm_status dm_endpoint_open(const struct dm_road_options *options, const dm_flag *stop,
                                struct dm_endpoint *endpoint, char message[DM_ERROR_LENGTH]);

void dm_endpoint_free(struct dm_endpoint *endpoint);

#endif
