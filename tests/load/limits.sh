#!/bin/sh
# limits.sh DMATRIX CITIES: every executor where the system grants little of something. A run
# either does with what there is and is complete, or ends with status 1 and one line that says what
# is missing and what to do; nothing half-written is left. WITHOUT names a limit that cannot be set
# in this build.
set -u
. "$(dirname "$0")/common.sh"
dmatrix=$1
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- # what is open already would count
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$dmatrix" "$work/dmatrix"
cp "$2" "$work/cities.csv"
mkdir -m 777 "$work/run"
cd "$work/run" || exit 2
failures=0 refusals=0
executors=$(listed ../dmatrix Executors)
wanted=$(../dmatrix ../cities.csv -q --shard=1/200 | cksum)

wrong() { # WHAT
    echo "$executor, $*"
    cat said
    failures=$((failures + 1))
}

# limited SAYS LIMIT [OPTION...]: a run under a limit of prlimit's; what it says, if it fails
limited() {
    says=$1 limit=$2
    shift 2
    # shellcheck disable=SC2086 # words
    $as prlimit $limit ../dmatrix ../cities.csv -q --shard=1/200 --executor="$executor" -o out "$@" \
        2>said
    status=$?
    case $status in
    0)
        [ "$(cksum <out)" = "$wanted" ] || wrong "$limit: is not complete"
        grep -qv 'the name of an earlier one' said && wrong "$limit: says something all the same"
        ;;
    1)
        refusals=$((refusals + 1))
        [ -e out ] && wrong "$limit: left a file"
        [ "$(wc -l <said)" = 1 ] && grep -q "^dmatrix: $says" said || wrong "$limit: does not say so"
        ;;
    *) wrong "$limit: status $status" ;;
    esac
    [ $status != 0 ] && [ -e timings ] && wrong "$limit: left timings"
    rm -f out timings
    [ "$(ls -A)" = said ] || wrong "$limit: left $(ls -A)"
}

# refuses AT_LEAST WHAT: since the last time, or the limits were none
refuses() {
    [ "$refusals" -ge "$1" ] || wrong "$2: refused $refusals times only"
    refusals=0
}

as=
for executor in $executors; do
    limited 'out: cannot write: File too large (nothing was written there)$' --fsize=65536
    limited 'out: cannot write: File too large (nothing was written there)$' --fsize=4096
    refuses 2 'size of files'

    # Standard streams, the timings, the input or the output, and what an executor needs.
    for files in 4 5 6 8 12 20; do
        limited '.*: Too many open files' --nofile=$files --threads=8 --export-json=timings
    done
    refuses 1 'open files'

    for mebibytes in 20 30 40 60 80 120 200; do
        limited '\(--max-memory: \)\{0,1\}out of memory\|--threads: cannot start .*(try --threads=' \
            --as=$((mebibytes << 20)) --threads=4
    done
    refuses 1 memory
    prlimit --as=$((20 << 20)) ../dmatrix ../cities.csv -q --executor="$executor" 2>said >all
    grep -q '^dmatrix: --max-memory: out of memory: cannot allocate .* MiB for buffers (try --max-memory=[0-9]*)$' said ||
        wrong 'memory: no advice'
    rm -f all
done

# Processes, threads included, are counted for a user, and root has no such limit.
as='setpriv --reuid=64321 --regid=64321 --clear-groups'
if $as true 2>/dev/null; then
    for executor in $executors; do
        for processes in 1 2 3 4; do
            limited '--threads: cannot start .*: Resource temporarily unavailable (try --threads=' \
                --nproc=$processes --threads=8
        done
        case $executor in
        pool | process) refuses 4 processes ;;
        *) refuses 0 processes ;;
        esac
    done
else
    echo 'no other user: the limit on processes was not tried'
fi
exit $failures
