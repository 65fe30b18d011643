#!/bin/sh
# coefficients.sh ROOT: changes every coefficient of the metrics by a part in ten thousand, one at a
# time, in a copy of the sources of ROOT, and runs the tests that are to notice. Exit 1: one of these
# mutants survived, 2: it cannot be told. Compiles with $CC, else cc.
#
# Literals are changed where they stand. What dm_geodesic_expand() computes is changed in the
# structures it has filled.
set -eu
root=$1
CC=${CC:-cc}
cmocka=$(pkg-config --cflags --libs cmocka)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
cp -R "$root/include" "$root/src" "$root/tests" "$work"
cd "$work"

factor=1.0001
tried=0
survived=0

fail() {
    echo "coefficients.sh: $*" >&2
    exit 2
}

# compile TEST SOURCE...: the program `mutant`, of the unit test and what it looks at.
compile() {
    test=$1
    shift
    $CC -std=c11 -O1 -ffp-contract=off -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -Itests \
        -o mutant "tests/unit/test_$test.c" tests/testing/polynomial.c "$@" $cmocka -lm ||
        fail "$test does not compile"
}

# passes TEST SOURCE...: without a change.
passes() {
    compile "$@"
    ./mutant >log 2>&1 || fail "test_$1 fails without any change: $(cat log)"
}

# judge WHAT TEST SOURCE...: a mutant has to fail.
judge() {
    what=$1
    shift
    compile "$@"
    tried=$((tried + 1))
    if ./mutant >log 2>&1; then
        echo "survived: $what"
        survived=$((survived + 1))
    fi
}

# mutate K FROM TO <OLD >NEW: of the numbers other than 0 in the lines from one that matches FROM to
# one that matches TO, multiplies the K-th. Comments, names and what is in brackets are passed over.
# Fails where there is no K-th.
mutate() {
    awk -v k="$1" -v from="$2" -v to="$3" -v factor="$factor" '
        BEGIN {
            passed = "/[*].*|[[][^]]*[]]|[A-Za-z_][A-Za-z_0-9]*"
            number = "0x[0-9a-f.]*p[-+]?[0-9]*f?|[0-9][0-9.]*"
        }
        $0 ~ from { inside = 1 }
        {
            line = $0
            done = ""
            while (inside && match(line, passed "|" number)) {
                word = substr(line, RSTART, RLENGTH)
                done = done substr(line, 1, RSTART + RLENGTH - 1)
                line = substr(line, RSTART + RLENGTH)
                if (word ~ /^[0-9]/ && word != "0" && ++count == k)
                    done = done " * " factor (word ~ /x.*f$/ ? "f" : "")
            }
            print done line
        }
        $0 ~ to { inside = 0 }
        END { exit count < k }'
}

# literals FILE FROM TO TEST SOURCE...: all the mutants of the numbers in these lines.
literals() {
    file=$1 from=$2 to=$3
    shift 3
    passes "$@"
    cp "$file" kept
    before=$tried
    survived_before=$survived
    k=1
    while mutate $k "$from" "$to" <kept >"$file"; do
        line=$(diff kept "$file" | sed -n 's/^> *//p')
        judge "$file: $line" "$@"
        k=$((k + 1))
    done
    cp kept "$file"
    [ $k -gt 1 ] || fail "no number in $file from $from to $to"
    tell "$file, ${from#double }"
}

tell() {
    echo "$1: $((tried - before)) tried, $((tried - before - survived + survived_before)) killed"
}

# ---- what is written down ----

literals src/metric/kernel/minimax.h 'asin_tail' '^}' kernel_functions
literals src/metric/kernel/minimax.h 'arc_over_sine_p' '^}' kernel_functions
literals src/metric/kernel/minimax.h 'arc_over_sine_q' '^}' kernel_functions
literals src/metric/kernel/minimax.h 'rough_arc_over_sine' '^}' kernel_functions
literals src/metric/kernel/geodesic_triangle.h 'define PI' 'define PI' kernel_functions
literals src/metric/kernel/geodesic_triangle.h 'double half' 'double versine' kernel_functions
series=src/metric/geodesic_series.c
literals $series 'double a3' '};' geodesic_series $series
literals $series 'double c3' '};' geodesic_series $series
literals $series 'double remainder_1' 'harmonic_sum' geodesic_series $series
literals $series 'double remainder_2' 'harmonic_sum' geodesic_series $series

# ---- what is computed ----

cat >changed.c <<'END'
#include "metric/geodesic_expansion.h"

void unchanged_expand(double a_m, double f, struct dm_geodesic_expansion *expansion,
                      struct dm_geodesic_ends *ends);

void dm_geodesic_expand(double a_m, double f, struct dm_geodesic_expansion *expansion,
                        struct dm_geodesic_ends *ends)
{
    unchanged_expand(a_m, f, expansion, ends);
    COEFFICIENT = COEFFICIENT * FACTOR;
}
END

# each NAME TERMS: NAME[0], NAME[1], ..., as many as the headers say of TERMS.
each() {
    terms=$(sed -n "s/.*$2 = \([0-9]*\).*/\1/p" src/metric/geodesic_expansion.h \
        src/metric/kernel/geodesic.h)
    [ "$terms" -gt 0 ] || fail "$2 is not known"
    k=0
    while [ $k -lt "$terms" ]; do
        echo "$1[$k]"
        k=$((k + 1))
    done
}

# coefficients: all of them, as C.
coefficients() {
    for name in radius_m lag_end lag_end_z lag_end_sine shift_max guess_lag guess_lag_slope; do
        echo "expansion->$name"
    done
    echo 'ends->guess_end'
    each 'expansion->length' DM_LENGTH_TERMS
    each 'expansion->lag' DM_LAG_TERMS
    for row in $(each 'ends->end' DM_END_TERMS); do
        each "$row" DM_END_POWERS
    done
}

expansion=src/metric/geodesic_expansion.c
passes geodesic_expansion $expansion
$CC -std=c11 -O1 -Iinclude -Isrc -Ddm_geodesic_expand=unchanged_expand -c -o unchanged.o \
    $expansion || fail "$expansion does not compile"
before=$tried
survived_before=$survived
for coefficient in $(coefficients); do
    $CC -std=c11 -O1 -Iinclude -Isrc -DCOEFFICIENT="$coefficient" -DFACTOR=$factor \
        -c -o changed.o changed.c ||
        fail "$coefficient cannot be changed"
    judge "$expansion: $coefficient" geodesic_expansion unchanged.o changed.o
done
tell $expansion

echo "$tried tried, $((tried - survived)) killed"
[ $survived = 0 ]
