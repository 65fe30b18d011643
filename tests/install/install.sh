#!/bin/sh
# install.sh SOURCE BUILD VERSION: installs a build in a folder, moves all of it elsewhere, and uses it
# there as people would: the command, and programs built with pkg-config and find_package, with the
# shared library and the static one, which have to agree with the command to the bit; the examples of
# docs/; what can be seen of the library. Then it is removed again.
set -u
source=$1 build=$2 version=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$source/tests/install/common.sh"

# What was installed for real can still be removed afterwards.
list=$build/installed.txt
[ -e "$list" ] && cp -p "$list" "$work/list"
cmake --install "$build" --prefix "$work/first" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
sed "s|^$work/first/|$work/here/|" "$list" >"$work/files"
if [ -e "$work/list" ]; then mv "$work/list" "$list"; else rm "$list"; fi
mv "$work/first" "$work/here"
prefix=$work/here

installed "$prefix"

for file in man/man1/dmatrix.1 man/man3/libdmatrix.3 bash-completion/completions/dmatrix \
    zsh/site-functions/_dmatrix fish/vendor_completions.d/dmatrix.fish; do
    [ -s "$prefix/share/$file" ] || fail "there is no share/$file"
done

# ---- the module for --crs, and its only user of PROJ ----

printf 'name,x,y\na,700000,6600000\nb,652709,6862041\n' >"$work/france.csv"
if [ -e "$build/crs.so" ]; then
    module=$(find "$prefix/lib" -path '*/dmatrix/crs.so')
    [ -n "$module" ] || fail "there is no lib/dmatrix/crs.so"
    same "--crs" "a,b,266" "$prefix/bin/dmatrix" "$work/france.csv" --crs=EPSG:2154 -q --no-header --precision=0
fi

if [ -e "$build/server.so" ]; then
    [ -n "$(find "$prefix/lib" -path '*/dmatrix/server.so')" ] || fail "there is no lib/dmatrix/server.so"
fi

# ---- pkg-config ----

libraries=$(dirname "$(find "$prefix" -name dmatrix.pc)")/..
export PKG_CONFIG_PATH="$libraries/pkgconfig"
export LD_LIBRARY_PATH="$libraries"
same "pkg-config" "$version" pkg-config --modversion dmatrix
to_the_bit=$source/tests/install/to_the_bit.c
# shellcheck disable=SC2046 # these are words
cc "$to_the_bit" -o "$work/shared" $(pkg-config --cflags --libs dmatrix) ||
    fail "no program can be built with pkg-config"
# shellcheck disable=SC2046
cc "$to_the_bit" -static -o "$work/static" $(pkg-config --static --cflags --libs dmatrix) 2>"$work/log" ||
    { cat "$work/log"; fail "no static program can be built with pkg-config"; }
readelf -d "$work/shared" | grep -q 'NEEDED.*libdmatrix\.so\.[0-9.]*\]' ||
    fail "the program does not ask for a version of the shared library"
readelf -d "$work/static" | grep -q NEEDED && fail "the static program asks for libraries"

cat >"$work/crs.c" <<'C'
#include <dmatrix/dmatrix.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    struct dm_locations locations;
    struct dm_load_notes notes;
    struct dm_error error;
    (void)argc;
    if (dm_load_csv(argv[1], &(struct dm_load_options){.crs = "EPSG:2154"}, &locations, &notes, &error) == DM_OK)
        printf("%.6f %.6f\n", locations.lat_deg[0], locations.lon_deg[0]);
    else
        puts(error.message);
    return 0;
}
C
# shellcheck disable=SC2046
cc "$work/crs.c" -o "$work/crs" $(pkg-config --cflags --libs dmatrix) || fail "crs.c"
# shellcheck disable=SC2046
cc "$work/crs.c" -static -o "$work/crs-static" $(pkg-config --static --cflags --libs dmatrix) >"$work/log" 2>&1 &&
    [ ! -s "$work/log" ] || { cat "$work/log"; fail "crs.c with the static library"; }
[ -z "${module-}" ] || same "crs.c" "46.500000 3.000000" "$work/crs" "$work/france.csv"
same "crs.c with the static library" \
    "coordinate reference systems are not available in a statically linked program" \
    "$work/crs-static" "$work/france.csv"

cities=$source/data/cities.csv
for metric in haversine geodesic; do
    "$prefix/bin/dmatrix" "$cities" -q --metric=$metric --shape=square -o "$work/right.npy"
    tail -c +129 "$work/right.npy" >"$work/right"
    for program in shared static; do
        for executor in serial pool process; do
            "$work/$program" "$cities" $metric $executor >"$work/bytes" &&
                cmp "$work/bytes" "$work/right" ||
                fail "$program, $metric, $executor: not what the command writes"
        done
    done
done

# ---- find_package, and the examples ----

export CMAKE_PREFIX_PATH="$prefix"
cmake -S "$prefix/share/doc/dmatrix/docs/examples" -B "$work/examples" -G Ninja \
    -DCMAKE_C_FLAGS='-Wall -Wextra -Werror' -DCMAKE_CXX_FLAGS='-Wall -Wextra -Werror' >"$work/log" 2>&1 &&
    cmake --build "$work/examples" >>"$work/log" 2>&1 || { cat "$work/log"; fail "find_package"; }
matrix='0.000 1105281.675 10254479.919
1105281.675 0.000 10860844.543
10254479.919 10860844.543 0.000'
same "distances.c" "$matrix" "$work/examples/distances"
same "distances.c with the static library" "$matrix" "$work/examples/distances-static"
same "metric.c" "300 700 400" "$work/examples/metric"
[ -e "$work/examples/executor" ] &&
    same "executor.c" "the same to the bit" "$work/examples/executor"
same "distances.cpp" "0.000 1106600.877 1106600.877 0.000 
origins[0]: latitude 151.2 is outside -90..90; are latitude and longitude swapped?
row 0 of 2
one row is enough" "$work/examples/distances-cpp"
head -5 "$cities" >"$work/few.csv"
same "stream.c" "Heshan - Oliveira do Bairro: 10393.453 km
Mahanob - Oliveira do Bairro: 12975.520 km
Oliveira do Bairro - Mahanob: 12975.520 km
Lāsjerd - Mahanob: 8026.217 km" "$work/examples/stream" "$work/few.csv"
same "neighbours.c" "Heshan (0 within 100 km): Mahanob 2600.972 Lāsjerd 5483.177 Oliveira do Bairro 10393.453
Mahanob (0 within 100 km): Heshan 2600.972 Lāsjerd 8026.217 Oliveira do Bairro 12975.520
Oliveira do Bairro (0 within 100 km): Lāsjerd 5331.182 Heshan 10393.453 Mahanob 12975.520
Lāsjerd (0 within 100 km): Oliveira do Bairro 5331.182 Heshan 5483.177 Mahanob 8026.217" \
    "$work/examples/neighbours" "$work/few.csv"
same "neighbours.cpp" "0: 1 at 1105281.675 m
1: 0 at 1105281.675 m
2:
a distance of -1 is below 0 or not a number" "$work/examples/neighbours-cpp"
sed -n '/^```c$/,/^```$/p;/^```$/q' "$source/docs/library.md" | grep -v '^```' >"$work/shown.c"
sed 1d "$source/docs/examples/distances.c" | cmp - "$work/shown.c" || fail "docs/library.md"
# Each as docs/library.md compiles it.
ln -s "$source/docs" "$work/docs"
sed -n 's/^    \$ \(c[c+]* docs\/examples\/.*\)/\1/p' "$source/docs/library.md" >"$work/compile"
[ "$(wc -l <"$work/compile")" = 7 ] || fail "docs/library.md compiles other examples than these seven"
(cd "$work" && sh -e ./compile) || fail "docs/library.md does not compile its examples"
"$work/executor" "$cities" | grep -q '^omp: [0-9.]* times as fast as serial; [1-9][0-9]* % work' ||
    fail "executor.c: nothing is known of its work"
for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2>/dev/null || continue
    same "distances.py" "[[       0.     1105281.675 10254479.919]
 [ 1105281.675        0.    10860844.543]
 [10254479.919 10860844.543        0.   ]]
origins[0]: latitude 151.2 is outside -90..90; are latitude and longitude swapped?" \
        "$python" "$prefix/share/doc/dmatrix/docs/examples/distances.py"
    matrix="[[      0.    1105281.675       0.   ]
 [1105281.675       0.          0.   ]
 [      0.          0.          0.   ]]"
    "$python" -c 'import scipy' 2>/dev/null || matrix="SciPy is not installed"
    same "neighbours.py" "[[1 2]
 [0 2]
 [0 1]]
[[ 1105281.675 10254479.919]
 [ 1105281.675 10860844.543]
 [10254479.919 10860844.543]]
the number of nearest neighbours is 0
$matrix" "$python" "$prefix/share/doc/dmatrix/docs/examples/neighbours.py"
    break
done

# The lesson, in a copy of what is installed.
cp -R "$prefix/share/doc/dmatrix" "$work/lesson"
if command -v python3 >/dev/null; then
    (cd "$work/lesson" && python3 docs/lesson/experiment.py data/cities.csv --locations=5 --rounds=1) |
        grep -q '^serial ' || fail "the lesson's experiment"
    (cd "$work/lesson" && python3 docs/lesson/released.py) | grep -q '^libdmatrix, ' ||
        fail "the lesson's call of the library"
fi

# ---- what can be seen of it ----

sh "$source/tests/install/symbols.sh" "$prefix/include" "$libraries" \
    "$prefix/share/man/man3/libdmatrix.3" || fail "symbols"

# ---- and away ----

cmake -DFILES="$work/files" -P "$source/src/cmake/Uninstall.cmake" >"$work/log" 2>&1 ||
    { cat "$work/log"; fail "it cannot be removed"; }
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || fail "left after it was removed: $left"
find "$prefix" -name 'dmatrix*' | grep . && fail "the folders above are left"
[ "$failures" -eq 0 ]
