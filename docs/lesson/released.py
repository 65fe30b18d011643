#!/usr/bin/env python3
"""Threads of Python that compute at the same moment, because the code they are in has let go of the
global interpreter lock.

    released.py [LIBRARY]

The same formula in three ways, each on one thread and on as many as there are CPUs: in Python; with
NumPy, which lets go of the lock while it works on an array; and in libdmatrix, called by ctypes,
which lets go of it during the call. NumPy is left out where it is not installed.
"""
import array
import ctypes
import math
import os
import platform
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

try:
    import numpy
except ImportError:
    numpy = None

RADIUS_KM = 6371.0088
ROUNDS = 11


class Points(ctypes.Structure):
    _fields_ = [("count", ctypes.c_size_t), ("lat", ctypes.c_void_p), ("lon", ctypes.c_void_p)]


class Options(ctypes.Structure):
    """struct dm_matrix_options: of it, only the executor is needed here."""
    _fields_ = [("metric", ctypes.c_void_p), ("metric_options", ctypes.c_uint64 * 11),
                ("shape", ctypes.c_void_p), ("unit", ctypes.c_void_p),
                ("executor", ctypes.c_void_p), ("rest", ctypes.c_uint64 * 13)]


class Python:
    name, count = "Python, distance by distance", 250

    def __init__(self, lat, lon):
        self.places = [(math.radians(a), math.radians(b)) for a, b in zip(lat, lon)]
        self.km = [0.0] * len(lat) ** 2

    def rows(self, begin, end):
        at = begin * len(self.places)
        for lat1, lon1 in self.places[begin:end]:
            for lat2, lon2 in self.places:
                h = (math.sin((lat2 - lat1) / 2) ** 2
                     + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2)
                self.km[at] = 2 * RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))
                at += 1


class NumPyRows:
    """In each operation, one origin and all destinations."""
    name, count, block = "NumPy, a row at a time", 1500, 1

    def __init__(self, lat, lon):
        self.lat, self.lon = numpy.radians(lat), numpy.radians(lon)
        self.km = numpy.zeros((len(lat), len(lat)))

    def rows(self, begin, end):
        for i in range(begin, end, self.block):
            some = slice(i, min(i + self.block, end))
            lat, lon = self.lat[some, None], self.lon[some, None]
            h = (numpy.sin((self.lat - lat) / 2) ** 2 + numpy.cos(lat)
                 * numpy.cos(self.lat) * numpy.sin((self.lon - lon) / 2) ** 2)
            self.km[some] = 2 * RADIUS_KM * numpy.arcsin(numpy.sqrt(numpy.minimum(1.0, h)))


class NumPyBlocks(NumPyRows):
    """Fewer operations, on larger arrays."""
    name, block = "NumPy, 50 rows at a time", 50


class Dmatrix:
    name, count = "libdmatrix, all rows at once", 4000

    def __init__(self, lat, lon, library):
        self.lat, self.lon = array.array("d", lat), array.array("d", lon)
        self.metres = array.array("d", bytes(8 * len(lat) ** 2))
        self.call = library.dm_distance_matrix
        serial = ctypes.c_char.in_dll(library, "dm_executor_serial")
        self.options = Options(executor=ctypes.addressof(serial))

    def points(self, begin, end):
        lat, lon = self.lat.buffer_info()[0], self.lon.buffer_info()[0]
        return Points(end - begin, lat + 8 * begin, lon + 8 * begin)

    def rows(self, begin, end):
        count = len(self.lat)
        metres = ctypes.c_void_p(self.metres.buffer_info()[0] + 8 * begin * count)
        origins, destinations = self.points(begin, end), self.points(0, count)
        if self.call(ctypes.byref(origins), ctypes.byref(destinations),
                     ctypes.byref(self.options), metres, None) != 0:
            raise RuntimeError("dm_distance_matrix() failed")


def cpus():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def measure(way, pools):
    """Milliseconds on each of the pools, as medians of rounds in which each has a turn."""
    times = {threads: [] for threads in pools}
    for turn in range(ROUNDS + 1):
        for threads in random.sample(list(pools), len(pools)):
            edges = [way.count * i // threads for i in range(threads + 1)]
            begin = time.perf_counter()
            list(pools[threads].map(way.rows, edges[:-1], edges[1:]))
            if turn > 0:  # the first is to warm up
                times[threads].append(1e3 * (time.perf_counter() - begin))
    return times


def main():
    library = None
    try:
        library = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "libdmatrix.so.0.2")
    except OSError as error:
        print(f"without libdmatrix: {error}")
    many = max(2, cpus())
    pools = {threads: ThreadPoolExecutor(threads) for threads in (1, many)}
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(f"{platform.python_implementation()} {platform.python_version()}, "
          f"global interpreter lock {'on' if gil else 'off'}, {cpus()} CPUs")
    print(f"\n{'':32}{'1 thread':>12}{f'{many} threads':>14}{'speedup':>10}")
    ways = [(Python, ())]
    ways += [(NumPyRows, ()), (NumPyBlocks, ())] * (numpy is not None)
    ways += [(Dmatrix, (library,))] * (library is not None)
    for make, more in ways:
        random.seed(1)
        lat = [random.uniform(-90, 90) for _ in range(make.count)]
        lon = [random.uniform(-180, 180) for _ in range(make.count)]
        times = measure(make(lat, lon, *more), pools)
        speedup = statistics.median(a / b for a, b in zip(times[1], times[many]))
        print(f"{make.name:32}{statistics.median(times[1]):9.1f} ms"
              f"{statistics.median(times[many]):11.1f} ms{speedup:10.2f}")


if __name__ == "__main__":
    main()
