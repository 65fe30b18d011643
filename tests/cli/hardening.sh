#!/bin/sh
# hardening.sh PROGRAM...: each may be loaded anywhere, has its addresses resolved and sealed before
# it begins, never runs what is on its stack, looks for its libraries where the system does, and
# calls the functions that check buffers and the stack.
set -u
command -v readelf >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
failures=0

expect() { # WHAT PATTERN: some line of the program's headers has it
    grep -qE "$2" "$work/headers" && return
    echo "$program: $1"
    failures=1
}

refuse() { # WHAT PATTERN: no line has it
    grep -qE "$2" "$work/headers" || return
    echo "$program: $1"
    failures=1
}

for program; do
    readelf -hldW --dyn-syms "$program" >"$work/headers" || exit 2
    expect 'is not position-independent' '^ +Type: +DYN \(Position-Independent Executable'
    expect 'does not resolve its symbols at the start' '\(FLAGS\).*BIND_NOW|\(FLAGS_1\).*NOW'
    expect 'has no part that is sealed after that' 'GNU_RELRO'
    expect 'says nothing of its stack' 'GNU_STACK'
    refuse 'has a stack that can be run' 'GNU_STACK.* RWE '
    refuse 'has a segment that can be both written and run' '^ +LOAD .* RWE '
    refuse 'looks for libraries in places of its own' '\((RPATH|RUNPATH)\)'
    expect 'calls no function that checks a buffer' ' UND __[a-z]+_chk(@|$)'
    expect 'does not look after its stack' ' UND __stack_chk_fail(@|$)'
done
exit $failures
