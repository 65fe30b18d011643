"""SciPy reads npz and mtx files and finds the entries that were written; Python's zipfile finds the
CRCs right. With a number of pairs, reads the frame and the CRCs of one huge npz file."""

import csv
import sys
import zipfile
from pathlib import Path

import numpy as np
import scipy.io
import scipy.sparse
from numpy.lib import format as npy

FOLDER = Path(sys.argv[1])


def check_entries(matrix, shape, entries, relative):
    """The matrix has these entries and no others, those that are 0 among them."""
    matrix = matrix.tocoo()
    found = {(int(i), int(j)): float(d) for i, j, d in zip(matrix.row, matrix.col, matrix.data)}
    assert matrix.shape == shape and len(matrix.data) == len(found)
    assert found.keys() == entries.keys()
    assert all(abs(found[at] - entries[at]) <= 5.1e-10 + relative * entries[at] for at in entries)


def check_npz(path, shape, entries, dtype):
    assert zipfile.ZipFile(path).testzip() is None
    matrix = scipy.sparse.load_npz(path)
    index = np.int32 if max(*shape, len(entries)) < 2**31 else np.int64
    assert matrix.format == "csr" and matrix.dtype == np.dtype(dtype)
    assert matrix.indices.dtype == index and matrix.indptr.dtype == index
    matrix.check_format(full_check=True)
    assert matrix.has_sorted_indices and matrix.has_canonical_format
    check_entries(matrix, shape, entries, 0 if dtype == "<f8" else 2**-24)
    # as SciPy itself would have made it
    rows, columns = ([at[i] for at in entries] for i in (0, 1))
    own = scipy.sparse.csr_matrix((list(entries.values()), (rows, columns)), shape=shape)
    assert matrix.indices.dtype == own.indices.dtype, path
    assert (matrix.indptr == own.indptr).all() and (matrix.indices == own.indices).all()


def check_mtx(path, shape, entries, symmetric):
    if symmetric:
        entries = entries | {(j, i): d for (i, j), d in entries.items()}
    info = scipy.io.mminfo(str(path))
    assert info[:2] == shape and info[3:] == (
        "coordinate", "real", "symmetric" if symmetric else "general")
    check_entries(scipy.io.mmread(str(path)), shape, entries, 1e-15)


def check_small():
    layouts = sorted(FOLDER.glob("*.csv"))
    assert len(layouts) > 5
    for path in layouts:
        rows = list(csv.reader(path.open()))
        shape, kind = (int(rows[0][0]), int(rows[0][1])), rows[0][2]
        entries = {(int(i), int(j)): float(d) for i, j, d in rows[1:]}
        if kind != "pairs":
            check_npz(path.with_suffix(".npz"), shape, entries, "<f8")
            check_npz(path.with_suffix(".f4.npz"), shape, entries, "<f4")
        if max(shape) < 2**31:  # mmread counts in 32 bits
            check_mtx(path.with_suffix(".mtx"), shape, entries, kind == "pairs")


def check_huge(pairs):
    archive = zipfile.ZipFile(FOLDER / "huge.npz")
    index = "<i4" if pairs < 2**31 else "<i8"
    wanted = {"shape.npy": ((2,), "<i8"), "indptr.npy": ((4,), index),
              "indices.npy": ((pairs,), index), "data.npy": ((pairs,), "<f8")}
    for name, (shape, dtype) in wanted.items():
        with archive.open(name) as member:
            npy.read_magic(member)
            assert npy.read_array_header_1_0(member) == (shape, False, np.dtype(dtype)), name
    assert archive.testzip() is None


if len(sys.argv) > 2:
    check_huge(int(sys.argv[2]))
else:
    check_small()
