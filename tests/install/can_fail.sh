#!/bin/sh
# can_fail.sh SOURCE: that symbols.sh finds what is wrong with a library.
set -u
symbols=$1/tests/install/symbols.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/include/dmatrix"
failures=0

cat >"$work/include/dmatrix/api.h" <<'C'
#define DM_API __attribute__((visibility("default")))
struct dm_x { int x; };
/* Several lines, several objects. */
DM_API int dm_first(int a,
                    int b);
DM_API extern const struct dm_x dm_second, dm_third;
C
good='
#include "dmatrix/api.h"
int dm_first(int a, int b) { return a + b; }
const struct dm_x dm_second = {1}, dm_third = {2};
'

# library TEXT: what is found of a library with that text beside what it should have.
library() {
    printf '%s\n%s\n' "$good" "$1" | tr '%' '\n' >"$work/library.c" # a % is a line break
    gcc -w -O1 -fPIC -fvisibility=hidden -I "$work/include" -c "$work/library.c" -o "$work/library.o" &&
        gcc -shared "$work/library.o" -o "$work/libdmatrix.so" &&
        rm -f "$work/libdmatrix.a" && ar rc "$work/libdmatrix.a" "$work/library.o" || exit 1
    sh "$symbols" "$work/include" "$work" >"$work/log" 2>&1
}

library '' || { echo "a good library is refused:"; cat "$work/log"; failures=1; }
while IFS='|' read -r complaint text; do
    if library "$text"; then
        echo "not found: $text"
        failures=1
    elif ! grep -q "$complaint" "$work/log"; then
        echo "found for another reason: $text"
        cat "$work/log"
        failures=1
    fi
done <<'C'
seen only|DM_API int dm_more(void) { return 1; }
do not begin with dm_|int foreign(void) { return 1; }
has no business with puts|#include <stdio.h>%void dm_talk(void) { puts("x"); }
has no business with exit|#include <stdlib.h>%void dm_end(void) { exit(1); }
libdmatrix.so names options|const char *dm_word(void) { return "a radius (try --radius=1)"; }
libdmatrix.a names options|const char *dm_word(void) { return "--radius has no effect"; }
not need jansson|void json_decref(void *); void dm_release(void *json) { json_decref(json); }
not need PROJ|void proj_destroy(void *); void dm_release(void *crs) { proj_destroy(crs); }
variables|int dm_count; int dm_counted(void) { return dm_count++; }
C
echo 'DM_API void dm_missing(void);' >>"$work/include/dmatrix/api.h"
library '' && { echo "a function that is not there is not missed"; failures=1; }
exit "$failures"
