#!/bin/sh
# generate.sh GENERATE: what makes completions and pages says so where it cannot, for the build to
# stop there.
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
expect 2 'what is to be generated'
expect 2 'what is to be generated' csh
expect 2 'what is to be generated' bash zsh
expect 2 'what is to be generated' man
expect 1 "$work/missing.in: No such file" man "$work/missing.in"
expect 1 "$work: " man "$work"
if [ -c /dev/full ]; then
    to=/dev/full
    expect 1 'No space left' fish
fi

# The marks are replaced where they stand, and all else is left alone.
printf '.TH X "@VERSION@ of it"\n.SH OPTIONS\n@OPTIONS@\n@OTHER@\n' >"$work/page.in"
"$generate" man "$work/page.in" >"$work/page" || failures=$((failures + 1))
for wanted in '^\.TH X "[0-9][0-9.]* of it"$' '^\.SS Input$' '^@OTHER@$'; do
    grep -q "$wanted" "$work/page" || { echo "the page has no $wanted"; failures=$((failures + 1)); }
done
exit "$failures"
