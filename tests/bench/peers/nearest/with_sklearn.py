"""scikit-learn's ball tree, the one of its trees that has the metric haversine."""
import sklearn
from sklearn.neighbors import BallTree

import peer


def nearest(places, count):
    watch = peer.Watch()
    tree = BallTree(places, metric="haversine")
    watch.lap("build")
    radians, _ = tree.query(places, int(count) + 1)  # one of them is the place itself
    radians *= peer.RADIUS_KM
    watch.lap("search")


peer.main("scikit-learn " + sklearn.__version__, {"BallTree": nearest})
