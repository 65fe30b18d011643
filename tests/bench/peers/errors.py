"""errors.py FROM TO SHAPE DISTANCES: the largest errors, by kind of pair, of the distances of pairs in
metres, a line each, against GeographicLib on the same SHAPE: a radius in metres, or WGS84."""
import csv
import math
import sys

from geographiclib.geodesic import Geodesic


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row[0], float(row[2]), float(row[3])) for row in list(csv.reader(file))[1:]]


def words(error):
    if math.isnan(error):
        return "NaN"
    for unit, size in (("km", 1e3), ("m", 1), ("mm", 1e-3), ("um", 1e-6)):
        if error >= size:
            return ("%.0f %s" if error >= 1000 * size else "%.3g %s") % (error / size, unit)
    return "%.0f nm" % (error / 1e-9)


def main(origins, destinations, shape, distances):
    earth = Geodesic.WGS84 if shape == "WGS84" else Geodesic(float(shape), 0)
    with open(distances, encoding="ascii") as file:
        measured = [float(line) for line in file]
    pairs = list(zip(rows(origins), rows(destinations)))
    if len(measured) != len(pairs):
        sys.exit("%d distances of %d pairs" % (len(measured), len(pairs)))
    worst = {}
    for ((kind, lat1, lon1), (_, lat2, lon2)), metres in zip(pairs, measured):
        error = abs(metres - earth.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"])
        known = worst.get(kind, 0)
        worst[kind] = error if math.isnan(error) else known if math.isnan(known) else max(known, error)
    print("|".join(words(error) for error in worst.values()))


main(*sys.argv[1:])
