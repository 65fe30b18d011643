#!/bin/sh
# sticky_folder.sh DMATRIX: another user's file in a folder like /tmp may be written by all, but not
# replaced, which is said before the run. Needs root, to be two others.
set -u
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
chmod 755 "$work"
cd "$work" || exit 2
mkdir -m 1777 shared
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >two.csv
cp "$1" dmatrix
echo old >shared/theirs
chmod 666 shared/theirs
as() { # USER COMMAND...
    user=$1
    shift
    setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
}
{ chown 65001 shared/theirs && as 65002 true; } 2>/dev/null || exit 77

as 65002 ./dmatrix two.csv -q -o shared/theirs 2>said
status=$?
cat said
[ $status = 1 ] && [ "$(cat shared/theirs)" = old ] && [ "$(ls shared)" = theirs ] &&
    grep -q "^dmatrix: shared/theirs: cannot be replaced: it belongs to another user" said &&
    as 65001 ./dmatrix two.csv -q -o shared/theirs && [ "$(wc -l <shared/theirs)" = 2 ] &&
    as 65002 ./dmatrix two.csv -q -o shared/ours && [ "$(wc -l <shared/ours)" = 2 ]
