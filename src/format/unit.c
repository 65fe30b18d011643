#include <dmatrix/format.h>

#include "base/registry.h"

/* The mile, nautical mile and foot are exact by definition (International Yard and Pound
 * Agreement, 1959; First International Extraordinary Hydrographic Conference, 1929). */
const struct dm_unit dm_unit_km = {"km", "kilometres", 1000.0};
const struct dm_unit dm_unit_m = {"m", "metres", 1.0};
static const struct dm_unit mile = {"mi", "miles of 1609.344 m", 1609.344};
static const struct dm_unit nautical_mile = {"nmi", "nautical miles of 1852 m", 1852.0};
static const struct dm_unit foot = {"ft", "feet of 0.3048 m", 0.3048};

DM_REGISTRY("unit", struct dm_unit, dm_units, dm_unit_find, &dm_unit_km, &dm_unit_m, &mile,
            &nautical_mile, &foot)
