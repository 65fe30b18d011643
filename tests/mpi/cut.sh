#!/bin/sh
# cut.sh DMATRIX DMATRIX-MPI CITIES TWO-HOSTS: the network between two hosts is cut while they compute.
# The run ends, the old file stays, and another run goes on with what is kept.
set -u
dmatrix=$1 mpi=$2 cities=$3 two_hosts=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export DMATRIX_MPI_TIMEOUT=10
# mpirun has limits of its own, for the hosts that it starts processes on (default: minutes).
export OMPI_MCA_oob_tcp_keepalive_time=2 OMPI_MCA_oob_tcp_keepalive_intvl=1
export OMPI_MCA_oob_tcp_keepalive_probes=3
options='--executor=serial --grain=200 --max-memory=400k --delay=20ms'
"$dmatrix" "$cities" -q -o one.csv 2>/dev/null || exit 2
echo old >many.csv
# shellcheck disable=SC2016 # of two_hosts.sh
timeout -k 10 300 $two_hosts -w 'until grep -qs "^bytes=[1-9]" many.csv.dmatrix-journal; do sleep 0.1; done
    ip -n $HOST_0 link set v0 down' \
    -n 2 "$mpi" "$cities" -q --resume -o many.csv $options >log 2>&1
status=$?
[ $status = 77 ] && { cat log; exit 77; }
cat log
[ $status != 0 ] && [ $status != 124 ] || { echo "FAILED: status $status"; exit 1; }
[ "$(cat many.csv)" = old ] || { echo "FAILED: the old file has changed"; exit 1; }
grep -q 'has waited 10 s for another process\|lost communication' log ||
    { echo "FAILED: another message"; exit 1; }
"$dmatrix" "$cities" --resume -o many.csv >log 2>&1 || { cat log; exit 1; }
grep 'were there from an earlier run' log || { echo "FAILED: nothing was kept"; exit 1; }
cmp one.csv many.csv
