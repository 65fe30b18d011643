#!/bin/sh
# generate.sh GENERATE: dmatrix-generate fails with a message where it cannot write what it should, so
# that the build stops.
set -u
generate=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

expect() { # STATUS MESSAGE WORD...: to standard output, which is the file at $to
    wanted=$1 message=$2
    shift 2
    "$generate" "$@" >"$to" 2>"$work/stderr"
    status=$?
    [ "$status" = "$wanted" ] && grep -q "$message" "$work/stderr" && return
    echo "$*: exit status $status instead of $wanted, and not '$message' but:"
    cat "$work/stderr"
    failures=$((failures + 1))
}

to=$work/stdout
expect 2 'usage: dmatrix-generate '
expect 2 'usage: dmatrix-generate ' csh "$work"
expect 2 'usage: dmatrix-generate ' bash
expect 1 "$work/missing.in: No such file" man "$work/missing.in"
expect 1 "$work: " man "$work"
if [ -c /dev/full ]; then
    to=/dev/full
    echo word >"$work/word"
    expect 1 'No space left' fish "$work/word"
fi

# Marks are replaced; everything else stays as it is.
printf '.TH X "@VERSION@ of it"\n.SH OPTIONS\n@OPTIONS@\n@OTHER@\n' >"$work/page.in"
"$generate" man "$work/page.in" >"$work/page" || failures=$((failures + 1))
for wanted in '^\.TH X "[0-9][0-9.]* of it"$' '^\.SS Input$' '^@OTHER@$'; do
    grep -q "$wanted" "$work/page" || { echo "the page has no $wanted"; failures=$((failures + 1)); }
done
exit "$failures"
