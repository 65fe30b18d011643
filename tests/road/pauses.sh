#!/bin/sh
# pauses.sh DMATRIX STUB_SERVER: when requests are made and when not: after a refusal, after "too
# many requests", and in a run that goes on.
# shellcheck disable=SC2154 # serve.sh sets NAME_port and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
random_places 5 1500 43 44 7 8 >many.csv
head -61 many.csv >places.csv

# A server that refuses is not asked again, although other requests wait for their time.
for executor in serial pool async; do
    serve refusing --computed --fault=500 --log=../refusing.log
    refused 1 'status 500' road "osrm:$refusing_port" -q --shape=square many.csv -o out.csv \
        --rate=20/min -j4 --executor=$executor
    [ "$(requests ../refusing.log)" = 1 ] || fail "$executor: it was asked again: $(cat ../refusing.log)"
    [ "$(grep -c 'the request was made' said)" = 0 ] || fail "one request is said to be several"
    rm ../refusing.log
done

# Nothing is asked for as long as the server asks to wait, also if another request was too big.
for code in 154 150; do # divided, or refused as too big
    serve busy --computed --fault=429=3:1 --limit=50 --too-big-code=$code --log=../busy.log
    road "valhalla:$busy_port" -q --shape=square places.csv -o out.csv -j2
    awk '{ waited = waited || (last && $1 - last > 2) } { last = $1 } END { exit !waited }' ../busy.log ||
        fail "$code: no pause: $(head -20 ../busy.log)"
    rm ../busy.log
done

# A search that goes on asks only for what is missing, and its store has only what was asked for.
serve once --computed --log=../once.log
road "osrm:$once_port" -q many.csv --nearest=3 -o wanted.csv
serve parts --computed --log=../parts.log
store=out.csv.dmatrix-road
rm out.csv
until road "osrm:$parts_port" -q many.csv --nearest=3 -o out.csv --resume --max-requests=50 2>said; do
    grep -q 'all 50 requests have been made' said || fail "$(cat said)"
    printf 'torn' >>$store # as if the run had been killed while it wrote
done
same wanted.csv out.csv
[ ! -e $store ] || fail "the store is still there"
cells() { awk '$5 == "200:Ok" { split($4, n, "x"); sum += n[1] * n[2] } END { print sum }' "$1"; }
[ "$(cells ../parts.log)" -lt $(($(cells ../once.log) * 11 / 10)) ] ||
    fail "$(cells ../parts.log) pairs in parts, $(cells ../once.log) at once"
refused 2 'all 60 requests' road "osrm:$parts_port" -q many.csv --nearest=3 -o out.csv --resume --max-requests=60
room=$(($(du -B1 $store | cut -f1))) asked=$(cells ../parts.log)
[ "$room" -lt $((asked * 24 + 1500 * 8 + 20000)) ] || fail "the store has $room bytes"

# A table does not go on from the answers of a search, nor a search from those of a table.
refused 2 "$store has the answers for a search, not for all pairs; remove it" \
    road "osrm:$parts_port" -q --shape=square many.csv -o out.csv --resume
rm $store
refused 2 'all 3 requests' road "osrm:$parts_port" -q --shape=square many.csv -o out.csv --resume --max-requests=3
refused 2 'has the answers for all pairs, not for a search' \
    road "osrm:$parts_port" -q many.csv --nearest=3 -o out.csv --resume
rm $store

# The options of the server may come in another order.
kept() {
    refused 2 'all 3 requests' \
        road "osrm:$parts_port" -q --shape=square many.csv -o out.csv --resume --max-requests=3 "$@"
}
kept --server-option=exclude=toll --server-option=snapping=any
kept --server-option=snapping=any --server-option=exclude=toll
refused 2 'other options of the server' \
    road "osrm:$parts_port" -q --shape=square many.csv -o out.csv --resume --server-option=exclude=toll
rm $store

# Without the distances to roads, a search could miss neighbours.
serve silent --computed --fault=no-snaps
refused 1 'does not say how far "p[0-9]*" is from its road, so neighbours could be missed; ask for all pairs' \
    road "osrm:$silent_port" -q places.csv --nearest=2 -o out.csv
road "osrm:$silent_port" -q places.csv --shape=square -o out.csv

# --resume is suggested only where it works.
refused 2 'nothing was asked (try --max-requests=225, or --resume)' \
    road "osrm:$parts_port" -q --shape=square many.csv -o new.csv --max-requests=3
refused 2 'nothing was asked (try --max-requests=225)' \
    road "osrm:$parts_port" -q --shape=square many.csv --max-requests=3
unserve
