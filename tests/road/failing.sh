#!/bin/sh
# shellcheck disable=SC1091,SC2034,SC2154
# failing.sh DMATRIX STUB FAILING [STEP]: lets each call of the network, of the answers' file and for
# memory fail in turn (of many, every STEP-th), in dmatrix and in the libraries it loads. Each run must
# end within two minutes: either well and with the right bytes, or with status 1 and one message; then
# the old file stays. Afterwards, with --resume, another run completes the file. Built with
# AddressSanitizer, it must not leak either; memory does not fail then.
set -u
dmatrix=$1 STUB=$2 failing=$3 step=${4-97}
. "$(dirname "$0")/serve.sh"
work=$(mktemp -d)
trap 'serve_status=$?; rm -rf "$work"; unserve || serve_status=1; exit $serve_status' EXIT
cd "$work" || exit 2
awk 'BEGIN { print "name,lat,lon"; for (i = 1; i <= 20; i++) printf "p%d,%.4f,%.4f\n", i, 43 + i / 97, 7 + i * i / 977 }' >places.csv
serve stub --computed --limit=50
failures=0 runs=0 well=0

# AddressSanitizer wants to be the first library; what it finds has a status of its own.
ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0:exitcode=99
export ASAN_OPTIONS

fail() {
    echo "$server, $what, $kind:$n: $1"
    failures=$((failures + 1))
}

# ask NAME=VALUE...: run with a variable set, a kind of $server, and $what is asked.
ask() {
    # shellcheck disable=SC2086 # they are words
    timeout 120 env "$@" LD_PRELOAD="$failing" "$dmatrix" places.csv --metric=road \
        --server="$server:http://127.0.0.1:$stub_port" -q -o roads.csv --resume $what </dev/null >out 2>all
    status=$?
    grep '^dmatrix: ' all | grep -v '^dmatrix: note: ' >messages
}

check() {
    runs=$((runs + 1))
    case $status in
    0)
        cmp -s roads.csv right.csv || fail 'other bytes'
        well=$((well + 1))
        ;;
    1)
        [ "$(wc -l <messages)" = 1 ] || { fail 'not one message'; cat all; }
        cmp -s roads.csv old.csv || fail 'the old file has changed'
        ;;
    127) # glibc ends a program itself if it has no memory for the thread-local data of a library, which can
        # be when the output is complete
        grep -q 'cannot allocate memory for thread-local data: ABORT' all || { fail "status 127"; cat all; }
        cmp -s roads.csv old.csv || cmp -s roads.csv right.csv || fail 'the file is neither old nor right'
        ;;
    *)
        fail "status $status"
        cat all
        ;;
    esac
    # shellcheck disable=SC2010 # the names are ours
    left=$(ls -A | grep -v -x -e all -e counts -e messages -e old.csv -e out -e places.csv -e right.csv \
        -e roads.csv -e roads.csv.dmatrix-road)
    [ -z "$left" ] || { fail "left behind: $left"; rm -f "$left"; }
}

# sweep KIND OPTIONS: let each call of a run fail.
sweep() {
    server=$1 what=$2 kind=count n=0
    rm -f roads.csv*
    ask FAILING=count FAILING_COUNTS=counts
    [ "$status" = 0 ] || { fail 'the run without a failure fails'; cat all; return; }
    mv roads.csv right.csv
    echo old >old.csv
    while read -r kind count; do
        n=1
        while [ "$n" -le "$count" ]; do
            cp old.csv roads.csv
            rm -f roads.csv.dmatrix-road
            ask FAILING="$kind:$n"
            check
            if [ "$status" = 1 ]; then
                ask FAILING=none
                cmp -s roads.csv right.csv || { fail 'the next run does not complete it'; cat all; }
            fi
            if [ "$n" -lt 20 ]; then n=$((n + 1)); else n=$((n + step)); fi
        done
    done <counts
}
sweep osrm ''
sweep valhalla '--executor=async --nearest=3'
sweep ors '--executor=serial --verify=60'
echo "$runs runs, $well ended well, $failures failures"
[ "$failures" = 0 ] && [ "$well" -gt 0 ] && [ "$well" -lt "$runs" ]
