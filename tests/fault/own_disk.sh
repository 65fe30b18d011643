# own_disk.sh: for scripts that own_mounts.sh runs. own_disk SIZE makes a folder, $work, and in it
# `disk`, a disk of that size; both go when the script ends. Nothing to mount: status 77.
own_disk() {
    work=$(mktemp -d)
    mkdir "$work/disk"
    mount -t tmpfs -o size="$1" none "$work/disk" || exit 77
    trap 'cd /; umount "$work/disk"; rm -r "$work"' EXIT
}
