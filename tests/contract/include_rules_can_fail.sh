#!/bin/sh
# include_rules_can_fail.sh RULES: breaks each rule in a made-up tree and sees it found.
set -eu
rules=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

expect() { # good|bad FILE INCLUDED
    rm -rf "$tree"
    mkdir -p "$tree/include/dmatrix" "$tree/src/base" "$(dirname "$tree/$2")"
    echo '#include <stdio.h>' >"$tree/include/dmatrix/x.h"
    echo '#include <stdio.h>' >"$tree/src/base/x.c"
    echo "#include $3" >"$tree/$2"
    if sh "$rules" "$tree" >/dev/null; then result=good; else result=bad; fi
    if [ "$result" != "$1" ]; then
        echo "$2 with $3 is $1, but was found $result"
        exit 1
    fi
}

expect good src/cli/a.c '"run/b.h"'
expect good src/cli/a.c '"report/b.h"'
expect good src/report/a.c '"run/b.h"'
expect good src/report/a.c '"output/b.h"'
expect bad src/report/a.c '"cli/b.h"'
expect bad src/report/a.c '"metric/b.h"'
expect bad src/run/a.c '"report/b.h"'
expect bad src/report/a.c '<jansson.h>'
expect good src/report/export_json.c '<jansson.h>'
expect good src/run/a.c '"load/b.h"'
expect good src/format/a.c '"base/b.h"'
expect good src/format/a.c '"format/b.h"'
expect good src/metric/a.c '<dmatrix/metric.h>'
expect bad src/base/a.c '"load/b.h"'
expect bad src/load/a.c '"format/b.h"'
expect bad src/load/a.c '"run/b.h"'
expect bad src/run/a.c '"cli/b.h"'
expect bad src/cli/a.c '"format/b.h"'
expect bad src/format/a.c '"b.h"'
expect good src/load/records.c '<csv.h>'
expect bad src/load/other.c '<csv.h>'
expect good src/crs/module.c '<proj.h>'
expect good src/crs/module.c '"load/b.h"'
expect bad src/load/crs.c '<proj.h>'
expect bad src/load/crs.c '"crs/b.h"'
expect bad src/crs/module.c '"run/b.h"'
expect good src/road/a.c '"base/b.h"'
expect good src/run/a.c '"road/b.h"'
expect bad src/road/a.c '"run/b.h"'
expect bad src/road/a.c '"server/b.h"'
expect bad src/load/a.c '"road/server_module.h"'
expect good src/server/a.c '"road/server_module.h"'
expect good src/server/a.c '"base/b.h"'
expect bad src/server/a.c '"road/b.h"'
expect bad src/server/a.c '<road/b.h>'
expect bad src/run/a.c '"server/b.h"'
expect good src/server/http.c '<curl/curl.h>'
expect bad src/server/other.c '<curl/curl.h>'
expect bad src/road/a.c '<curl/curl.h>'
expect good src/server/a.c '<jansson.h>'
expect bad src/road/a.c '<jansson.h>'
expect good src/server/a.c '<pthread.h>'
expect bad src/road/a.c '<pthread.h>'
expect bad src/cli/a.c '<jansson.h>'
expect good src/report/export_json.c '<jansson.h>'
expect good src/generate/a.c '"cli/b.h"'
expect good src/generate/a.c '"base/b.h"'
expect bad src/generate/a.c '"run/b.h"'
expect bad src/cli/a.c '"generate/b.h"'
expect bad src/run/a.c '"generate/b.h"'
expect good src/mpi/a.c '"cli/b.h"'
expect good src/mpi/a.c '<mpi.h>'
expect bad src/mpi/a.c '"run/b.h"'
expect bad src/cli/a.c '"mpi/b.h"'
expect bad src/output/a.c '<mpi.h>'
expect good src/executor/a.c '<pthread.h>'
expect bad src/run/a.c '<pthread.h>'
expect bad src/run/a.c '<immintrin.h>'
expect bad src/load/a.c '<run/b.h>'
expect bad src/run/a.c '<x86intrin.h>'
expect bad include/dmatrix/y.h '"base/b.h"'
expect bad include/dmatrix/y.h '<base/b.h>'
expect bad include/dmatrix/y.h '<csv.h>'
expect bad include/dmatrix/y.h '<pthread.h>'
expect good include/dmatrix/y.h '<stdint.h>'
