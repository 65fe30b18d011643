"""geopy measures one pair a call."""
import geopy
from geopy.distance import geodesic, great_circle

import peer


def each(distance):
    return lambda a, b=None: [[distance(p, q).m for q in (a if b is None else b)] for p in a]


peer.main(
    "geopy " + geopy.__version__,
    {"great_circle": each(great_circle), "geodesic": each(geodesic)},
)
