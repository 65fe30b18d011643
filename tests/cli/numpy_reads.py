"""NumPy loads what --format=npy writes, SciPy takes it for its own, and both are what csv says."""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.spatial.distance import is_valid_y, squareform

DMATRIX, CITIES = sys.argv[1:]


def run(folder, name, *options):
    """The path of a file that dmatrix wrote."""
    path = Path(folder) / name
    subprocess.run([DMATRIX, *options, "-q", "-o", path], check=True)
    return path


def column_of_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return np.array([float(row["distance_km"]) for row in csv.DictReader(file)])


def check_summaries(folder, few, square):
    """The statistics of a square without its diagonal; they are those of rows and of columns."""
    others = square[~np.eye(len(square), dtype=bool)].reshape(len(square), -1)
    with open(few, newline="", encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    nearest = (square + np.diag(np.full(len(square), np.inf))).argmin(axis=1)
    columns = {
        "nearest_km": others.min(axis=1),
        "mean_km": others.mean(axis=1),
        "sd_km": others.std(axis=1, ddof=1),
        "farthest_km": others.max(axis=1),
    }
    for which in "origins", "destinations":
        path = run(folder, "x.csv", few, f"--summary={which}", "--precision=12")
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [row[which[:-1]] for row in rows] == names
        assert [row["nearest"] for row in rows] == [names[i] for i in nearest]
        assert all(int(row["count"]) == len(names) - 1 for row in rows)
        for column, wanted in columns.items():
            actual = np.array([float(row[column]) for row in rows])
            assert np.allclose(actual, wanted, rtol=1e-12, atol=1e-12), column


def check(folder):
    few = Path(folder) / "few.csv"
    few.write_text("".join(Path(CITIES).read_text(encoding="utf-8").splitlines(True)[:41]),
                   encoding="utf-8")
    some = Path(folder) / "some.csv"
    some.write_text("".join(Path(CITIES).read_text(encoding="utf-8").splitlines(True)[:8]),
                    encoding="utf-8")
    sizes = {
        "pairs": ((40 * 39 // 2,), [few]),
        "square": ((40, 40), [few]),
        "sequence": ((39,), [few]),
        "cross": ((40, 7), [few, some]),
        "paired": ((40,), [few, few]),
    }
    arrays = {}
    for shape, (size, files) in sizes.items():
        options = [*files, f"--shape={shape}"]
        table = column_of_csv(run(folder, "x.csv", *options, "--precision=12"))
        array = arrays[shape] = np.load(run(folder, "x.npy", *options))
        assert array.shape == size and array.dtype == np.dtype("<f8"), (shape, array.shape)
        assert array.flags.c_contiguous
        assert np.abs(array.ravel() - table).max() <= 5.0001e-13 + 1e-15 * 2e4, shape
        single = np.load(run(folder, "x.npy", *options, "--dtype=f4"))
        assert single.dtype == np.dtype("<f4") and single.shape == size
        assert (single == array.astype("<f4")).all(), shape
        mapped = np.load(run(folder, "x.npy", *options), mmap_mode="r")
        assert (mapped == array).all()
    check_summaries(folder, few, arrays["square"])
    assert is_valid_y(arrays["pairs"])
    assert (squareform(arrays["pairs"]) == arrays["square"]).all()
    assert (squareform(arrays["square"]) == arrays["pairs"]).all()


with tempfile.TemporaryDirectory() as temporary:
    check(temporary)
