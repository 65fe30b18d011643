#!/bin/sh
# neighbours.sh DMATRIX: --nearest, --within, --per, --by, --symmetric and --unmatched on made-up
# tables, compared with what their definitions give from the full matrix. Exit status 77 where no
# Python has NumPy.
set -eu
dmatrix=$1
script=$(dirname "$0")/neighbours_defined.py
for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2>/dev/null && exec "$python" "$script" "$dmatrix"
done
echo "there is no Python with NumPy"
exit 77
