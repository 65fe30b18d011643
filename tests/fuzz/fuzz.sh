#!/bin/sh
# fuzz.sh BUILD SECONDS: runs each fuzz target of BUILD, which is of the preset fuzz, for so long, two
# at a time, beginning with its corpus. A finding is shown as a hex dump, to be kept in the corpus
# once its fault is mended. Writes nothing into the tree. Prints how many inputs were tried, and the
# seed, which SEED in the environment may set.
set -eu
build=$1 seconds=$2 seed=${SEED:-$(date +%s)}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# fuzz NAME: in a folder of its own, with the words of NAME.dict.
fuzz() {
    mkdir -p "$1/new"
    dictionary=
    [ ! -f "$here/$1.dict" ] || dictionary=-dict=$here/$1.dict
    if "$build/fuzz_$1" -seed="$seed" -max_total_time="$seconds" -max_len=2048 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$1/" $dictionary "$1/new" "$here/corpus/$1" \
        >"$1/log" 2>&1; then
        echo "$1: $(sed -n 's/stat::number_of_executed_units: *//p' "$1/log") inputs"
    else
        tail -40 "$1/log"
        for finding in "$1"/crash-* "$1"/leak-* "$1"/timeout-* "$1"/oom-*; do
            [ ! -f "$finding" ] || { echo "$finding:" && od -A d -t x1z "$finding"; }
        done
        touch "$1/found"
    fi
}

echo "seed $seed"
fuzz load &
fuzz angle
fuzz options
fuzz formats
fuzz kept
[ ! -x "$build/fuzz_server" ] || fuzz server
wait
for found in */found; do
    [ ! -f "$found" ] || exit 1
done
