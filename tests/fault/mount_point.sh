#!/bin/sh
# mount_point.sh DMATRIX: a file that something is mounted on cannot be replaced, which is said
# before the run, and stays. By own_mounts.sh.
set -u
work=$(mktemp -d)
trap 'cd /; umount "$work/mounted"; rm -r "$work"' EXIT
cd "$work" || exit 2
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >two.csv
echo old >lent
: >mounted
mount --bind lent mounted || exit 77
"$1" two.csv -q -o mounted 2>said
status=$?
cat said
[ $status = 1 ] && [ "$(cat lent)" = old ] && [ "$(echo *)" = 'lent mounted said two.csv' ] &&
    grep -q '^dmatrix: mounted: cannot be replaced: it is a mount point (standard output can be redirected into it)' said &&
    "$1" two.csv -q >mounted && [ "$(wc -l <lent)" = 2 ]
