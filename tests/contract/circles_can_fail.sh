#!/bin/sh
# circles_can_fail.sh CIRCLES CC: plants circles in a made-up tree and sees them found.
set -eu
circles=$1 cc=$2
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

begin() {
    rm -rf "$tree/src" "$tree/objects"
    mkdir -p "$tree/src/run" "$tree/objects/x.dir/run"
}

put() { # FILE LINE...: writes it, and compiles a source
    file=$tree/src/$1 object=$tree/objects/x.dir/$1.o
    shift
    printf '%s\n' "$@" >"$file"
    case $file in
    *.c) "$cc" -I"$tree/src" -c "$file" -o "$object" ;;
    esac
}

expect() { # STATUS TEXT: what is said of the tree
    status=0
    said=$(sh "$circles" "$tree" "$tree/objects") || status=$?
    if [ "$status" != "$1" ] || ! printf '%s' "$said" | grep -q -- "$2"; then
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
expect 1 'run/[ab].c -> run/[ab].c -> run/[ab].c'

# three sources, one of which is used for an object only
begin
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
put run/b.c 'extern const int c_number;' 'int b(void) { return c_number; }'
put run/c.c 'int a(void);' 'const int c_number = 1;' 'int c(void) { return a(); }'
expect 1 'run/[abc].c -> run/[abc].c -> run/[abc].c -> run/[abc].c'

# headers alone
begin
put run/a.h '#ifndef A' '#define A' '#include "run/b.h"' '#endif'
put run/b.h '#ifndef B' '#define B' '#  include "run/c.h" // and so on' '#endif'
put run/c.h '#ifndef C' '#define C' '#include "run/a.h"' '#endif'
expect 1 'run/[abc].h -> run/[abc].h -> run/[abc].h -> run/[abc].h'

# an object that was left there by a source that is no more
begin
put run/a.c 'int b(void);' 'int a(void) { return b(); }'
put run/b.c 'int a(void);' 'int b(void) { return a(); }'
rm "$tree/src/run/b.c"
expect 0 'no circle'
