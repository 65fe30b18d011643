/* extras.h - parameters that a user adds to each request. */
#ifndef SERVER_EXTRAS_H
#define SERVER_EXTRAS_H

#include "server/dialect.h"

#include <dmatrix/road.h>

/* Check the extras of the options and write them as the dialect takes them to *text, to be freed:
 * as "&KEY=VALUE..." of a URL, or as ",\"KEY\":VALUE..." of JSON, where a value that is JSON by
 * itself stays so and any other becomes a string. On failure the reason is in `message`. DM_USAGE:
 * one is no KEY=VALUE, comes twice, or the dialect writes it itself. DM_MEMORY. */
enum dm_status dm_extras_write(const struct dm_dialect *dialect,
                               const struct dm_road_options *options, char **text,
                               char message[DM_ERROR_LENGTH]);

#endif
