"""From Python: NumPy arrays in, a NumPy array out, by ctypes and without a copy.

    python3 distances.py [LIBRARY]
"""
import ctypes
import sys

import numpy

OK = 0
COLUMN = numpy.ctypeslib.ndpointer(numpy.float64, ndim=1, flags="C_CONTIGUOUS")
MATRIX = numpy.ctypeslib.ndpointer(numpy.float64, ndim=2, flags=("C_CONTIGUOUS", "WRITEABLE"))


class Points(ctypes.Structure):
    _fields_ = [("count", ctypes.c_size_t), ("lat", ctypes.c_void_p), ("lon", ctypes.c_void_p)]


class Suggestion(ctypes.Structure):
    _fields_ = [("field", ctypes.c_int), ("instead", ctypes.c_bool), ("value", ctypes.c_char * 96)]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("field", ctypes.c_int), ("message", ctypes.c_char * 1024),
                ("suggestions", Suggestion * 8), ("suggestion_count", ctypes.c_uint),
                ("reserved", ctypes.c_uint64 * 4)]


library = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "libdmatrix.so.0.2")
library.dm_distance_matrix.argtypes = [
    ctypes.POINTER(Points), ctypes.POINTER(Points), ctypes.c_void_p, MATRIX, ctypes.POINTER(Error)]


def points(lat, lon):
    """The two columns, which have to live as long as what is returned is in use."""
    COLUMN.from_param(lat), COLUMN.from_param(lon)  # TypeError: they would have to be copied
    if len(lat) != len(lon):
        raise ValueError("as many longitudes as latitudes are expected")
    return Points(len(lat), lat.ctypes.data, lon.ctypes.data)


def distance_matrix(lat, lon):
    """Metres of great circle between all of the points. Other threads run meanwhile."""
    metres, error = numpy.empty((len(lat), len(lat))), Error()
    status = library.dm_distance_matrix(points(lat, lon), None, None, metres, error)
    if status != OK:
        raise ValueError(error.message.decode())
    return metres


lat = numpy.array([48.8566, 41.9028, -12.0464])
lon = numpy.array([2.3522, 12.4964, -77.0428])
print(distance_matrix(lat, lon).round(3))
try:
    distance_matrix(numpy.array([151.2]), numpy.array([-33.9]))
except ValueError as error:
    print(error)
