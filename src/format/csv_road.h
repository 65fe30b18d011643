/* csv_road.h - csv with distances by road. */
#ifndef FORMAT_CSV_ROAD_H
#define FORMAT_CSV_ROAD_H

#include <dmatrix/format.h>

extern const struct dm_format dm_format_csv_road; /* dm_format_csv.by_road */

#endif
