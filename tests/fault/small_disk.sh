#!/bin/sh
# small_disk.sh DMATRIX CITIES: on a disk with too little room, a warning comes before the run, and
# the run leaves nothing. By own_mounts.sh.
set -u
dmatrix=$1 cities=$2
. "$(dirname "$0")/own_disk.sh"
own_disk 1m
cd "$work" || exit 2
failures=0
warning='dmatrix: warning: disk/out.csv needs about 17.2 MB, but only 1.0 MB are free there'

expect() { # WHAT WANTED FOUND
    [ "$2" = "$3" ] && return
    printf '%s: "%s" instead of "%s"\n' "$1" "$3" "$2"
    failures=1
}

"$dmatrix" "$cities" --dry-run -o disk/out.csv >said 2>warned
expect 'status of a dry run' 0 $?
expect 'warning of a dry run' "$warning" "$(cat warned)"
expect 'lines about room' 1 "$(grep -c '^  size     about 17.2 MB (1.0 MB free)$' said)"

"$dmatrix" "$cities" -o disk/out.csv 2>warned
expect 'status of a run' 1 $?
expect 'first line of a run' "$warning" "$(sed 1q warned)"
expect 'last line of a run' \
    'dmatrix: disk/out.csv: cannot write: No space left on device (nothing was written there)' \
    "$(sed 1d warned)"

"$dmatrix" "$cities" -q --shard=1/100 -o disk/out.csv 2>warned
expect 'status of a run that fits' 0 $?
expect 'warning of a run that fits' '' "$(grep -v 'the name of an earlier one' warned)"
expect 'files in the end' out.csv "$(ls disk)"
exit $failures
