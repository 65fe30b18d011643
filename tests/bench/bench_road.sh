#!/bin/sh
# shellcheck disable=SC1091,SC2034,SC2154
# bench_road.sh BUILD: 64 requests of 10 x 10 places to a server that takes 20 ms for each, 16 at once,
# on the executors; the ideal is four waits of 20 ms. Prints the median time of each as a ratio to that,
# and of async to pool. Then the wall time of a whole run for the same, without a wait.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
STUB=$build/stub_server
. "$here/../road/serve.sh"
work=$(mktemp -d)
trap 'serve_status=$?; rm -rf "$work"; unserve || serve_status=1; exit $serve_status' EXIT
head -81 "$here/../../data/cities.csv" >"$work/stops.csv"
serve slow --computed --delay=20ms
"$build/dmatrix" "$work/stops.csv" --metric=road --server="osrm:http://127.0.0.1:$slow_port" --compare --threads=16 \
    --runs=20 -q --export-csv=- 2>/dev/null |
    awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        {
            name = $column["parameter_executor"]; time[name] = $column["median"]
            printf "%-8s %6.1f ms  %.2f times 80 ms\n", name, 1e3 * time[name], time[name] / 0.08
        }
        END { printf "async takes %.2f times as long as pool\n", time["async"] / time["pool"] }'
serve fast --computed
for executor in serial pool async; do
    "$build/dmatrix" "$here/../../data/cities.csv" --metric=road --server="osrm:http://127.0.0.1:$fast_port" \
        --unreachable=0 --executor=$executor --threads=2 -o "$work/roads.npy" 2>&1 |
        awk -v name=$executor '$1 == "ask" { print "1,000 x 1,000 places,", name ":", $2, $3 ",", $4, $5 }'
done
