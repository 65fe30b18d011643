#!/bin/sh
# can_fail.sh MODEL MISTAKE...: makes each of the mistakes that the model knows, and sees it found; and
# a search that is cut short is not taken for a complete one.
set -eu
. "$(dirname "$0")/search.sh"
optimise=-O0 # compiling takes longer than finding a mistake

for mistake; do
    search SAFETY -D$mistake
    error=$(sed -n 's/^pan:1: //p' found)
    if [ -z "$error" ]; then
        echo "$mistake is not found"
        exit 1
    fi
    echo "$mistake: $error"
done

search SAFETY '-DRUNS=1 -DTASKS=2'
complete || { echo "the model itself is not without faults"; exit 1; }
for option in -m100 -DMEMLIM=1; do
    case $option in
        -m*) ./pan $option >found 2>&1 || true ;;
        *) cc -O0 -w -DSAFETY $option -o pan pan.c && ./pan >found 2>&1 || true ;;
    esac
    if complete; then
        echo "a search cut short by $option is taken for a complete one"
        exit 1
    fi
done
