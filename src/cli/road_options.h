/* road_options.h - the options of distances by road. */
#ifndef CLI_ROAD_OPTIONS_H
#define CLI_ROAD_OPTIONS_H

#include "cli/options.h"

/* The environment variable with the key of a server: a header, or the value of "Authorization". */
#define DM_KEY_VARIABLE "DMATRIX_SERVER_KEY"

/* If --metric=road was given, set run.road; else check that no option for it was. DM_USAGE. */
enum dm_status dm_road_complete(struct dm_options *options, struct dm_error *error);

/* Let run.road point into *options, which has been copied. */
void dm_road_attach(struct dm_options *options);

#endif
