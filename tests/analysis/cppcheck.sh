#!/bin/sh
# cppcheck.sh [FILE...]: cppcheck over these sources, without FILE over src/ and include/. Prints what
# it finds, and fails where that is anything.
set -eu
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- src include
# invalidPointerCast: the last array of a block of doubles is one of floats, and is never read as
# doubles. memleak: a block that grows is handed back by memcpy(), which is not seen.
exec cppcheck --enable=warning,performance,portability --error-exitcode=1 --inline-suppr --quiet \
    --std=c11 -j "$(getconf _NPROCESSORS_ONLN)" -Iinclude -Isrc \
    -D_POSIX_C_SOURCE=200809L -DDM_ISA=plain \
    --suppress=missingIncludeSystem \
    --suppress=invalidPointerCast:src/metric/geodesic.c \
    --suppress=memleak:src/base/room.c "$@"
