#!/bin/sh
# many.sh DMATRIX WATCH MOST_KIB SHARDS: a million locations, and one shard of so many of their
# 499,999,500,000 pairs, as a stream. Its bytes are those that the number of pairs says, less or more
# where the parts are not equal; memory is that of the locations and of what flows.
set -u
. "$(dirname "$0")/common.sh"
dmatrix=$1 watch=$2 most=$3 shards=$4
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
count=1000000 failures=0
places 5 "$count" >"$work/many.csv"

# The first part has the header of npy, 128 bytes.
bytes=$("$watch" "$most" 0 "$dmatrix" "$work/many.csv" -q --format=npy --shard=1/"$shards" | wc -c)
pairs=$((count * (count - 1) / 2 / shards))
if [ $((bytes % 8)) != 0 ] || [ "$bytes" -lt $((8 * pairs + 120)) ] ||
    [ "$bytes" -gt $((8 * pairs + 136)) ]; then
    echo "$bytes bytes instead of about $((8 * pairs + 128))"
    failures=1
fi

# Watched where its exit status is seen too, and with text instead of numbers.
"$watch" "$most" 0 "$dmatrix" "$work/many.csv" -q --format=csv --shard="$shards/$shards" \
    -o "$work/last.csv"
status=$?
[ $status = 0 ] || { echo "exit status $status"; failures=1; }
last=$(sed -n '$p' "$work/last.csv")
case $last in
"place 999998,place 999999,"*) ;;
*) echo "the last line is: $last"; failures=1 ;;
esac
exit $failures
