#!/bin/sh
# faults.sh DMATRIX DMATRIX-MPI CITIES LAUNCHER: what goes wrong on one of two processes ends all of
# them, with one message, a status that is not 0 and the old file as it was.
set -u
dmatrix=$1 mpi=$2 cities=$3 launcher=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export DMATRIX_MPI_TIMEOUT=20
checks=0 failures=0
mkdir in out
cp "$cities" in/cities.csv
"$dmatrix" in/cities.csv -q -o one.csv 2>/dev/null || exit 2
echo old >out/many.csv

fail() {
    echo "FAILED: $*"
    sed 's/^/    /' log
    failures=$((failures + 1))
}

# Runs two processes; the commands of the first argument come first on rank 1.
run() { # COMMANDS OPTION...
    commands=$1
    shift
    cat >program <<PROGRAM
#!/bin/sh
if [ "\${OMPI_COMM_WORLD_RANK-\${PMI_RANK-0}}" = 1 ]; then
    $commands
fi
exec "$mpi" "\$@"
PROGRAM
    chmod +x program
    timeout -k 10 300 $launcher -n 2 "$work/program" "$@" -q >log 2>&1
}

refused() { # WHAT MESSAGE COMMANDS OPTION...
    what=$1 message=$2
    shift 2
    checks=$((checks + 1))
    run "$@"
    status=$?
    [ $status -ne 0 ] && [ $status -ne 124 ] || fail "$what: status $status"
    grep -q "$message" log || fail "$what: the message is another one"
    [ "$(grep -c '^dmatrix: [^wn]' log)" = 1 ] || fail "$what: not one message"
    [ "$(cat out/many.csv)" = old ] || fail "$what: the old file has changed"
    [ -z "$(find out -name '*dmatrix-*' -size +0)" ] || fail "$what: something is left"
}

right() { # WHAT COMMANDS OPTION...
    what=$1
    shift
    checks=$((checks + 1))
    run "$@" || fail "$what: status $?"
    cmp one.csv out/many.csv >>log 2>&1 || fail "$what: other bytes"
    echo old >out/many.csv
}

to='-o out/many.csv'
right 'no fault' : in/cities.csv $to

# Mistakes of the user.
refused 'no output' 'only write a file' : in/cities.csv
refused 'a device' 'only write a file' : in/cities.csv -o /dev/null
refused 'processes' 'not possible in a program of MPI' : in/cities.csv $to --executor=process
refused 'a summary' 'sums up all distances' : in/cities.csv $to --summary
refused 'a comparison' 'without MPI' : in/cities.csv --compare --export-csv=times.csv
refused 'a forecast' 'without MPI' : in/cities.csv $to --dry-run
refused 'the accuracy' 'without MPI' : in/cities.csv --accuracy
refused 'a wrong value' 'precision' : in/cities.csv $to --precision=99
refused 'no input' 'no such file\|cannot open' : in/none.csv $to
refused 'a folder' 'is a folder' : in $to
echo name,lat,lon >in/broken.csv
echo a,91,0 >>in/broken.csv
refused 'a wrong latitude' 'broken.csv' : in/broken.csv $to

# A complete output has no journal beside it, whatever fails afterwards.
checks=$((checks + 1))
run : in/cities.csv --format=npy --resume -o out/complete.npy --names=/dev/full && fail 'names to a full disk: status 0'
[ -s out/complete.npy ] && [ -z "$(find out -name 'complete.npy.*')" ] || fail 'a journal is beside a complete output'
rm -f out/complete.npy

# Differences between the machines.
refused 'other digits' 'could differ from that of rank 0: arithmetic is' 'export DMATRIX_ISA=sse2' \
    in/cities.csv $to
refused 'little room on rank 1' 'rank 1 on .*: cannot write' 'ulimit -f 24000' in/cities.csv $to

# With --resume, the next run goes on where the room ended; or from the start, where the disk is so slow that
# there was no journal by then.
checks=$((checks + 1))
run 'ulimit -f 24000' in/cities.csv $to --resume --executor=serial --grain=1000 --max-memory=400k --delay=10ms && fail 'little room, with --resume: status 0'
[ "$(cat out/many.csv)" = old ] || fail 'little room, with --resume: the old file has changed'
grep -qs '^bytes=[1-9]' out/many.csv.dmatrix-journal || echo 'little room, with --resume: nothing is kept'
right 'more room' : in/cities.csv $to --resume

if unshare -m true 2>/dev/null; then
    own='[ "$HIDDEN" ] || HIDDEN=1 exec unshare -m sh -c'
    refused 'a folder that is not shared' 'a folder that all machines share' \
        "$own 'mount -t tmpfs none out; exec \"\$0\" \"\$@\"' \"\$0\" \"\$@\"" in/cities.csv $to
    right 'an input that only rank 0 has' \
        "$own 'mount -t tmpfs none in; exec \"\$0\" \"\$@\"' \"\$0\" \"\$@\"" in/cities.csv $to
    checks=$((checks + 1))
    unshare -m sh -c "mount -t tmpfs -o size=4m none out && echo old >out/many.csv &&
        timeout -k 10 300 $launcher -n 2 '$mpi' in/cities.csv -q $to
        status=\$?; cat out/many.csv; ls out; exit \$status" >log 2>&1
    [ $? = 1 ] && [ "$(tail -2 log)" = "old
many.csv" ] && grep -q 'No space left' log || fail "a full disk"
else
    echo "no mount namespaces: three checks are left out"
fi

echo "$checks checks, $failures failures"
[ "$failures" = 0 ]
