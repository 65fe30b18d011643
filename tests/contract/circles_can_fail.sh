#!/bin/sh
# circles_can_fail.sh CIRCLES CC: plants circles in a made-up tree and sees them found.
set -eu
circles=$1 cc=$2
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

begin() {
    rm -rf "$tree/src" "$tree/include" "$tree/objects"
    mkdir -p "$tree/src/run" "$tree/include/dmatrix" "$tree/objects"
}

compile() { # FILE OBJECT FLAG...
    source=$tree/src/$1 object=$tree/objects/$2
    shift 2
    mkdir -p "$(dirname "$object")"
    "$cc" "$@" -I"$tree/src" -c "$source" -o "$object"
}

put() { # FILE LINE...: writes it, and compiles a source
    name=$1
    mkdir -p "$(dirname "$tree/src/$name")"
    shift
    printf '%s\n' "$@" >"$tree/src/$name"
    case $name in
    *.c) compile "$name" "CMakeFiles/x.dir/$name.o" ;;
    esac
}

expect() { # STATUS TEXT: what is said of the tree
    status=0
    said=$(sh "$circles" "$tree" "$tree/objects") || status=$?
    if [ "$status" != "$1" ] || ! printf '%s\n' "$said" | grep -qF -- "$2"; then
        echo "exit status $status instead of $1, and no \"$2\" in: $said"
        exit 1
    fi
}

# a uses b, and both their headers
begin
put run/b.h 'int b(void);'
put run/a.h 'int a(void);'
put run/b.c '#include "run/b.h"' 'int b(void) { return 1; }'
put run/a.c '#include "run/a.h"' '#include "run/b.h"' 'int a(void) { return b(); }'
expect 0 'no circle'

# b uses a too, whose header it does not even include
put run/b.c '#include "run/b.h"' 'int a(void);' 'int b(void) { return a(); }'
expect 1 'a circle: run/a -> run/b (b) -> run/a (a)'

# three sources, one of which is used for an object only
begin
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
put run/b.c 'extern const int c_number;' 'int b(void) { return c_number; }'
put run/c.c 'int a(void);' 'const int c_number = 1;' 'int c(void) { return a(); }'
expect 1 'a circle: run/a -> run/b (b) -> run/c (c_number) -> run/a (a)'

# headers alone
begin
put run/a.h '#ifndef A' '#define A' '#include "run/b.h"' '#endif'
put run/b.h '#ifndef B' '#define B' '#  include "run/c.h" // and so on' '#endif'
expect 0 'no circle'
put run/c.h '#ifndef C' '#define C' '#include <run/a.h>' '#endif'
expect 1 'a circle: run/a -> run/b (run/b.h) -> run/c (run/c.h) -> run/a (run/a.h)'

# public headers
begin
echo '#include <dmatrix/y.h>' >"$tree/include/dmatrix/x.h"
echo '#include <dmatrix/x.h>' >"$tree/include/dmatrix/y.h"
expect 1 'a circle: dmatrix/x -> dmatrix/y (dmatrix/y.h) -> dmatrix/x (dmatrix/x.h)'

# a source calls what includes its header
begin
put run/a.h 'struct a { int a; };'
put run/b.c '#include "run/a.h"' 'int b(void) { return (struct a){0}.a; }'
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
expect 1 'a circle: run/a -> run/b (b) -> run/a (run/a.h)'

# a plug-in looks into the registry that has it
begin
put run/registry.c 'extern const int grid;' 'const int *const all[] = {&grid};'
put run/grid.c 'const int grid = 1;'
expect 0 'no circle'
put run/grid.c 'const int grid = 1;' 'extern const int *const all[];' 'int f(void) { return *all[0]; }'
expect 1 'a circle: run/grid -> run/registry (all) -> run/grid (grid)'

# two objects of one source, as kernels have: circles through either of them
begin
put run/b.c 'int avx2(void), sse2(void);' 'int b(void) { return avx2() + sse2(); }'
put run/kernel/a.c '#ifndef ISA' '#define ISA c' '#define BODY 0' '#endif' 'int b(void);' 'int ISA(void);' 'int ISA(void) { return BODY; }'
rm "$tree/objects/CMakeFiles/x.dir/run/kernel/a.c.o"
compile run/kernel/a.c CMakeFiles/sse2.dir/run/kernel/a.c.o -DISA=sse2 -DBODY=0
compile run/kernel/a.c CMakeFiles/avx2.dir/run/kernel/a.c.o -DISA=avx2 -DBODY=0
expect 0 'no circle'
compile run/kernel/a.c CMakeFiles/avx2.dir/run/kernel/a.c.o -DISA=avx2 '-DBODY=b()'
expect 1 'a circle: run/b -> run/kernel/a (avx2) -> run/b (b)'

# objects of a room with a build file of its own
begin
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
put run/b.c 'int a(void);' 'int b(void) { return a(); }'
rm -r "$tree/objects/CMakeFiles"
compile run/a.c run/CMakeFiles/x.dir/a.c.o
compile run/b.c run/CMakeFiles/x.dir/b.c.o
expect 1 'a circle: run/a -> run/b (b) -> run/a (a)'

# an object that was left there by a source that is no more
begin
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
put run/b.c 'int a(void);' 'int b(void) { return a(); }'
rm "$tree/src/run/b.c"
expect 0 'no circle'
