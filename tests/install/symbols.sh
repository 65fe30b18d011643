#!/bin/sh
# symbols.sh INCLUDE LIB [PAGE]: an installed library exports what its headers declare with DM_API and a
# manual page describes; the names of the static one begin with dm_; neither writes to a
# stream of the process or ends it, names an option of the command, or needs a library of its.
set -u
include=$1 lib=$2 page=${3-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# Declarations may go over several lines, and hold several objects.
cat "$include"/dmatrix/*.h | tr '\n' ' ' | sed 's|/\*[^*]*\*/| |g; s/DM_API/\nDM_API/g' |
    sed -n '/^DM_API [^_]/{
        s/;.*//
        /^DM_API extern/{
            s/^DM_API extern const struct dm_[a-z_]* *//
            s/[, ]\{1,\}/\n/g
            p
            d
        }
        s/^[^(]*\(dm_[a-z0-9_]*\)(.*/\1/p
    }' | sort -u >"$work/declared"
nm -D --defined-only "$lib/libdmatrix.so" | awk '{ print $3 }' | sort -u >"$work/seen"
[ -s "$work/declared" ] || fail "no header declares anything"
difference=$(comm -3 "$work/declared" "$work/seen")
[ -z "$difference" ] || fail "declared only, or (further right) seen only:
$difference"

if [ -n "$page" ]; then
    grep -o 'dm_[a-z0-9_]*' "$page" | sort -u >"$work/described"
    missing=$(comm -23 "$work/declared" "$work/described")
    [ -z "$missing" ] || fail "$page does not tell of $missing"
fi

foreign=$(nm -g --defined-only "$lib/libdmatrix.a" 2>/dev/null | awk 'NF == 3 && $3 !~ /^dm_/ { print $3 }')
[ -z "$foreign" ] || fail "names of the static library that do not begin with dm_: $foreign"

# _exit() is how workers of the process executor end.
talks=$(nm -D --undefined-only "$lib/libdmatrix.so" | awk '{ sub(/@.*/, "", $2); print $2 }' |
    grep -x -e stdout -e stderr -e stdin -e printf -e vprintf -e __printf_chk -e puts -e putchar -e perror -e exit \
        -e quick_exit -e setlocale -e signal -e sigaction -e getopt_long -e getenv)
[ -z "$talks" ] || fail "a library has no business with $talks"

# What only the command needs stays out of it.
heavy=$(nm --undefined-only "$lib/libdmatrix.a" 2>/dev/null | awk '$2 ~ /^json_/ { print $2 }')
[ -z "$heavy" ] || fail "a library does not need jansson: $heavy"
others=$(readelf -d "$lib/libdmatrix.so" | sed -n 's/.*NEEDED.*\[\(.*\)\.so.*/\1/p' |
    grep -v -x -e libcsv -e libz -e libm -e libc -e 'ld-linux.*')
[ -z "$others" ] || fail "it asks for other libraries: $others"
proj=$(nm --undefined-only "$lib/libdmatrix.a" 2>/dev/null | awk '$2 ~ /^proj_/ { print $2 }')
[ -z "$proj" ] || fail "a library does not need PROJ: $proj"

# Its errors name fields of its own options: who calls it has no command line.
for file in "$lib/libdmatrix.so" "$lib/libdmatrix.a"; do
    options=$(strings -a "$file" | grep -E -- '(^|[ (])(--[a-z]|-o )')
    [ -z "$options" ] || fail "$file names options of the command:
$options"
done

objdump -t "$lib/libdmatrix.so" 2>/dev/null | grep -q ' \.text' ||
    fail "the shared library has no table of symbols to look into"
# What can change while a program runs is in .data and .bss: the C runtime's own is 8 bytes or so each.
objdump -t "$lib/libdmatrix.so" 2>/dev/null | awk '
    ($4 == ".data" || $4 == ".bss" || $3 == ".data" || $3 == ".bss") && / (O|F) / { print $NF }' |
    grep -v -x -e __dso_handle -e __TMC_END__ -e 'completed\.[0-9]*' -e '__cpu_.*' >"$work/variables"
[ -s "$work/variables" ] && fail "variables that all callers share: $(cat "$work/variables")"

echo "$(wc -l <"$work/seen") names can be seen"
[ "$failures" -eq 0 ]
