#!/bin/sh
# include_rules.sh ROOT: fails where a file of ROOT/src includes what its room may not.
#
#   cli -> report -> run -> {load, shape, metric, search, executor, format, output, road} -> base -> include/dmatrix
#   generate -> cli
#   mpi -> cli
#   crs -> load
#   server -> road/server_module.h, base
#
# Rooms side by side do not include each other. <csv.h>, <iconv.h>, <proj.h> and <curl/curl.h> stand in one file each, <mpi.h> in mpi/, <jansson.h> in
# server/ and two files (exports and manifests), <zlib.h> in two (to inflate, and for its CRC), <pthread.h> in executor/ and server/ (and base/, where
# needed), intrinsics in metric/ and format/.
set -u
root=$1
cd "$root" || exit 2
failures=0

complain() {
    echo "$1: must not include $2"
    failures=$((failures + 1))
}

# may_include ROOM OTHER
may_include() {
    [ "$1" = "$2" ] && return 0
    case $1 in
    base) return 1 ;;
    load | shape | metric | search | executor | format | output | road) [ "$2" = base ] ;;
    run)
        case $2 in base | load | shape | metric | search | executor | format | output | road) ;; *) return 1 ;; esac ;;
    report) [ "$2" = run ] || [ "$2" = output ] || [ "$2" = base ] ;;
    cli) [ "$2" = report ] || [ "$2" = run ] || [ "$2" = base ] ;;
    generate | mpi) [ "$2" = cli ] || [ "$2" = base ] ;;
    crs) [ "$2" = load ] || [ "$2" = base ] ;;
    server) [ "$2" = base ] ;;
    *) return 1 ;;
    esac
}

check() { # FILE ROOM INCLUDED, with its quotes or brackets
    case $3 in
    '<dmatrix/'*) ;;
    '<csv.h>') [ "$1" = src/load/records.c ] || complain "$1" "$3" ;;
    '<zlib.h>') [ "$1" = src/load/inflate.c ] || [ "$1" = src/base/crc.c ] || complain "$1" "$3" ;;
    '<iconv.h>') [ "$1" = src/load/convert.c ] || complain "$1" "$3" ;;
    '<proj.h>') [ "$2" = crs ] || complain "$1" "$3" ;;
    '<curl/'*) [ "$1" = src/server/http.c ] || complain "$1" "$3" ;;
    '<jansson.h>')
        [ "$1" = src/report/export_json.c ] || [ "$1" = src/report/manifest.c ] || [ "$2" = server ] || complain "$1" "$3" ;;
    '<mpi.h>') [ "$2" = mpi ] || complain "$1" "$3" ;;
    '<pthread.h>') [ "$2" = executor ] || [ "$2" = server ] || [ "$2" = base ] || complain "$1" "$3" ;;
    '<'*intrin.h'>' | '<arm_neon.h>')
        [ "$2" = metric ] || [ "$2" = format ] || complain "$1" "$3" ;;
    '"road/server_module.h"') [ "$2" = server ] || may_include "$2" road || complain "$1" "$3" ;;
    '"'*/* | '<base/'* | '<load/'* | '<shape/'* | '<metric/'* | '<search/'* | '<executor/'* | '<format/'* | \
        '<output/'* | '<road/'* | '<crs/'* | '<server/'* | '<run/'* | '<report/'* | '<cli/'* | '<generate/'* | '<mpi/'*)
        other=${3#?}
        may_include "$2" "${other%%/*}" || complain "$1" "$3" ;;
    '"'*) complain "$1" "$3 (name the room: \"$2/...\")" ;;
    esac
}

files=0
for file in $(find src -name '*.c' -o -name '*.h'); do
    room=${file#src/}
    room=${room%%/*}
    files=$((files + 1))
    for included in $(sed -n 's/^ *# *include *\([<"][^>"]*[>"]\).*/\1/p' "$file"); do
        check "$file" "$room" "$included"
    done
done
for file in include/dmatrix/*.h; do
    for included in $(sed -n 's/^ *# *include *\([<"][^>"]*[>"]\).*/\1/p' "$file"); do
        case $included in
        '<dmatrix/'*) ;;
        '"'* | */*) complain "$file" "$included (public headers include <dmatrix/...>)" ;;
        *) check "$file" include "$included" ;;
        esac
    done
done
echo "$files files, $failures wrong includes"
[ "$failures" = 0 ] && [ "$files" -gt 0 ]
