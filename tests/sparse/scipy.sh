#!/bin/sh
# scipy.sh SPARSE_FILES [PAIRS]: what SciPy, Python's zipfile and unzip make of npz and mtx; with
# PAIRS, of an npz file of so many. Exit status 77 where no Python has SciPy.
set -eu
sparse_files=$1 script=$(dirname "$0")/scipy_reads.py
for python in python3 /usr/bin/python3 none; do
    "$python" -c 'import numpy, scipy.sparse' 2>/dev/null && break
done
[ "$python" != none ] || { echo "there is no Python with NumPy and SciPy"; exit 77; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
"$sparse_files" "$work" ${2+"$2"}
"$python" "$script" "$work" ${2+"$2"}
if command -v unzip >/dev/null; then
    for file in "$work"/*.npz; do unzip -tq "$file" >"$work/said" || { cat "$work/said"; exit 1; }; done
else
    echo "no unzip: left out"
fi
