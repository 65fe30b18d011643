#!/bin/sh
# table.sh DMATRIX STUB_SERVER: the recorded table, as all formats write it, in blocks of any size, by
# all kinds of servers, executors and numbers of threads.
# shellcheck disable=SC2154 # serve.sh sets NAME_port and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
places=$recording/places.csv
monaco whole --log=../whole.log
head -21 "$places" >from.csv
{ head -1 "$places"; tail -35 "$places"; } >to.csv

# ---- formats ----
road "osrm:$whole_port" -q --shape=square "$places" -o whole.csv
[ "$(requests ../whole.log)" = 1 ] || fail "the whole table fits one request"
for format in matrix tsplib json npy; do
    road "osrm:$whole_port" -q "$places" --format=$format -o "whole.$format"
done
for format in matrix tsplib npy; do
    road "osrm:$whole_port" -q "$places" --format=$format --quantity=duration -o "durations.$format"
done
road "osrm:$whole_port" -q "$places" --format=npy --dtype=f4 --unit=m -o single.npy
road "osrm:$whole_port" -q from.csv to.csv -o two.csv
road "osrm:$whole_port" -q from.csv to.csv --format=npy -o two.npy
check table "$recording" .

# ---- shapes with one pair a row ----
road "osrm:$whole_port" -q "$places" --shape=sequence -o sequence.csv
road "osrm:$whole_port" -q "$places" --shape=sequence --append -o appended.csv
awk -F, 'NR == 1 { print "name,lat,lon,to_name,to_lat,to_lon" }
         NR > 2 { print before "," $0 } { before = $0 }' "$places" >pairs.csv
road "osrm:$whole_port" -q pairs.csv --shape=paired --to-name=to_name -o paired.csv
road "osrm:$whole_port" -q pairs.csv --to-name=to_name --append -o paired_appended.csv
check single "$recording" .
for limit in 100 30 7 1; do
    monaco "single$limit" --limit=$limit
    eval "port=\$single${limit}_port"
    road "osrm:$port" -q "$places" --shape=sequence -o again.csv
    same sequence.csv again.csv
    road "osrm:$port" -q pairs.csv --shape=paired --to-name=to_name -o again.csv
    same paired.csv again.csv
done

# ---- blocks ----
for limit in 10000 3600 3599 400 100 7 1; do
    monaco "limit$limit" --limit=$limit --log="../limit$limit.log"
    eval "port=\$limit${limit}_port"
    road "osrm:$port" -q --shape=square "$places" -o again.csv -j8
    same whole.csv again.csv
    cells=$(awk -v limit="$limit" '$5 == "200:Ok" { split($4, n, "x"); sum += n[1] * n[2]
        if (n[1] * n[2] > limit) exit 1 } END { print sum }' "../limit$limit.log")
    [ "$cells" = 3600 ] || fail "with --limit=$limit, $cells cells were asked for"
    [ "$limit" != 400 ] || { road "osrm:$port" -q from.csv to.csv -o again.csv && same two.csv again.csv; }
done
grep -q ' 400:TooBig ' ../limit7.log || fail "no request was too big"

# ---- the other kinds of servers ----
for kind in valhalla ors; do
    road "$kind:$whole_port" -q --shape=square "$places" -o $kind.csv
    for limit in 400 7; do
        eval "port=\$limit${limit}_port"
        road "$kind:$port" -q --shape=square "$places" -o again.csv
        same $kind.csv again.csv
    done
done
same whole.csv ors.csv
check rounded whole.csv valhalla.csv
monaco old --too-big-code=150 --limit=100
road "valhalla:$old_port" -q --shape=square "$places" -o again.csv
same valhalla.csv again.csv

# ---- executors, threads, requests under way ----
for executor in serial thread pool process async; do
    for threads in 1 2 16; do
        name=$executor$threads
        monaco "$name" --limit=100 --delay=20ms --log=../threads.log
        eval "port=\$${name}_port pid=\$${name}_pid"
        road "osrm:$port" -q --shape=square "$places" -o again.csv --executor=$executor -j$threads
        same whole.csv again.csv
        kill "$pid"
        most=$(awk '$6 > most { most = $6 } END { print most + 0 }' ../threads.log)
        [ "$most" -le $threads ] || fail "$executor: $most requests under way, more than $threads"
        [ $executor = serial ] || [ $threads = 1 ] || [ "$most" -gt 1 ] ||
            fail "$executor with $threads: no two requests were under way at a time"
    done
done
unserve
