/* road_values.h - the values of the options of distances by road. */
#ifndef CLI_ROAD_VALUES_H
#define CLI_ROAD_VALUES_H

#include "cli/options.h"

/* Functions of the table of options. */
enum dm_status dm_set_unreachable(struct dm_options *options, const char *value,
                                  struct dm_error *error);
enum dm_status dm_set_max_snap(struct dm_options *options, const char *value,
                               struct dm_error *error);
enum dm_status dm_set_max_speed(struct dm_options *options, const char *value,
                                struct dm_error *error);
enum dm_status dm_set_verify(struct dm_options *options, const char *value, struct dm_error *error);
enum dm_status dm_set_rate(struct dm_options *options, const char *value, struct dm_error *error);
enum dm_status dm_set_max_requests(struct dm_options *options, const char *value,
                                   struct dm_error *error);
enum dm_status dm_set_timeout(struct dm_options *options, const char *value,
                              struct dm_error *error);
enum dm_status dm_set_extra(struct dm_options *options, const char *value, struct dm_error *error);
enum dm_status dm_set_server_header(struct dm_options *options, const char *value,
                                    struct dm_error *error);

#endif
