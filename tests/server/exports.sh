#!/bin/sh
# exports.sh MODULE: the module exports one object, and needs nothing of the program that loads it.
set -eu
exported=$(nm -D --defined-only "$1" | awk '$3 !~ /^__/ { print $3 }') # those are a sanitizer's
[ "$exported" = dm_server_module ] || { echo "it exports $exported"; exit 1; }
wanted=$(nm -D --undefined-only "$1" | awk '$2 ~ /^dm_/ { print $2 }')
[ -z "$wanted" ] || { echo "it needs $wanted"; exit 1; }
