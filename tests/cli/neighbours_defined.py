"""Compares searches with their definitions, which are applied to the full matrix of distances."""

import os
import random
import subprocess
import sys
import tempfile

import numpy

DMATRIX = sys.argv[1]
TABLES = 25


def make_table(rng):
    """Return rows of name, latitude, longitude, brand and kind; some places coincide."""
    rows = []
    for i in range(rng.randint(1, 50)):
        if i and rng.random() < 0.2:
            lat, lon = rng.choice(rows)[1:3]
        elif rng.random() < 0.5:
            lat, lon = rng.uniform(-90, 90), rng.uniform(-180, 180)
        else:
            lat, lon = round(rng.uniform(0, 1), 1), round(rng.uniform(0, 1), 1)
        rows.append((i, lat, lon, rng.choice(["x", "y", "z", ""]), rng.choice(["s", "h"])))
    return rows


class Definition:
    """What the options mean, on one table and its matrix."""

    def __init__(self, rows, matrix):
        self.rows, self.matrix, self.all = rows, matrix, range(len(rows))

    def others(self, i, wanted=lambda j: True):
        """The other places, nearest first; of equally near ones the first row."""
        return sorted((self.matrix[i, j], j) for j in self.all if j != i and wanted(j))

    def ranked(self, lists):
        return [
            [str(i), str(rank), str(j), "%.12f" % distance]
            for i, places in enumerate(lists)
            for rank, (distance, j) in enumerate(places, 1)
        ]

    def nearest(self, most):
        return self.ranked([self.others(i)[:most] for i in self.all])

    def by_kind(self, most):
        kind = [row[4] for row in self.rows]
        return self.ranked([self.others(i, lambda j: kind[i] == kind[j])[:most] for i in self.all])

    def per_brand(self, most, same_kind):
        brands = list(dict.fromkeys(row[3] for row in self.rows if row[3]))
        return [
            [str(i), brand, str(rank), str(j), "%.12f" % distance]
            for i in self.all
            for brand in brands
            for rank, (distance, j) in enumerate(
                self.others(
                    i,
                    lambda j: self.rows[j][3] == brand
                    and (not same_kind or self.rows[i][4] == self.rows[j][4]),
                )[:most],
                1,
            )
        ]

    def symmetric(self, most, needed):
        near = [{j for _, j in self.others(i)[:most]} for i in self.all]
        return self.ranked(
            [self.others(i, lambda j: (j in near[i]) + (i in near[j]) >= needed) for i in self.all]
        )

    def sequence_of_kinds(self):
        last, pairs = {}, []
        for i in self.all:
            kind = self.rows[i][4]
            if kind in last:
                pairs.append((last[kind], i))
            last[kind] = i
        return [[str(i), str(j), "%.12f" % self.matrix[i, j]] for i, j in sorted(pairs)]

    def pairs_within(self, limit):
        return [
            [str(i), str(j), "%.12f" % distance]
            for i in self.all
            for distance, j in self.others(i, lambda j: j > i)
            if distance <= limit
        ]

    def nearest_within(self, most, limit):
        lines = []
        for i in self.all:
            places = [place for place in self.others(i)[:most] if place[0] <= limit]
            lines += [[str(i), "", "", ""]] if not places else []
            lines += [
                [str(i), str(rank), str(j), "%.12f" % distance]
                for rank, (distance, j) in enumerate(places, 1)
            ]
        return lines


def check(rng, folder):
    rows = make_table(rng)
    table, array = os.path.join(folder, "table.csv"), os.path.join(folder, "matrix.npy")
    metric = rng.choice(["haversine", "geodesic", "equirectangular"])
    executor = rng.choice(["serial", "pool", "thread", "process", "async"])
    with open(table, "w", encoding="utf-8") as file:
        file.write("name,lat,lon,brand,kind\n")
        file.writelines("%d,%r,%r,%s,%s\n" % row for row in rows)

    def run(*options):
        command = [DMATRIX, table, "-q", "--metric=" + metric, *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    run("--shape=square", "-o", array)
    matrix = numpy.load(array)
    definition, most = Definition(rows, matrix), rng.randint(1, 5)
    limit = float(numpy.percentile(matrix, rng.choice([0, 5, 30, 80, 100])))
    nearest, within = "--nearest=%d" % most, "--within=%r" % limit
    for options, wanted in [
        ((nearest,), definition.nearest(most)),
        ((nearest, "--by=kind"), definition.by_kind(most)),
        ((nearest, "--per=brand"), definition.per_brand(most, False)),
        ((nearest, "--per=brand", "--by=kind"), definition.per_brand(most, True)),
        ((nearest, "--symmetric=union"), definition.symmetric(most, 1)),
        ((nearest, "--symmetric=mutual"), definition.symmetric(most, 2)),
        (("--by=kind", "--shape=sequence"), definition.sequence_of_kinds()),
        ((within,), definition.pairs_within(limit)),
        ((nearest, within, "--unmatched=keep"), definition.nearest_within(most, limit)),
    ]:
        text = run("--precision=12", "--executor=" + executor, "--threads=2", *options)
        found = [line.split(",") for line in text.splitlines()[1:]]
        if found != wanted:
            sys.exit(
                "%s %s %s, %d places: %s... instead of %s..."
                % (metric, executor, options, len(rows), found[:3], wanted[:3])
            )


with tempfile.TemporaryDirectory() as temporary:
    for seed in range(TABLES):
        check(random.Random(seed), temporary)
print("%d tables" % TABLES)
