#!/bin/sh
# sparse.sh DMATRIX CITIES: what SciPy and R make of npz and mtx files of a search, compared with the
# whole matrix. Exit status 77 where no Python has SciPy.
set -eu
dmatrix=$1 cities=$2
here=$(dirname "$0")
for python in python3 /usr/bin/python3 none; do
    "$python" -c 'import numpy, scipy.sparse' 2>/dev/null && break
done
[ "$python" != none ] || { echo "there is no Python with NumPy and SciPy"; exit 77; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
"$python" "$here/sparse_reads.py" "$dmatrix" "$cities" "$work"
if Rscript -e 'library(Matrix)' >/dev/null 2>&1; then
    Rscript "$here/sparse_reads.R" "$work"
else
    echo "no R with Matrix: left out"
fi
