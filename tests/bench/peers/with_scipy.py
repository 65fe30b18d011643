"""SciPy has no metric for the Earth, but takes a function of one's own for each pair."""
import math

import scipy
from scipy.spatial.distance import cdist

import peer


def metres(a, b):
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


peer.main(
    "SciPy " + scipy.__version__,
    {"cdist(callable)": lambda a, b=None: cdist(a, a if b is None else b, metres)},
)
