"""From Python: the neighbours as NumPy arrays and, if SciPy is there, as a sparse matrix. The arrays
are the library's own memory, which is freed with the last of them.

    python3 neighbours.py [LIBRARY]
"""
import ctypes
import sys
import weakref

import numpy

OK = 0
COLUMN = numpy.ctypeslib.ndpointer(numpy.float64, ndim=1, flags="C_CONTIGUOUS")


class Points(ctypes.Structure):
    _fields_ = [("count", ctypes.c_size_t), ("lat", ctypes.c_void_p), ("lon", ctypes.c_void_p)]


class Lists(ctypes.Structure):
    _fields_ = [("origins", ctypes.c_size_t), ("pairs", ctypes.c_size_t),
                ("row_begin", ctypes.POINTER(ctypes.c_int64)),
                ("destinations", ctypes.POINTER(ctypes.c_int64)),
                ("distances", ctypes.POINTER(ctypes.c_double)), ("reserved", ctypes.c_uint64 * 3)]


class Suggestion(ctypes.Structure):
    _fields_ = [("field", ctypes.c_int), ("instead", ctypes.c_bool), ("value", ctypes.c_char * 96)]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("field", ctypes.c_int), ("message", ctypes.c_char * 1024),
                ("suggestions", Suggestion * 8), ("suggestion_count", ctypes.c_uint),
                ("reserved", ctypes.c_uint64 * 4)]


library = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "libdmatrix.so.0.2")
both_sets = [ctypes.POINTER(Points), ctypes.POINTER(Points)]
results = [ctypes.c_void_p, ctypes.POINTER(Lists), ctypes.POINTER(Error)]
library.dm_nearest.argtypes = both_sets + [ctypes.c_uint64] + results
library.dm_within.argtypes = both_sets + [ctypes.c_double] + results
library.dm_neighbour_lists_free.argtypes = [ctypes.POINTER(Lists)]


def search(function, lat, lon, limit):
    """Call one of the two functions for points in two columns: metres of great circle. Return three
    arrays: row_begin, destinations, distances. Other threads run meanwhile."""
    COLUMN.from_param(lat), COLUMN.from_param(lon)  # TypeError: they would have to be copied
    if len(lat) != len(lon):
        raise ValueError("as many longitudes as latitudes are expected")
    points, lists, error = Points(len(lat), lat.ctypes.data, lon.ctypes.data), Lists(), Error()
    if function(points, None, limit, None, lists, error) != OK:
        raise ValueError(error.message.decode())
    # All three arrays are in one block: it has to live as long as any of them.
    words = lists.origins + 1 + 2 * lists.pairs
    block = ctypes.cast(lists.row_begin, ctypes.POINTER(ctypes.c_int64 * words)).contents
    weakref.finalize(block, library.dm_neighbour_lists_free, lists)
    row_begin, destinations, distances = numpy.split(
        numpy.frombuffer(block, numpy.int64), [lists.origins + 1, lists.origins + 1 + lists.pairs])
    return row_begin, destinations, distances.view(numpy.float64)


def nearest(lat, lon, count):
    """The `count` nearest other points of each, as two tables."""
    row_begin, destinations, distances = search(library.dm_nearest, lat, lon, count)
    shape = (len(lat), min(count, max(len(lat) - 1, 0)))
    return destinations.reshape(shape), distances.reshape(shape)


def within(lat, lon, metres):
    """A sparse matrix of the distances up to a limit."""
    import scipy.sparse
    row_begin, destinations, distances = search(library.dm_within, lat, lon, metres)
    matrix = scipy.sparse.csr_matrix((len(lat), len(lat)))
    matrix.indptr, matrix.indices, matrix.data = row_begin, destinations, distances  # no copy
    return matrix


lat = numpy.array([48.8566, 41.9028, -12.0464])
lon = numpy.array([2.3522, 12.4964, -77.0428])
destinations, distances = nearest(lat, lon, 2)
print(destinations)
print(distances.round(3))
try:
    nearest(lat, lon, 0)
except ValueError as error:
    print(error)
try:
    print(within(lat, lon, 2e6).toarray().round(3))
except ImportError:
    print("SciPy is not installed")
