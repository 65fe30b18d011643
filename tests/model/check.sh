#!/bin/sh
# check.sh MODEL MACROS...: searches all that the model can do, once with the macros of each argument:
# whether anybody waits for ever, a task runs twice or not at all, or a finished run is touched; and,
# in few runs, that there is no circle, so that with nobody left waiting every run ends.
set -eu
. "$(dirname "$0")/search.sh"

expect_none() { # SAFETY|NP MACROS
    search "$1" "$2"
    if ! complete; then
        cat found
        echo "not without faults, or not complete: $1 $2"
        exit 1
    fi
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' found)
    echo "$1 $2: $states states, no errors"
}

for macros; do
    expect_none SAFETY "$macros"
done
expect_none NP '-DWORKERS=2 -DRUNS=1 -DTASKS=2'
