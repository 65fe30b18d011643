#!/bin/sh
# tidy.sh BUILD FILE...: clang-tidy over these sources as BUILD, a folder with a compile_commands.json
# from clang, compiles them; without FILE over all of src/. Prints what it finds, and fails where that
# is anything. Each file in a process of its own: several in one are told apart wrongly by version 14.
set -eu
build=$1
shift
if [ $# = 0 ]; then
    cd "$(dirname "$0")/../.."
    # shellcheck disable=SC2046 # no path there has a blank
    set -- $(find src -name '*.c')
fi
printf '%s\n' "$@" | xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 clang-tidy -p "$build" --quiet 2>&1 |
    { ! grep -v ' warnings generated\.$\|^Suppressed \|^Use -header-filter'; }
