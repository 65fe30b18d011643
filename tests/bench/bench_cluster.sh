#!/bin/sh
# bench_cluster.sh BUILD [PLACES [ROUNDS]]: what it costs to share a run among processes, and to keep a
# journal. Each round measures all of them, one after the other, in /dev/shm. Prints the median of the
# ratios to two threads of one process in the same round, without starting MPI; the share of the time
# that processes wait for the others, in the mean and for the one that waits least; the cost of --resume
# on the disk of $TMPDIR; and the time of a meeting, as a share of a part of the run. Needs jq,
# mpirun.openmpi and, for two hosts, root.
set -eu
build=$(realpath "$1") places=${2:-12000} rounds=${3:-9}
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d /dev/shm/bench_cluster.XXXXXX)
disk=$(mktemp -d)
trap 'rm -rf "$work" "$disk"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none
cd "$work"
awk -v n="$places" 'BEGIN { srand(1); print "name,lat,lon"
    for (i = 0; i < n; i++) printf "place %d,%.5f,%.5f\n", i, rand() * 170 - 85, rand() * 360 - 180 }' >places.csv

# run NAME COMMAND...: appends the seconds of the run, as it reports them, to NAME.
run() {
    name=$1
    shift
    "$@" -q --export-json=times.json >log 2>&1 || { cat log; exit 1; }
    jq '.results[0].mean' times.json >>"$name"
    jq -r '[.results[0].ranks // [{wait: 0, total: 1}] | .[] | .wait / .total] | "\(add / length) \(min)"' \
        times.json >>"$name.waits"
    rm -f out.*
}

median() { # FILE
    sort -g "$1" | awk '{ v[NR] = $1 } END { printf "%.3f", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

hosts="sh $here/../mpi/two_hosts.sh"
$hosts -n 2 true >log 2>&1 || hosts=
for format in csv npy; do
    round=0
    while [ $round -lt "$rounds" ]; do
        run "$format.threads" "$build/dmatrix" places.csv --threads=2 -o out.$format
        run "$format.ranks" mpirun.openmpi -n 2 "$build/dmatrix-mpi" places.csv --executor=serial -o out.$format
        [ -z "$hosts" ] ||
            run "$format.hosts" $hosts -n 2 "$build/dmatrix-mpi" places.csv --executor=serial -o out.$format
        run "$format.plain" "$build/dmatrix" places.csv --threads=2 -o "$disk/out.$format"
        run "$format.resume" "$build/dmatrix" places.csv --threads=2 --resume -o "$disk/out.$format"
        round=$((round + 1))
    done
    for name in threads ranks hosts; do
        [ -e "$format.$name" ] || continue
        paste "$format.$name" "$format.threads" | awk '{ print $1 / $2 }' >ratios
        cut -d ' ' -f 1 "$format.$name.waits" >mean
        cut -d ' ' -f 2 "$format.$name.waits" >least
        echo "$format, $name: $(median "$format.$name") s, ratio $(median ratios)," \
            "waiting $(median mean), at least $(median least)"
    done
    for name in ranks hosts; do
        launcher=mpirun.openmpi
        [ $name = ranks ] || launcher=$hosts
        [ -n "$launcher" ] || continue
        # shellcheck disable=SC2086
        $launcher -n 2 "$build/bench_meeting" | tee meeting
        awk -v total="$(median "$format.$name")" -v places="$places" -v bands="$([ $format = npy ] && echo 16 || echo 1)" '
            { parts = places * (places - 1) / 2 / 65536 / bands / 2
              printf "    %.2f %% of a part of %.2f ms\n", $1 / 1e4 / (total / parts), total / parts * 1e3 }' meeting
    done
    paste "$format.resume" "$format.plain" | awk '{ print $1 / $2 }' >ratios
    echo "$format, --resume on a disk: $(median "$format.resume") s, ratio to without $(median ratios)"
done
