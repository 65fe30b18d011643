#!/bin/sh
# neon.sh ROOT: the kernels as aarch64 runs them. Compiles metrics and formats for it, runs them in an
# emulator, compares the metrics' distances with this machine's, and has the unit tests of numbers as
# text see what is made of them. 77: there is no cross compiler or no emulator.
set -eu
root=$1
compiler=${CC_AARCH64:-aarch64-linux-gnu-gcc}
command -v "$compiler" >/dev/null && command -v qemu-aarch64 >/dev/null || {
    echo "skipped: needs $compiler and qemu-aarch64 (gcc-aarch64-linux-gnu, qemu-user)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
flags="-std=c11 -O3 -fno-math-errno -fno-trapping-math -ffp-contract=off -D_POSIX_C_SOURCE=200809L
    -Iinclude -Isrc"
plain=$(ls src/base/*.c src/format/*.c src/metric/*.c src/shape/*.c src/*/kernel/kernels.c)
kernels=$(ls src/*/kernel/*.c | grep -v /kernels.c)

# build COMPILER MACHINE ISA=FLAGS...: all of these, as objects.
build() {
    cc=$1 machine=$2
    mkdir "$work/$machine"
    shift 2
    for source in $plain; do
        # shellcheck disable=SC2086 # words
        "$cc" $flags -c "$source" -o "$work/$machine/$(echo "$source" | tr / -).o"
    done
    for isa in "$@"; do
        for source in $kernels; do
            # shellcheck disable=SC2086 # words
            "$cc" $flags ${isa#*=} -DDM_ISA="${isa%%=*}" -c "$source" \
                -o "$work/$machine/${isa%%=*}-$(echo "$source" | tr / -).o"
        done
    done
}

build "$compiler" aarch64 neon=
for test in digits fixed rounding; do
    # shellcheck disable=SC2086 # words
    "$compiler" $flags -Itests/cross -Itests -DDATA_FOLDER='""' tests/testing/testing.c \
        tests/unit/test_$test.c "$work"/aarch64/*.o -o "$work/test_$test" -static -lm
    qemu-aarch64 "$work/test_$test"
done

case $(uname -m) in
x86_64)
    build "${CC:-cc}" native 'avx512=-mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma' \
        'avx2=-mavx2 -mfma' sse2= ;;
*)
    echo "skipped: compares with x86-64 only"
    exit 77 ;;
esac
# shellcheck disable=SC2086 # words
"${CC:-cc}" $flags tests/cross/distances.c "$work"/native/*.o -o "$work/native/distances" -lm
# shellcheck disable=SC2086 # words
"$compiler" $flags tests/cross/distances.c "$work"/aarch64/*.o -o "$work/aarch64/distances" -static -lm
"$work/native/distances" write "$work/distances"
qemu-aarch64 "$work/aarch64/distances" compare "$work/distances"
