#!/bin/sh
# own_mounts.sh SCRIPT ARGUMENTS...: runs a script where it may mount what nobody else sees, as root
# or as one's own root; 77 where neither is allowed.
set -u
folder=$(mktemp -d)
trap 'rmdir "$folder"' EXIT
for how in -m -Urm; do
    unshare $how mount -t tmpfs none "$folder" 2>/dev/null || continue
    unshare $how sh "$@"
    exit
done
echo 'mounting is not allowed here'
exit 77
