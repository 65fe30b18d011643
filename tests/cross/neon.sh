#!/bin/sh
# neon.sh ROOT: the kernels as aarch64 runs them. Compiles the metrics for it, runs them in an emulator,
# and compares their distances with this machine's. 77: there is no cross compiler or no emulator.
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
plain="src/metric/*.c src/metric/kernel/kernels.c
    src/base/isa.c src/base/number.c src/base/registry.c src/base/status.c src/base/text.c"
kernels=$(ls src/metric/kernel/*.c | grep -v /kernels.c)

build() { # COMPILER PROGRAM LINK-FLAG ISA=FLAGS...
    cc=$1 program=$2 link=$3
    shift 3
    for isa in "$@"; do
        for kernel in $kernels; do
            # shellcheck disable=SC2086 # words
            "$cc" $flags ${isa#*=} -DDM_ISA="${isa%%=*}" -c "$kernel" \
                -o "$work/$program-${isa%%=*}-$(basename "$kernel" .c).o"
        done
    done
    # shellcheck disable=SC2086 # words
    "$cc" $flags $plain tests/cross/distances.c "$work/$program"-*.o -o "$work/$program" $link -lm
}

build "$compiler" aarch64 -static neon=
case $(uname -m) in
x86_64)
    build "${CC:-cc}" native '' 'avx512=-mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma' \
        'avx2=-mavx2 -mfma' sse2= ;;
*)
    echo "skipped: compares with x86-64 only"
    exit 77 ;;
esac
"$work/native" write "$work/distances"
qemu-aarch64 "$work/aarch64" compare "$work/distances"
