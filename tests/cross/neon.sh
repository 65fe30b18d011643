#!/bin/sh
# neon.sh ROOT LIBRARY: the kernels as aarch64 runs them. Compiles metrics and formats for it, runs them
# in an emulator, compares the metrics' distances with those of this machine's static library, and has the unit tests of numbers as
# text see what is made of them. 77: there is no cross compiler or no emulator.
set -eu
root=$1 library=$2
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
# no zlib for that machine: crc.c is another one, which these tests do not call
plain=$(ls src/base/*.c src/format/*.c src/metric/*.c src/shape/*.c src/*/kernel/kernels.c |
    sed 's|^src/base/crc.c$|tests/cross/crc.c|')
kernels=$(ls src/*/kernel/*.c | grep -v /kernels.c)

compile() { # SOURCE NAME FLAG...
    source=$1 name=$2
    shift 2
    # shellcheck disable=SC2086 # words
    "$compiler" $flags "$@" -c "$source" -o "$work/aarch64/$name-$(echo "$source" | tr / -).o"
}
mkdir "$work/aarch64" "$work/native"
for source in $plain; do
    compile "$source" plain
done
for source in $kernels; do
    compile "$source" neon -DDM_ISA=neon
done
for test in digits fixed rounding; do
    # shellcheck disable=SC2086 # words
    "$compiler" $flags -Itests/cross -Itests -DDATA_FOLDER='""' tests/testing/testing.c \
        tests/unit/test_$test.c "$work"/aarch64/*.o -o "$work/test_$test" -static -lm
    qemu-aarch64 "$work/test_$test"
done

if [ "$(uname -m)" != x86_64 ]; then
    echo "skipped: compares with x86-64 only"
    exit 77
fi
# shellcheck disable=SC2086 # words
"${CC:-cc}" $flags tests/cross/distances.c "$library" -o "$work/native/distances" -lm
# shellcheck disable=SC2086 # words
"$compiler" $flags tests/cross/distances.c "$work"/aarch64/*.o -o "$work/aarch64/distances" -static -lm
"$work/native/distances" write "$work/distances"
qemu-aarch64 "$work/aarch64/distances" compare "$work/distances"
