"""NumPy, by hand: the formula on whole arrays."""
import numpy

import peer


def haversine(a, b=None):
    a = numpy.radians(a)
    b = a if b is None else numpy.radians(b)
    lat1, lon1 = a[:, 0, None], a[:, 1, None]
    lat2, lon2 = b[:, 0], b[:, 1]
    h = (
        numpy.sin((lat2 - lat1) / 2) ** 2
        + numpy.cos(lat1) * numpy.cos(lat2) * numpy.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371008.8 * numpy.arcsin(numpy.sqrt(h))


peer.main("NumPy " + numpy.__version__, {"by hand": haversine})
