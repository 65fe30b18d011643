#!/bin/sh
# left_out.sh CMAKE ROOT: configures without cairo: the build has no dmatrix-plot, says so, and the
# command still compiles.
set -eu
cmake=$1 root=$2
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
for how in DMATRIX_PLOT=OFF CMAKE_DISABLE_FIND_PACKAGE_Cairo=ON; do
    rm -rf "$build/build"
    "$cmake" -G Ninja -S "$root" -B "$build/build" -DDMATRIX_TESTS=OFF -D$how >"$build/said" 2>&1 ||
        { cat "$build/said"; exit 1; }
    grep -q '^-- .*dmatrix-plot and --plot are left out' "$build/said" || { cat "$build/said"; exit 1; }
    ! "$cmake" --build "$build/build" --target help | grep dmatrix-plot
done
"$cmake" --build "$build/build" --target src/CMakeFiles/dmatrix-cli.dir/cli/plot.c.o
