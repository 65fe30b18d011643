#!/bin/sh
# mpich.sh SOURCE BUILD: dmatrix-mpi builds with MPICH, too, and writes what dmatrix writes. Exit status
# 77: there is no MPICH.
set -eu
source=$1 build=$2
command -v mpicc.mpich >/dev/null && command -v mpirun.mpich >/dev/null || { echo "there is no MPICH"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mpicc.mpich -std=c11 -Wall -Wextra -Werror -O2 -I "$source/include" -I "$source/src" \
    "$source"/src/mpi/*.c "$build/src/libdmatrix-cli.a" "$build/src/libdmatrix-report.a" \
    "$build/src/libdmatrix.a" -ljansson -lcsv -lz -ldl -lpthread -lm -o "$work/dmatrix-mpi"
cd "$work"
for file in distances.csv distances.npy; do
    "$build/dmatrix" "$source/data/cities.csv" -q -o "one-$file" 2>/dev/null
    timeout -k 10 300 mpirun.mpich -n 3 ./dmatrix-mpi "$source/data/cities.csv" -q -o "$file" 2>/dev/null
    cmp "one-$file" "$file"
done
timeout -k 10 300 mpirun.mpich -n 2 ./dmatrix-mpi "$source/data/cities.csv" -o /dev/null >log 2>&1 &&
    { echo "a wrong output is not refused"; exit 1; }
[ "$(grep -c '^dmatrix: ' log)" = 1 ] || { cat log; exit 1; }
