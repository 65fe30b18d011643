"""What --format=geojson writes is JSON and follows RFC 7946, its lines have no jumps, and its
properties are what csv says, of whatever shape."""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DMATRIX, CITIES = sys.argv[1:]

# names, latitudes and longitudes that are hard to write or to draw
HARD = [
    ('the "best"', 48.8566, 2.3522), ("back\\slash", -33.9, 151.2), ("two\nlines", 21.3, -157.8),
    ("tab\there", 64.1, -21.9), ("\u0101\U0001f5fa", -41.3, 174.8), ("007", 0, 180),
    ("7", 0, -180), ("north", 90, 0), ("south", -90, 77), ("antipode", -48.8566, -177.6478),
    ("null", 0, 0), ("bell\x07", 89.99, 12), ("over the pole", 60, -177.6478),
]


def run(path, *options):
    subprocess.run([DMATRIX, *options, "-q", "-o", path], check=True)
    return path


def parts_of(geometry):
    if geometry["type"] == "LineString":
        return [geometry["coordinates"]]
    assert geometry["type"] == "MultiLineString"
    assert len(geometry["coordinates"]) == 2
    return geometry["coordinates"]


def check_line(parts):
    """Steps of a degree, none of them across the map, and an end wherever a map ends."""
    for part in parts:
        assert len(part) >= 2
        for lon, lat in part:
            assert -180 <= lon <= 180 and -90 <= lat <= 90
        for (lon, lat), (next_lon, next_lat) in zip(part, part[1:]):
            assert abs(next_lon - lon) < 180, part
            assert abs(next_lat - lat) <= 1.0000002, part
    if len(parts) == 2:
        (lon, lat), (next_lon, next_lat) = parts[0][-1], parts[1][0]
        assert lat == next_lat
        assert abs(lat) == 90 or (abs(lon) == 180 and lon == -next_lon), parts


def is_place(position, place):
    lon, lat = position
    _, lat_wanted, lon_wanted = place
    if abs(lat - lat_wanted) > 6e-8:
        return False
    return (abs(lat_wanted) == 90 or abs(lon - lon_wanted) <= 6e-8
            or abs(lon) == abs(lon_wanted) == 180)


def check(folder, places, files, shape):
    options = [*files, f"--shape={shape}", "--name=name"]
    with open(run(folder / "x.csv", *options), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    text = run(folder / "x.geojson", *options).read_bytes().decode("utf-8")
    collection = json.loads(text, parse_constant=lambda word: sys.exit(f"{word} is not JSON"))
    assert list(collection) == ["type", "features"]
    assert collection["type"] == "FeatureCollection"
    features = collection["features"]
    assert len(features) == len(rows) > 0
    lines = text.split("\n")
    assert len(lines) == len(rows) + 3 and lines[-1] == ""
    for line, feature, row in zip(lines[1:], features, rows):
        assert json.loads(line.removesuffix(",")) == feature
        assert list(feature) == ["type", "properties", "geometry"]
        assert feature["type"] == "Feature"
        properties = feature["properties"]
        assert list(properties) == ["origin", "destination", "distance_km"]
        for name in "origin", "destination":
            assert properties[name] == row[name], (properties, row)
        assert properties["distance_km"] == float(row["distance_km"])
        parts = parts_of(feature["geometry"])
        check_line(parts)
        if places:
            assert is_place(parts[0][0], places[row["origin"]]), (row, parts)
            assert is_place(parts[-1][-1], places[row["destination"]]), (row, parts)


with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary)
    hard = folder / "hard.csv"
    with open(hard, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name", "lat", "lon"), *HARD])
    cities = folder / "cities.csv"
    cities.write_text("".join(Path(CITIES).read_text(encoding="utf-8").splitlines(True)[:121]),
                      encoding="utf-8")
    by_name = {place[0]: place for place in HARD}
    for shape in "pairs", "square", "sequence":
        check(folder, by_name, [hard], shape)
        check(folder, None, [cities], shape)
    check(folder, by_name, [hard, hard], "cross")
    check(folder, by_name, [hard, hard], "paired")
