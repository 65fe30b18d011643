"""The frame of a peer in Python; run.sh tells how it is asked.

A call takes points (latitude, longitude) in degrees, and others or none, and gives the distances of
each to each in metres, rows of columns.
"""
import csv
import sys
import time


def load(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return [row[0] for row in rows], [(float(row[2]), float(row[3])) for row in rows]


def timed(call, points):
    began = time.perf_counter()
    matrix = call(points)
    seconds = time.perf_counter() - began
    del matrix
    return seconds


def square(call, points):
    """The better of two, since the first also waits for memory that the second gets back; of a matrix
    that takes minutes, one."""
    print("seconds", min(timed(call, points) for _ in range(2 if len(points) <= 20000 else 1)))


def write(call, names, points, path):
    began = time.perf_counter()
    matrix = call(points)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("origin", "destination", "distance_km"))
        for i, name in enumerate(names):
            row = matrix[i]
            writer.writerows(
                (name, names[j], "%.6f" % (row[j] / 1000)) for j in range(i + 1, len(names))
            )
    print("seconds", time.perf_counter() - began)


def paired(call, origins, destinations):
    for origin, destination in zip(origins, destinations):
        print("%.17g" % call([origin], [destination])[0][0])


def main(version, calls):
    if sys.argv[1] == "version":
        print(version)
        return
    name, what, path = sys.argv[1:4]
    names, points = load(path)
    if what == "square":
        square(calls[name], points)
    elif what == "csv":
        write(calls[name], names, points, sys.argv[4])
    else:
        paired(calls[name], points, load(sys.argv[4])[1])
