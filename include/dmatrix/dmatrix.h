/* dmatrix.h - the whole library.
 *
 * `reserved`, at the end of structs that may get more fields, is zero and ignored. A new field
 * takes some of its space, so the struct keeps its size and older programs still work. */
#ifndef DMATRIX_DMATRIX_H
#define DMATRIX_DMATRIX_H

#include <dmatrix/accuracy.h>
#include <dmatrix/api.h>
#include <dmatrix/compare.h>
#include <dmatrix/distance_matrix.h>
#include <dmatrix/ellipsoid.h>
#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>
#include <dmatrix/isa.h>
#include <dmatrix/load.h>
#include <dmatrix/locations.h>
#include <dmatrix/metric.h>
#include <dmatrix/nearest.h>
#include <dmatrix/road.h>
#include <dmatrix/run.h>
#include <dmatrix/search.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>
#include <dmatrix/version.h>

#endif
