"""SciPy's k-d tree over unit vectors. It searches by chords, which are converted to kilometres afterwards."""
import math

import scipy
import scipy.sparse
from scipy.spatial import cKDTree

import peer


def tree_of(places, watch):
    tree = cKDTree(peer.unit_vectors(places))
    watch.lap("build")
    return tree


def nearest(places, count):
    watch = peer.Watch()
    tree = tree_of(places, watch)
    chords, _ = tree.query(tree.data, int(count) + 1, workers=1)  # one of them is the place itself
    peer.kilometres(chords)
    watch.lap("search")


def within(places, distance_km, out, compressed):
    watch = peer.Watch()
    tree = tree_of(places, watch)
    chord = 2 * math.sin(float(distance_km) / (2 * peer.RADIUS_KM))
    matrix = tree.sparse_distance_matrix(tree, chord, output_type="coo_matrix").tocsr()
    matrix.data = peer.kilometres(matrix.data)
    watch.lap("search")
    scipy.sparse.save_npz(out, matrix, compressed=compressed)
    watch.lap("write")


peer.main(
    "SciPy " + scipy.__version__,
    {
        "cKDTree": nearest,
        "compressed": lambda places, km, out: within(places, km, out, True),
        "stored": lambda places, km, out: within(places, km, out, False),
    },
)
