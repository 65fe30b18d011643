#!/bin/sh
# kill_a_worker.sh DMATRIX LOCATIONS.csv: kills one of four workers while they are at work, and
# compares the distances with those of one thread. For Linux: it looks for the worker in /proc.
set -eu
dmatrix=$1 locations=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$dmatrix" "$locations" --executor=serial -q -o "$folder/serial.csv"

# Every task waits, so that there is time to be killed.
"$dmatrix" "$locations" --executor=process --threads=4 --grain=100 --delay=100ms -q \
    -o "$folder/killed.csv" &
parent=$!
worker=
while [ -z "$worker" ]; do
    kill -0 "$parent" # which fails when it has ended
    sleep 0.1
    worker=$(awk -v parent="$parent" '$4 == parent { print $1; exit }' /proc/[0-9]*/stat \
        2>/dev/null || true)
done
kill -KILL "$worker"
echo "killed one of the workers"
wait "$parent"
echo "dmatrix has ended with exit status $?"
cmp "$folder/serial.csv" "$folder/killed.csv"
echo "its distances are those of one thread"
