"""scikit-learn, as its documentation has it: radians in, times the radius of the Earth."""
import numpy
import sklearn
from sklearn.metrics import pairwise_distances, pairwise_distances_chunked
from sklearn.metrics.pairwise import haversine_distances

import peer

RADIUS = 6371008.8


def alone(a, b=None):
    return haversine_distances(numpy.radians(a), None if b is None else numpy.radians(b)) * RADIUS


def two_jobs(a, b=None):
    b = None if b is None else numpy.radians(b)
    return pairwise_distances(numpy.radians(a), b, metric="haversine", n_jobs=2) * RADIUS


def chunked(a):
    """For more points than memory: pieces of 64 MB, of which each is dropped after use."""
    pieces = pairwise_distances_chunked(numpy.radians(a), metric="haversine", working_memory=64)
    for piece in pieces:
        piece *= RADIUS


peer.main(
    "scikit-learn " + sklearn.__version__,
    {"haversine_distances": alone, "pairwise n_jobs=2": two_jobs, "pairwise chunked": chunked},
)
