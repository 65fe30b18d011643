/* server.h - the module for routing servers, opened. */
#ifndef ROAD_SERVER_H
#define ROAD_SERVER_H

#include "road/server_module.h"

/* Load the module and prepare for the server of the options. Errors as of dm_asker_open(). */
enum dm_status dm_server_open(const struct dm_road_options *options, unsigned at_once,
                              const dm_flag *stop, const struct dm_server_module **module,
                              struct dm_server **server, struct dm_error *error);

#endif
