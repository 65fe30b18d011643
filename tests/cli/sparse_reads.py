"""SciPy reads the npz and mtx files of a search, and finds what is left of the whole matrix, as NumPy
loads it from npy, when all but the neighbours are taken away: the same bits.

    sparse_reads.py DMATRIX CITIES FOLDER

Leaves pairs of files in the folder for R: NAME.mtx, and NAME.csv with its entries."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.io
import scipy.sparse

DMATRIX, CITIES, FOLDER = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])


def run(name, *options):
    """The path of a file that dmatrix wrote."""
    path = FOLDER / name
    subprocess.run([DMATRIX, *options, "-q", "-o", path], check=True, stderr=subprocess.DEVNULL)
    return path


def some_cities(name, first, last):
    """A file with some of the cities, and a few of them twice."""
    head, *rows = CITIES.read_text(encoding="utf-8").splitlines(True)
    path = FOLDER / name
    path.write_text("".join([head, *rows[first:last], *rows[first:first + 3]]), encoding="utf-8")
    return path


def neighbours(whole, one_set, nearest=None, within=None):
    """The entries (row, column) that a search must find, and their distances."""
    entries = {}
    for i, row in enumerate(whole):
        others = [j for j in range(len(row)) if not (one_set and i == j)]
        others.sort(key=lambda j: (row[j], j))
        for j in others[:nearest]:
            if within is None or row[j] <= within:
                entries[i, j] = row[j]
    return entries


def check_npz(path, shape, entries, dtype):
    matrix = scipy.sparse.load_npz(path)
    assert matrix.format == "csr" and matrix.shape == shape and matrix.dtype == np.dtype(dtype)
    matrix.check_format(full_check=True)
    assert matrix.has_canonical_format and matrix.nnz == len(entries)
    matrix = matrix.tocoo()
    found = dict(zip(zip(matrix.row.tolist(), matrix.col.tolist()), matrix.data))
    wanted = {at: np.dtype(dtype).type(distance) for at, distance in entries.items()}
    assert found == wanted, path


def check_mtx(path, shape, entries, symmetry):
    info = scipy.io.mminfo(str(path))
    assert info[:2] == shape and info[3:] == ("coordinate", "real", symmetry), info
    matrix = scipy.io.mmread(str(path)).tocoo()
    found = dict(zip(zip(matrix.row.tolist(), matrix.col.tolist()), matrix.data))
    assert matrix.nnz == len(found) and found.keys() == entries.keys(), path
    assert all(abs(found[at] - entries[at]) <= 5.1e-13 + 1e-15 * entries[at] for at in entries)
    lines = [f"{i + 1},{j + 1},{float(distance)!r}\n" for (i, j), distance in entries.items()]
    path.with_suffix(".csv").write_text("".join(lines))


def check(files, shape_name, searches):
    for metric in "haversine", "geodesic":
        basic = [*files, f"--metric={metric}"]
        whole = np.load(run("whole.npy", *basic, f"--shape={shape_name}"))
        for number, (options, wanted) in enumerate(searches):
            entries = neighbours(whole, len(files) == 1, **wanted)
            name = f"{shape_name}-{metric}-{number}"
            npz = run(f"{name}.npz", *basic, *options)
            check_npz(npz, whole.shape, entries, "<f8")
            check_npz(run(f"{name}.npz", *basic, *options, "--dtype=f4"), whole.shape, entries, "<f4")
            mtx = run(f"{name}.mtx", *basic, *options, "--precision=12")
            check_mtx(mtx, whole.shape, entries, "general")
            if len(files) == 1 and "nearest" not in wanted:
                mtx = run(f"{name}-pairs.mtx", *basic, *options, "--precision=12", "--shape=pairs")
                check_mtx(mtx, whole.shape, entries, "symmetric")


few, some = some_cities("few.csv", 0, 60), some_cities("some.csv", 40, 70)
SEARCHES = [
    (["--nearest=1"], {"nearest": 1}),
    (["--nearest=5"], {"nearest": 5}),
    (["--nearest=1000"], {"nearest": 1000}),
    (["--within=1500"], {"within": 1500.0}),
    (["--within=0"], {"within": 0.0}),
    (["--nearest=3", "--within=1000km"], {"nearest": 3, "within": 1000.0}),
]
check([few], "square", SEARCHES)
check([few, some], "cross", SEARCHES)
few.unlink()
some.unlink()
