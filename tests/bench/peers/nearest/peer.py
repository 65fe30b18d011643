"""The parts that the peers in Python share; run.sh says how a peer is called."""
import sys
import time

import numpy

RADIUS_KM = 6371.0088


def load(path):
    """Latitudes and longitudes in radians, a row for each place."""
    return numpy.radians(numpy.loadtxt(path, delimiter=",", skiprows=1, usecols=(1, 2), ndmin=2))


def unit_vectors(places):
    lat, lon = places[:, 0], places[:, 1]
    return numpy.column_stack((numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)))


def kilometres(chords):
    return 2 * RADIUS_KM * numpy.arcsin(numpy.minimum(chords / 2, 1))


class Watch:
    """Prints the seconds of each phase."""

    def __init__(self):
        self.began = time.perf_counter()

    def lap(self, phase):
        print(phase, time.perf_counter() - self.began, flush=True)
        self.began = time.perf_counter()


def main(version, calls):
    if sys.argv[1] == "version":
        print(version)
    else:
        calls[sys.argv[1]](load(sys.argv[2]), *sys.argv[3:])
