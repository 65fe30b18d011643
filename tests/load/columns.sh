#!/bin/sh
# columns.sh DMATRIX WATCH MOST_KIB: a CSV file of 100,000 columns, which are found by name and by
# number at its far end, and messages about them that stay short.
set -u
dmatrix=$1 watch=$2 most=$3
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
failures=0

# wide HEADER...: the file; all columns but the last three are called c1, c2, ... and hold their number
wide() {
    awk -v names="$1" 'BEGIN {
        for (i = 1; i <= 99997; i++) printf "c%d,", i
        print names
        for (row = 1; row <= 3; row++) {
            for (i = 1; i <= 99997; i++) printf "%d,", i
            printf "town %d,%d,0\n", row, row
        }
    }' >"$work/wide.csv"
}

# check WHAT STATUS OUT ERROR OPTION...: what is said has the pattern and is a line that can be read
check() {
    what=$1 status=$2 out=$3 error=$4
    shift 4
    "$watch" "$most" 0 "$dmatrix" "$work/wide.csv" -q --precision=0 --no-header "$@" \
        >"$work/out" 2>"$work/said"
    found=$?
    grep -v '^watch: ' "$work/said" >"$work/error"
    [ "$found" = "$status" ] || wrong "exit status $found instead of $status"
    [ "$(cat "$work/out")" = "$out" ] || wrong "wrote $(head -c 300 "$work/out")"
    # shellcheck disable=SC2254 # it is a pattern
    case $(cat "$work/error") in
    $error) ;;
    *) wrong 'is not what should be said' ;;
    esac
    [ "$(wc -c <"$work/error")" -le 1000 ] || wrong 'is not short'
    [ "$(wc -l <"$work/error")" -le 1 ] || wrong 'is not a line'
}

wrong() {
    echo "$what: $1"
    head -c 1500 "$work/error"
    failures=1
}

good='town 1,town 2,111
town 1,town 3,222
town 2,town 3,111'
wide town,lat,lon
check 'by words' 0 "$good" '' --name=town
check 'by name' 0 "$good" '' --name=town --lat=LAT --lon=lon
check 'by number' 0 "$good" '' --header=yes --name=99998 --lat=99999 --lon=100000
check 'beyond the last' 2 '' '*--lat: *:1: there is no column 100001 but only 100000 columns' --lat=100001
check 'misspelt' 2 '' '*no column is called "lattt"; there are *... (try --lat=lat)' --lat=lattt
check 'not there' 2 '' '*no column is called "nowhere"; there are *... (try --lat=lat)' --lat=nowhere
wide town,north,lon
check 'missing' 1 '' '*no latitude column among *...; choose it by header or number (try --lat=COL)'
wide lat,lat,lon
check 'twice' 2 '' '*2 columns are called "lat"; choose by number, counted from 1 (try --lat=99999)' --lat=lat
exit $failures
