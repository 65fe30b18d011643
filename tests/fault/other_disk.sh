#!/bin/sh
# other_disk.sh DMATRIX: through a link, a file on another disk is replaced there, and only when the
# new one is complete. By own_mounts.sh.
set -u
work=$(mktemp -d)
mkdir "$work/disk"
mount -t tmpfs -o size=1m none "$work/disk" || exit 77
trap 'cd /; umount "$work/disk"; rm -r "$work"' EXIT
cd "$work" || exit 2
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >two.csv
echo old >disk/out
ln -s disk/out link
"$1" nowhere.csv -q -o link
[ $? = 1 ] && [ "$(cat disk/out)" = old ] && "$1" two.csv -q -o link && [ -L link ] &&
    [ "$(wc -l <disk/out)" = 2 ] && [ "$(ls -A disk)" = out ] &&
    [ "$(echo *)" = 'disk link two.csv' ]
