#!/bin/sh
# can_fail.sh: the checks notice a source with defects of the kinds they are for.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
command -v clang-tidy >/dev/null && command -v cppcheck >/dev/null || {
    echo 'skipped: needs clang-tidy and cppcheck'
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/../../.clang-tidy" "$work"
cat >"$work/defects.c" <<'END'
#include <stdlib.h>

int defects(int argument);

int defects(int argument)
{
    int four[4] = {0};
    int *memory = malloc(sizeof *memory);
    if (!memory)
        return four[argument % 4];
    four[4] = argument;
    free(memory);
    return *memory;
}
END
cd "$work"
if sh "$here/tidy.sh" "$work/defects.c" >said 2>&1; then
    echo 'clang-tidy finds nothing'
    exit 1
fi
grep -q 'Use of memory after it is freed' said || { cat said; exit 1; }
if sh "$here/cppcheck.sh" "$work/defects.c" >said 2>&1; then
    echo 'cppcheck finds nothing'
    exit 1
fi
grep -q 'arrayIndexOutOfBounds' said || { cat said; exit 1; }
