"""places.py KIND COUNT [CITIES.json]: writes COUNT places of a kind as CSV, the same in every run.

    uniform     spread evenly over the sphere
    tracks      tracks of vehicles that stand still most of the time: 90 % of the rows repeat a place
    equator     on the equator
    meridian    on one meridian, from pole to pole
    one         the same place again and again
    cities      the places of a JSON file with lat and lng, as many as there are
"""
import json
import math
import random
import sys

FORM = "%.7f,%.7f"


def uniform(dice):
    return math.degrees(math.asin(2 * dice.random() - 1)), 360 * dice.random() - 180


def tracks(dice, count):
    """Tracks of 1,000 rows each. The vehicle moves by up to 200 m and reports each place 10 times on average."""
    row = 0
    while row < count:
        lat, lon = uniform(dice)
        lat *= 0.8
        end = min(row + 1000, count)
        while row < end:
            repeated = min(1 + int(19 * dice.random()), end - row)
            for _ in range(repeated):
                yield lat, lon
            row += repeated
            lat += 0.002 * (dice.random() - 0.5)
            lon += 0.002 * (dice.random() - 0.5)
            lon -= 360 * round(lon / 360)


def places(kind, count, path):
    dice = random.Random(1)
    if kind == "uniform":
        return (uniform(dice) for _ in range(count))
    if kind == "tracks":
        return tracks(dice, count)
    if kind == "equator":
        return ((0, 360 * dice.random() - 180) for _ in range(count))
    if kind == "meridian":
        return ((180 * dice.random() - 90, 7) for _ in range(count))
    if kind == "one":
        return ((48.1374, 11.5755) for _ in range(count))
    if kind == "cities":
        with open(path, encoding="utf-8") as file:
            return [(float(city["lat"]), float(city["lng"])) for city in json.load(file)]
    sys.exit("places.py: unknown kind '%s'" % kind)


def main(kind, count, path=None):
    lines = [FORM % place for place in places(kind, int(count), path)]
    print("name,latitude,longitude")
    for number, line in enumerate(lines, 1):
        print("%d,%s" % (number, line))


main(*sys.argv[1:])
