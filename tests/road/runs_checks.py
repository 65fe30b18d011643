"""runs_checks.py CHECK ARGUMENT...: compares what dmatrix wrote with what it should have."""
import array
import ast
import csv
import decimal
import json
import math
import os
import re
import struct
import sys

from computed import route

decimal.getcontext().prec = 40


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def places_of(path):
    """Return names and (lon, lat), of a file with name,lat,lon."""
    rows = rows_of(path)[1:]
    return [row[0] for row in rows], [(float(row[2]), float(row[1])) for row in rows]


def recording(folder):
    """Return names, distances in metres and durations in seconds of the recorded table."""
    with open(os.path.join(folder, "exchanges.json"), encoding="utf-8") as file:
        exchanges = json.load(file)
    whole = next(exchange["body"] for exchange in exchanges if exchange["name"] == "whole table")
    return places_of(os.path.join(folder, "places.csv"))[0], whole["distances"], whole["durations"]


def six(number, divisor=1):
    """Return the text of a number with six decimals."""
    return format(decimal.Decimal(repr(number)) / divisor, ".6f")


def npy(path):
    """Return the shape and the numbers of an npy file."""
    with open(path, "rb") as file:
        assert file.read(8) == b"\x93NUMPY\x01\x00"
        header = ast.literal_eval(file.read(struct.unpack("<H", file.read(2))[0]).decode())
        numbers = array.array({"<f8": "d", "<f4": "f"}[header["descr"]])
        numbers.frombytes(file.read())
    assert not header["fortran_order"] and len(numbers) == math.prod(header["shape"])
    return header["shape"], list(numbers)


def nearest_whole(number):
    return math.floor(number + 0.5)


def tsplib(path):
    """Return the lines before the weights, and the weights."""
    with open(path, encoding="utf-8") as file:
        head, rest = file.read().split("EDGE_WEIGHT_SECTION\n")
    assert rest.endswith("EOF\n")
    return head.splitlines(), [[int(x) for x in line.split()] for line in
                               rest[:-len("EOF\n")].splitlines()]


def table(folder, out):
    """The whole table in all formats, and a part of it from one file to another."""
    names, distances, durations = recording(folder)
    every = range(60)

    def path(name):
        return os.path.join(out, name)

    rows = rows_of(path("whole.csv"))
    assert rows[0] == ["origin", "destination", "distance_km", "duration_s"]
    assert rows[1:] == [[names[i], names[j], six(distances[i][j], 1000), six(durations[i][j])]
                        for i in every for j in every]
    for name, label, numbers, divisor in (("whole", "distance_km", distances, 1000),
                                          ("durations", "duration_s", durations, 1)):
        rows = rows_of(path(name + ".matrix"))
        assert rows[0] == [label] + names
        assert rows[1:] == [[names[i]] + [six(x, divisor) for x in numbers[i]] for i in every]
        shape, written = npy(path(name + ".npy"))
        assert shape == (60, 60) and written == [x / divisor for row in numbers for x in row]
        head, weights = tsplib(path(name + ".tsplib"))
        assert {"TYPE: ATSP", "DIMENSION: 60", "EDGE_WEIGHT_TYPE: EXPLICIT",
                "EDGE_WEIGHT_FORMAT: FULL_MATRIX"} <= set(head), head
        assert weights == [[nearest_whole(x) for x in row] for row in numbers], name
    shape, written = npy(path("single.npy"))
    assert written == list(array.array("f", [x for row in distances for x in row]))
    with open(path("whole.json"), encoding="utf-8") as file:
        matrix = json.load(file)["matrices"]["car"]
    assert matrix["distances"] == [[nearest_whole(x) for x in row] for row in distances]
    assert matrix["durations"] == [[nearest_whole(x) for x in row] for row in durations]
    pairs = [(i, j) for i in range(20) for j in range(25, 60)]
    assert rows_of(path("two.csv"))[1:] == [
        [names[i], names[j], six(distances[i][j], 1000), six(durations[i][j])] for i, j in pairs]
    assert npy(path("two.npy")) == ((20, 35), [distances[i][j] / 1000 for i, j in pairs])


def single(folder, out):
    """Shapes with one pair a row."""
    names, distances, durations = recording(folder)
    wanted = [[names[i], names[i + 1], six(distances[i][i + 1], 1000), six(durations[i][i + 1])]
              for i in range(59)]
    assert rows_of(os.path.join(out, "sequence.csv"))[1:] == wanted
    assert rows_of(os.path.join(out, "paired.csv"))[1:] == wanted
    appended = rows_of(os.path.join(out, "appended.csv"))
    assert [row[-1] for row in appended[2:]] == [row[2] for row in wanted], appended[:3]
    appended = rows_of(os.path.join(out, "paired_appended.csv"))
    assert [row[-1] for row in appended[1:]] == [row[2] for row in wanted]


def rounded(exact, whole):
    """Distances in whole metres, durations in whole seconds, rounded down."""
    rows, others = rows_of(exact)[1:], rows_of(whole)[1:]
    assert len(rows) == len(others) > 0
    for row, other in zip(rows, others):
        assert row[:2] == other[:2]
        assert abs(float(row[2]) - float(other[2])) <= 0.00050001, (row, other)
        assert float(other[3]) == math.floor(float(row[3])), (row, other)
    assert any(row[2] != other[2] for row, other in zip(rows, others))


def flat(path):
    """Return what is in a file as words with one blank between them, without commas in numbers."""
    with open(path, encoding="utf-8") as file:
        return re.sub(r"(?<=\d),(?=\d{3})", "", " ".join(file.read().split()))


def neighbours(table, found, asked, requests, said, *options):
    """A search, against its definition on the whole table; print the share of pairs asked for."""
    option = dict(word.lstrip("-").split("=") for word in options)
    by = 3 if option.get("quantity") == "duration" else 2
    nearest = int(option.get("nearest", 10**9))
    within = option.get("within", "inf")
    within = float(within[:-1]) / 1000 if within.endswith("m") else float(within)
    whole = rows_of(table)[1:]
    one_set = {row[0] for row in whole} == {row[1] for row in whole}
    by_origin = {}
    for at, row in enumerate(whole):
        reached = by_origin.setdefault(row[0], [])
        if row[2] and float(row[by]) <= within and not (one_set and row[0] == row[1]):
            reached.append((float(row[by]), at))
    wanted = []
    for origin, reached in by_origin.items():
        for rank, (_, at) in enumerate(sorted(reached)[:nearest]):
            wanted.append([origin, str(rank + 1)] + whole[at][1:])
        if not reached and option.get("unmatched") == "keep":
            wanted.append([origin, "", "", "", ""])
    rows = rows_of(found)
    if "rank" in rows[0]:
        rows = rows[1:]
    else: # of --within: in the order of the destinations
        place = {row[1]: i for i, row in enumerate(whole[:len(whole) // len(by_origin)])}
        rows = [row[:1] + row[1:] for row in rows[1:]]
        wanted = sorted(([row[0]] + row[2:] for row in wanted),
                        key=lambda row: (list(by_origin).index(row[0]), place.get(row[1], 0)))
    assert rows == wanted, [pair for pair in zip(rows, wanted) if pair[0] != pair[1]][:3]
    assert len(rows) > 10
    report = flat(said)
    assert f" {requests} request{'s' * (requests != '1')} " in report, (requests, report)
    assert f" of up to " in report and f" places, {asked} pairs" in report, (asked, report)
    assert f"the search asked for {asked} pairs of {len(whole)} (" in report, (asked, report)
    print(round(100 * int(asked) / len(whole)), "% of", len(whole), "in", requests, "requests")


def miles(wanted, found):
    rows, others = rows_of(wanted), rows_of(found)
    assert others[0][3] == "distance_mi" and len(rows) == len(others)
    for row, other in zip(rows[1:], others[1:]):
        assert row[:3] == other[:3] and row[4] == other[4]
        assert abs(float(row[3]) / 1.609344 - float(other[3])) < 1e-6


def gaps(folder, share):
    """Pairs without a route in all formats, against the stub's definition."""
    names, places = places_of(os.path.join(folder, "places.csv"))
    every = range(len(names))
    routes = [[route(a, b, float(share)) for b in places] for a in places]
    missing = [(i, j) for i in every for j in every if routes[i][j][0] is None]
    assert 0.05 < len(missing) / len(names) ** 2 < 0.15

    def text(number, divisor=1, replacement=""):
        return replacement if number is None else six(number, divisor)

    def path(name):
        return os.path.join(folder, name)

    for name, replacement in (("table.csv", ""), ("replaced.csv", "99.500000")):
        assert rows_of(path(name))[1:] == [
            [names[i], names[j], text(routes[i][j][0], 1000, replacement),
             text(routes[i][j][1], 1, replacement)] for i in every for j in every], name
    assert rows_of(path("sequence.csv"))[1:] == [
        [names[i], names[i + 1], text(routes[i][i + 1][0], 1000), text(routes[i][i + 1][1])]
        for i in every[:-1]]
    assert [row[1:] for row in rows_of(path("table.matrix"))[1:]] == [
        [text(x, 1000) for x, _ in row] for row in routes]
    for name, part, divisor in (("table.npy", 0, 1000), ("durations.npy", 1, 1)):
        numbers = npy(path(name))[1]
        wanted = [cell[part] for row in routes for cell in row]
        assert all(math.isnan(x) if y is None else x == y / divisor
                   for x, y in zip(numbers, wanted)), name
    with open(path("table.json"), encoding="utf-8") as file:
        matrix = json.load(file)["matrices"]["car"]
    for name, part, replacement in ("distances", 0, 1000000), ("durations", 1, 1000):
        for i in every:
            for j in every:
                x = routes[i][j][part]
                wanted = {1000, 1000000} if x is None else {nearest_whole(x)}
                assert matrix[name][i][j] in wanted, (name, i, j, matrix[name][i][j], x)
    assert tsplib(path("table.tsplib"))[1] == [
        [1000 if x is None else nearest_whole(x) for _, x in row] for row in routes]


def verified(said, count, share):
    report = flat(said)
    found = re.search(rf"{count} pairs were asked again beside other places: (\d+) differ, "
                      r"by at most (\S+) m and (\S+) s", report)
    assert found, report
    assert 0.7 < int(found[1]) / int(count) / float(share) < 1.3, found[0]
    assert 9.9 <= float(found[2]) <= 10.1, found[0]


def crow(flown, by_road, said):
    """The crow's flight as --metric=geodesic has it, and detours."""
    rows, others = rows_of(by_road), rows_of(flown)
    assert rows[0] == ["origin", "destination", "distance_km", "duration_s", "crow_km", "detour"]
    detours, longest = [], []
    for row, other in zip(rows[1:], others[1:], strict=True):
        assert row[:2] == other[:2] and row[4] == other[2], (row, other)
        if float(row[4]) > 0.01: # it has six decimals
            detour = float(row[2]) / float(row[4])
            assert abs(float(row[5]) - detour) < 1e-6 * (1 + detour / float(row[4])), row
        if float(row[4]) == 0:
            assert row[5] == "", row
        if float(row[4]) >= 0.1:
            detours.append(float(row[5]))
            longest.append((float(row[5]), row[0], row[1]))
    report = flat(said)
    median = sorted(detours)[len(detours) // 2]
    said_median = float(re.search(r"roads are (\S+) times as long", report)[1])
    assert abs(median - said_median) < 0.0052, (median, said_median)
    most, origin, destination = max(longest)
    assert f'the greatest detours: from "{origin}" to "{destination}" {most:.1f} times (' in report, (max(longest), report)


def crow_near(whole, near):
    pairs = {tuple(row[:2]): row[2:] for row in rows_of(whole)[1:]}
    rows = rows_of(near)
    assert rows[0][2:] == ["destination", "distance_km", "duration_s", "crow_km", "detour"]
    for row in rows[1:]:
        assert pairs[row[0], row[2]] == row[3:], row


CHECKS = (table, single, rounded, neighbours, miles, gaps, verified, crow, crow_near)
if __name__ == "__main__":
    {check.__name__: check for check in CHECKS}[sys.argv[1]](*sys.argv[2:])
