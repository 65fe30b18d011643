#!/bin/sh
# same_bytes.sh DMATRIX DMATRIX-MPI CITIES LAUNCHER RANKS EXECUTORS: whatever the number of processes,
# they write the file that one process writes. LAUNCHER is followed by "-n RANKS DMATRIX-MPI ...".
# Small tasks (--grain=1) make small bands, so that there are many rounds.
set -u
dmatrix=$1 mpi=$2 cities=$3 launcher=$4 ranks=$5 executors=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export DMATRIX_MPI_TIMEOUT=60
head -301 "$cities" >a.csv
{ head -1 "$cities"; tail -140 "$cities"; } >b.csv
tail -140 "$cities" | head -40 | sed 's/$/,x/' | sed '1i name,country,latitude,longitude,kind' >kinds.csv
compared=0 failures=0

fail() {
    echo "FAILED: $*"
    sed 's/^/    /' log
    failures=$((failures + 1))
}

same() { # OPTION...
    "$dmatrix" "$@" -q -o one 2>log || { fail "one process: $*"; return; }
    for n in $ranks; do
        for executor in $executors; do
            rm -f many
            timeout -k 10 300 $launcher -n "$n" "$mpi" "$@" -q -o many --executor="$executor" \
                --grain=1 >log 2>&1 || { fail "$n ranks, $executor: $*"; continue; }
            compared=$((compared + 1))
            cmp one many >log 2>&1 || fail "other bytes, $n ranks, $executor: $*"
        done
    done
}

for format in csv npy tsplib geojson; do
    same a.csv --format=$format --shape=pairs
done
for format in csv npy matrix tsplib phylip geojson; do
    same a.csv --format=$format --shape=square
done
for format in csv npy matrix geojson; do
    same a.csv b.csv --format=$format
done
same a.csv --format=npy --dtype=f4
same a.csv --format=json --speed=50
same a.csv --metric=geodesic --precision=9 --shard=2/3
same a.csv b.csv --shape=cross --max-memory=200k
for format in csv npz mtx geojson; do
    same a.csv --nearest=5 --format=$format
    same a.csv b.csv --within=900km --format=$format
done
same a.csv --within=900km --shape=pairs --unmatched=keep --format=csv
same a.csv --nearest=3 --symmetric=mutual --format=mtx
same kinds.csv --nearest=2 --per=kind
same a.csv --by=country --shape=sequence
head -3 a.csv >few.csv # fewer pairs than processes
same few.csv --format=json --speed=50
same few.csv --format=csv

# Standard input goes to rank 0.
"$dmatrix" - -q -o one <a.csv 2>log || fail "one process: standard input"
timeout -k 10 300 $launcher -n 2 "$mpi" - -q -o many <a.csv >log 2>&1 || fail "standard input"
cmp one many >log 2>&1 || fail "other bytes: standard input"

echo "$compared files compared, $failures failures"
[ "$failures" = 0 ] && [ "$compared" -gt 0 ]
