#!/bin/sh
# runner_can_fail.sh RUNNER DMATRIX DATA: cases that are wrong, each of which must be found out.
set -eu
case=$(mktemp)
trap 'rm -f "$case"' EXIT
runner=$1 dmatrix=$2 data=$3

expect() { # good|bad, with the case on standard input
    cat >"$case"
    if sh "$runner" "$dmatrix" "$data" "$case" >/dev/null 2>&1; then found=good; else found=bad; fi
    if [ "$found" != "$1" ]; then
        echo "this is $1, but was found $found:"
        cat "$case"
        exit 1
    fi
}

printf '$ echo a; echo; echo "b c"\n> a\n>\n> b c\n' | expect good
printf '$ echo a; echo b\n> a\n>*\n' | expect good
printf '$ echo abc\n>~ a*c\n' | expect good
printf '$ printf a\n> a\n' | expect good
printf '$ echo a >&2; exit 3\n! a\n? 3\n' | expect good
printf '$ echo a\n> b\n' | expect bad
printf '$ echo a\n>~ b*\n' | expect bad
printf '$ echo a\n' | expect bad
printf '$ :\n> a\n' | expect bad
printf '$ echo a; echo b\n> a\n' | expect bad
printf '$ echo a\n> a\n> b\n' | expect bad
printf '$ echo a\n>\n' | expect bad
printf '$ echo a >&2\n' | expect bad
printf '$ exit 3\n' | expect bad
printf '$ :\n? 3\n' | expect bad
