#!/bin/sh
# full_disk.sh PLOT FIXTURES: a picture to a disk that it does not fit on. By own_mounts.sh.
set -u
plot=$1 fixtures=$2
. "$(dirname "$0")/../fault/own_disk.sh"
own_disk 16k
cd "$work/disk" || exit 2
failures=0

wrong() {
    printf '%s\n' "$*"
    cat "$work/said"
    failures=$((failures + 1))
}

echo old >old.svg
for name in old.svg new.svg new.png; do
    "$plot" "$fixtures/sweep.json" -o $name 2>"$work/said"
    status=$?
    [ $status = 1 ] || wrong "$name: exit status $status"
    grep -qx "dmatrix-plot: $name: cannot write: No space left on device (nothing was written there)" \
        "$work/said" || wrong "$name: does not say so"
    [ "$(ls -A)" = old.svg ] || wrong "$name: left $(ls -A)"
done
[ "$(cat old.svg)" = old ] || wrong 'the old file is not what it was'
exit $failures
