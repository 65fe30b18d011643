#!/bin/sh
# run_case.sh DMATRIX DATA CASE: run one file of cases/; README.md describes its contents. Exit status 77:
# the case needs a pseudo-terminal, and there is none.
set -u
dmatrix=$1 DATA=$2 case=$3
SIGNAL_WHEN=$(cd "$(dirname "$0")/../testing" && pwd)/signal_when.sh
export DATA SIGNAL_WHEN
if grep -q '^\$.*script -q' "$case" && ! script -qec true /dev/null >/dev/null 2>&1; then
    echo 'skipped: there is no pseudo-terminal (script, /dev/ptmx, /dev/pts)'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/run"
ln -s "$dmatrix" "$work/bin/dmatrix"
PATH=$work/bin:$PATH
export PATH

# Devices of our own where that can be: the tests run as root in places, and should not put the
# system's at the mercy of the program.
DEVICES=$work/dev
mkdir "$DEVICES"
if ! { mknod "$DEVICES/null" c 1 3 && mknod "$DEVICES/full" c 1 7 && : >"$DEVICES/null"; } 2>/dev/null; then
    DEVICES=/dev
fi
export DEVICES
unset NO_COLOR COLUMNS DMATRIX_ISA DMATRIX_OPTIONS
TERM=xterm
export TERM
failures=0

part() { # PREFIX: the lines of the case that begin with it, without it
    sed -n "s/^$1 \{0,1\}//p" "$case"
}

# compare ACTUAL MARK: whether the lines of the file are those marked so in the case
compare() {
    grep "^$2" "$case" >"$work/wanted"
    number=0
    while IFS= read -r wanted <&3; do
        [ "$wanted" = "$2*" ] && return 0
        number=$((number + 1))
        if ! IFS= read -r line <&4 && [ -z "$line" ]; then
            echo "line $number is missing: $wanted"
            return 1
        fi
        case $wanted in
        "$2~ "*) pattern=${wanted#"$2~ "} ;;
        "$2") [ -z "$line" ] && continue; pattern= ;;
        *) [ "$line" = "${wanted#"$2 "}" ] && continue; pattern= ;;
        esac
        # shellcheck disable=SC2254 # it is a pattern
        case $line in
        $pattern) [ -n "$pattern" ] && continue ;;
        esac
        echo "line $number is   : $line"
        echo "but should be: $wanted"
        return 1
    done 3<"$work/wanted" 4<"$1"
    lines=$(wc -l <"$1")
    [ "$lines" -le "$number" ] && return 0
    echo "there are $lines lines instead of $number:"
    cat "$1"
    return 1
}

cd "$work/run" || exit 2
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >two.csv
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\nLima,-12.0464,-77.0428\n' >three.csv
part '\$' >"$work/script"
sh "$work/script" >"$work/stdout" 2>"$work/stderr" </dev/null
status=$?
wanted_status=$(part '?' | tr -d ' ')
if [ "$status" != "${wanted_status:-0}" ]; then
    echo "exit status $status instead of ${wanted_status:-0}"
    cat "$work/stderr"
    failures=1
fi
compare "$work/stdout" '>' || { echo '... on standard output'; failures=1; }
compare "$work/stderr" '!' || { echo '... on standard error'; failures=1; }
exit $failures
