# common.sh - for the other scripts here, which set $work: what an installation has to do.

failures=0
fail() { # WHAT
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# same WHAT WANTED COMMAND...: whether the command prints just that.
same() {
    what=$1 wanted=$2
    shift 2
    printed=$("$@" 2>&1) || fail "$what: exit status $?: $printed"
    [ "$printed" = "$wanted" ] || fail "$what prints '$printed' instead of '$wanted'"
}

# installed PREFIX: the command of an installation, beside its documentation.
installed() {
    same "the command" "dmatrix $version" "$1/bin/dmatrix" --version
    "$1/bin/dmatrix" "$1/share/doc/dmatrix/data/cities.csv" -q -o "$work/installed.npy" &&
        [ "$(wc -c <"$work/installed.npy")" -eq $((128 + 8 * 499500)) ] ||
        fail "the command of $1 writes no distances"
}
