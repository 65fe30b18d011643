#include <dmatrix/ellipsoid.h>

const struct dm_ellipsoid dm_ellipsoid_wgs84 = {"WGS84", "World Geodetic System 1984", 6378137,
                                                298.257223563};
