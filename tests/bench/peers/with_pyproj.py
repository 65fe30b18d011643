"""pyproj takes arrays of pairs: the points against themselves, repeated and tiled."""
import numpy
import pyproj

import peer

GEOD = pyproj.Geod(ellps="WGS84")


def inv(a, b=None):
    a = numpy.asarray(a)
    b = a if b is None else numpy.asarray(b)
    first = numpy.repeat(a, len(b), axis=0)
    second = numpy.tile(b, (len(a), 1))
    metres = GEOD.inv(first[:, 1], first[:, 0], second[:, 1], second[:, 0])[2]
    return metres.reshape(len(a), len(b))


peer.main("pyproj " + pyproj.__version__ + ", PROJ " + pyproj.proj_version_str, {"Geod.inv": inv})
