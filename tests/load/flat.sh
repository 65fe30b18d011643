#!/bin/sh
# flat.sh DMATRIX WATCH MOST_KIB LOCATIONS: all pairs of so many locations to /dev/null, 8 bytes each
# (160,000: 102 GB); memory does not grow while they flow, but by pages of the two bands that are
# seldom reached.
set -u
. "$(dirname "$0")/common.sh"
dmatrix=$1 watch=$2 most=$3 count=$4
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
places 6 "$count" >"$work/many.csv"
"$watch" "$most" 6144 "$dmatrix" "$work/many.csv" --format=npy -o /dev/null 2>"$work/said"
status=$?
cat "$work/said"
[ $status = 0 ] && grep -q '^watch: .* in the second quarter' "$work/said"
