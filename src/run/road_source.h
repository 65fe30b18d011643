/* road_source.h - the source of distances by road: the answers of a server that were asked for
 * before. */
#ifndef RUN_ROAD_SOURCE_H
#define RUN_ROAD_SOURCE_H

#include "road/found.h"
#include "road/store.h"
#include "run/metric_source.h"
#include "run/source.h"

#include <dmatrix/format.h>
#include <dmatrix/road.h>

struct dm_road_source {
    struct dm_source base;
    const struct dm_store *store; /* of a dense layout. NULL: of a sparse one, see `found`; or
                                   * nothing was asked: a dry run, in which roads are guessed */
    const struct dm_found *found; /* of a sparse layout, by pair */
    struct dm_metric_source crow; /* the distance as the crow flies, in the unit */
    const struct dm_road_options *options;
    const struct dm_format *format;
    double metres_per_unit;
};

enum { DM_ROAD_CELLS = 128 /* of a segment, at most */ };

/* Get the cells of the pairs of a segment, from `pair` on, and unless `crow` is NULL the distances
 * as the crow flies, in the unit. Return false if that fails. */
bool dm_road_cells(const struct dm_road_source *source, uint64_t pair,
                   const struct dm_segment *segment, struct dm_road_cell *cells, double *crow);

/* The places, the options and the format must outlive the source. */
struct dm_road_source dm_road_source(const struct dm_places *places, const struct dm_store *store,
                                     const struct dm_found *found,
                                     const struct dm_road_options *options,
                                     const struct dm_format *format, const struct dm_unit *unit,
                                     uint64_t grain);

#endif
