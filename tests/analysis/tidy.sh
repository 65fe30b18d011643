#!/bin/sh
# tidy.sh [FILE...]: clang-tidy over these sources, without FILE over all of src/, as clang compiles
# them with assertions; for that, build/tidy is configured. Prints what it finds, and fails where that
# is anything. Each file in a process of its own: version 14 mixes up several files in one.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck disable=SC2046 # no path there has a blank
[ $# -gt 0 ] || set -- $(find src -name '*.c')
cmake --preset debug -B build/tidy -DCMAKE_C_COMPILER=clang >/dev/null
printf '%s\n' "$@" | xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 clang-tidy -p build/tidy --quiet 2>&1 |
    { ! grep -v '^[0-9]* warnings\{0,1\} .*generated\.$'; }
