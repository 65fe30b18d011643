#!/bin/sh
# same_output.sh FILE COMMAND...: fails unless what the command prints is the file, to the byte.
set -eu
file=$1
shift
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$@" >"$printed"
diff -u "$file" "$printed"
