#!/bin/sh
# coefficients.sh ROOT [EVERY]: changes every coefficient of the metrics by a part in ten thousand, one at
# a time, and sees a test fail. Literals are changed where they stand; what dm_geodesic_expand()
# computes is changed in the structures it has filled. How it ends, mutants.sh says.
set -eu
root=$1
every=${2:-1} # each so many-th
. "$(dirname "$0")/mutants.sh"

factor=1.0001
change="* $factor"
helpers=tests/testing/polynomial.c

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
        src/metric/kernel/geodesic_formulas.h)
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

verdict
