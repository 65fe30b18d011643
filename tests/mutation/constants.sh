#!/bin/sh
# constants.sh ROOT [EVERY]: changes every constant of the kernels that make text by one, up and down,
# and sees a test fail. How it ends, mutants.sh says.
set -eu
root=$1
every=${2:-1} # each so many-th
. "$(dirname "$0")/mutants.sh"

# Any factor up to 35 larger divides eight digits by 10,000 as well.
equivalent '(3518437209 + 1)'
# Only what becomes of halves is different, and those are refused.
equivalent 'ROUND = (0x1p52 + 1)'
# Without decimals it multiplies 0; with some, the 1 is divided away.
equivalent '.pad = (100000000 + 1)'
# Any number of lanes gives the same tally. spread.c has no other number, so it is not tried.
equivalent 'LANES = (8 + 1)'
equivalent 'LANES = (8 - 1)'
# What goes beyond a whole number is always below 1.
equivalent '[DM_FLOOR] = (1 + 1)'

# Constants are the same on every instruction set, so one is enough: as on machines with a plain one.
sed -i 's/defined(__[a-z0-9_]*__)/0/' src/base/isa.h src/base/isa.c
# A mutant may write beyond an array, of which not every compiler makes something that is seen.
export ASAN_OPTIONS=detect_leaks=0
flags="$flags -DDM_ISA=plain -DDATA_FOLDER=\"\" -w -fsanitize=address"

kernels=src/format/kernel
for source in src/base/*.c src/format/fixed.c $kernels/kernels.c $kernels/table.c \
    tests/testing/testing.c tests/testing/plain_statistics.c; do
    object=$(basename "$source" .c).o
    $CC $flags -c "$source" -o "$object" || fail "$source does not compile"
    helpers="$helpers $object"
done
changed="$kernels/digits.c $kernels/rounding.c $kernels/spread.c $kernels/tally.c src/format/moments.c src/format/digits.c src/format/rounding.c"

# both FILE FROM TO TEST
both() {
    for change in '+ 1' '- 1'; do
        literals "$1" "$2" "$3" "$4" $changed
    done
}

both $kernels/digits.c '' '' digits
both src/format/digits.c 'style_of' '^}' digits
both src/format/digits.c 'tail_bytes' 'tail_bytes' digits
both src/format/digits.h 'inline char .dm_digits_put' '^}' digits
both $kernels/rounding.c '' '' rounding
both $kernels/tally.c '' '' rounding
both src/format/moments.c '' '' moments
both src/format/rounding.c 'double threshold' 'DBL_TRUE_MIN' rounding
verdict
