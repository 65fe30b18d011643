#!/bin/sh
# crs_module.sh DMATRIX CC SOURCE: what the command does with the module crs.so: it is not loaded unless
# --crs is given; it is found beside the command, wherever that is called from; it is refused where it
# is missing, belongs to another version or is no module. tests/install looks at an installed tree.
set -u
dmatrix=$1 cc=$2 source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
printf 'name,x,y\na,700000,6600000\nb,652709,6862041\n' >points.csv
failures=0

fail() { # WHAT
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# refused COMMAND PART: the command ends with status 1 and one line that has the part.
refused() {
    "$1" points.csv --crs=EPSG:2154 >out 2>err && fail "$1 is not refused"
    [ "$(wc -l <err)" -eq 1 ] && [ ! -s out ] && grep -qF -- "$2" err || { cat out err; fail "$1: not '$2'"; }
}

# works COMMAND
works() {
    "$1" points.csv --crs=EPSG:2154 -q --no-header --precision=0 >out 2>err && grep -qx 'a,b,266' out ||
        { cat out err; fail "$1 does not work"; }
}

module=$(dirname "$dmatrix")/crs.so
works "$dmatrix"

# ---- nothing of PROJ is loaded without --crs ----

LD_DEBUG=files LD_DEBUG_OUTPUT="$work/loaded" "$dmatrix" --version >out
LD_DEBUG=files LD_DEBUG_OUTPUT="$work/loaded" "$dmatrix" points.csv --metric=euclidean -q >out
cat loaded.* 2>/dev/null | grep -qe libcsv || fail "what is loaded is not known"
cat loaded.* 2>/dev/null | grep -e libproj -e crs.so && fail "PROJ is loaded without --crs"
nm -D --defined-only "$module" | awk '$3 !~ /^__/ { print $3 }' >exported # those are a sanitizer's
[ "$(cat exported)" = dm_crs_module ] || fail "the module exports $(cat exported)"

# ---- places ----

mkdir beside alone link
cp "$dmatrix" "$module" beside
works beside/dmatrix
ln -s ../beside/dmatrix link/dmatrix
works link/dmatrix
(PATH=$work/beside:$PATH && works dmatrix)
cp "$dmatrix" alone
refused alone/dmatrix 'coordinate reference systems need the module crs.so, which is neither'

# ---- other modules ----

made() { # TEXT: a module of that text in the folder beside
    rm -f beside/crs.so
    printf '%s\n' "$1" >made.c
    "$cc" -shared -fPIC -I"$source/include" -I"$source/src" made.c -o beside/crs.so || exit 2
}
made '#include "load/crs_module.h"
const struct dm_crs_module dm_crs_module = {.version = DM_CRS_MODULE_VERSION + 1};'
refused beside/dmatrix 'crs.so belongs to another version of dmatrix'
made 'int nothing;'
refused beside/dmatrix 'crs.so belongs to another version of dmatrix'
echo 'no module' >beside/crs.so
refused beside/dmatrix 'crs.so, which cannot be loaded: '

[ "$failures" -eq 0 ]
