#!/bin/sh
# full_disk.sh DMATRIX CITIES: every format to a disk of 1 MiB that its result does not fit on. By
# own_mounts.sh.
set -u
dmatrix=$1 cities=$2
. "$(dirname "$0")/own_disk.sh"
own_disk 1m
cd "$work/disk" || exit 2
failures=0

wrong() { # FORMAT WHAT
    printf '%s: %s\n' "$1" "$2"
    cat "$work/said"
    failures=$((failures + 1))
}

# check FORMAT HELD: a run to the file `out`, and then the folder holds just what it held
check() {
    "$dmatrix" "$table" -q --format="$1" $speed -o out 2>"$work/said"
    status=$?
    [ $status = 1 ] || wrong "$1" "exit status $status"
    grep -q '^dmatrix: out: cannot write: No space left on device (nothing was written there)$' \
        "$work/said" || wrong "$1" 'does not say so'
    [ "$(ls -A)" = "$2" ] || wrong "$1" "left $(ls -A)"
}

formats=$("$dmatrix" --list | awk '/^[A-Z]/ { on = $1 == "Formats:"; next } on && /^  [^ ]/ { print $1 }')
for format in $formats; do
    case $format in npz | mtx) continue ;; esac # for the results of a search
    speed=
    table=$cities
    [ "$format" = json ] && speed=--speed=50
    if [ "$format" = append ]; then # writes as many rows as it reads
        speed=--shape=sequence table=$work/long.csv
        head -n 1 "$cities" >"$table"
        tail -n +2 "$cities" >"$work/rows"
        for _ in $(seq 40); do cat "$work/rows"; done >>"$table"
    fi
    case $format in summary*) # writes a line for each place
        table=$work/long.csv
        head -n 1 "$cities" >"$table"
        tail -n +2 "$cities" >"$work/rows"
        for _ in $(seq 16); do cat "$work/rows"; done >>"$table" ;;
    esac
    "$dmatrix" "$table" -q --format="$format" $speed >out 2>"$work/said"
    status=$?
    [ $status = 1 ] || wrong "$format" "exit status $status, on standard output"
    grep -q '^dmatrix: standard output: cannot write: No space left on device$' "$work/said" ||
        wrong "$format" 'does not say so, on standard output'
    rm out

    check "$format" ''
    echo old >out
    check "$format" out
    [ "$(cat out)" = old ] || wrong "$format" 'the old file is not what it was'
    rm out
done
[ "$(echo "$formats" | wc -w)" -ge 3 ] || wrong --list 'has no formats'
exit $failures
