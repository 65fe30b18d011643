#!/bin/sh
# numpy.sh DMATRIX CITIES: what NumPy and SciPy make of npy, compared with csv. Exit status 77 where
# no Python has the two.
set -eu
dmatrix=$1 cities=$2
script=$(dirname "$0")/numpy_reads.py
for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy, scipy.spatial' 2>/dev/null && exec "$python" "$script" "$dmatrix" "$cities"
done
echo "there is no Python with NumPy and SciPy"
exit 77
