#!/bin/sh
# kills.sh DMATRIX DMATRIX-MPI CITIES LAUNCHER KILLS: kills a process of a run with --resume, again and
# again: at a random moment, and every other time just after the run has written its journal, so that
# there is something to go on from however slow the machine is. Each time the run ends soon, with a
# status that is not 0, and leaves the old file as it was; then the next one goes on, with another number
# of processes. Runs after the last kill are left alone until one has gone on and finished. What comes
# out is what one process writes.
set -u
dmatrix=$1 mpi=$2 cities=$3 launcher=$4 kills=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export DMATRIX_MPI_TIMEOUT=20
options='--executor=serial --grain=200 --max-memory=400k --delay=1ms'
"$dmatrix" "$cities" -q -o one.csv 2>/dev/null || exit 2
echo old >many.csv
seed=${SEED:-$$}
killed=0 finished=0 kept=0 ranks=2 runs=0
journal=many.csv.dmatrix-journal

draw() { # LIMIT: sets $number to a random one below it
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    number=$((seed / 65536 % $1))
}

processes() {
    pgrep -f "^[^ ]*dmatrix-mpi $cities .*-o $work/many.csv"
}

# wait_until COMMAND...: waits until it succeeds, or the run ends, or 10 seconds have passed.
wait_until() {
    tries=0
    until "$@" || ! kill -0 $run 2>/dev/null || [ $tries -ge 1000 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
}

all_have_started() {
    [ "$(processes | wc -l)" -ge $ranks ]
}

has_written_its_journal() {
    [ -f $journal ] && ! cmp -s $journal before
}

kill_one() {
    wait_until all_have_started
    if [ $((runs % 2)) -eq 0 ]; then
        wait_until has_written_its_journal
    else
        draw 1000
        sleep "0.$(printf '%03d' "$number")"
    fi
    draw $ranks
    victim=$(processes | sed -n "$((number + 1))p")
    [ -n "$victim" ] && kill -KILL "$victim" 2>/dev/null && killed=$((killed + 1))
}

fail() {
    echo "FAILED after $killed kills (SEED=$SEED): $*"
    sed 's/^/    /' log
    exit 1
}

SEED=$seed
while [ "$killed" -lt "$kills" ] || [ "$kept" -eq 0 ]; do
    runs=$((runs + 1))
    [ $runs -le $((2 * kills + 20)) ] || fail "$runs runs, and none has gone on"
    part=0
    : >before
    [ -f $journal ] && part=1 && cp $journal before
    timeout -k 10 300 $launcher -n $ranks "$mpi" "$cities" -q --resume -o "$work/many.csv" $options \
        >log 2>&1 &
    run=$!
    begun=$(date +%s)
    if [ "$killed" -lt "$kills" ] || [ $part -eq 0 ]; then
        kill_one
    fi
    wait $run
    status=$?
    [ $(($(date +%s) - begun)) -lt 300 ] || fail "the run hung"
    # It may be killed when the output is complete.
    if [ $status -eq 0 ] || cmp -s one.csv many.csv; then
        cmp one.csv many.csv >>log 2>&1 || fail "other bytes"
        [ $status -ne 0 ] || [ -z "$(find . -name '*dmatrix-*')" ] || fail "something is left beside the output"
        rm -f many.csv.dmatrix-*
        finished=$((finished + 1)) kept=$((kept + part))
        echo old >many.csv
    else
        [ "$(cat many.csv)" = old ] || fail "status $status, and the file is neither old nor new"
    fi
    draw 3
    ranks=$((number + 1))
done
echo "$killed kills, $finished runs finished, $kept of them where another was killed"
