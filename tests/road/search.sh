#!/bin/sh
# search.sh DMATRIX STUB_SERVER: the nearest by road, and those within a distance or a duration, are
# those of the whole table, with fewer pairs asked for.
# shellcheck disable=SC2154 # serve.sh sets NAME_port and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
{
    random_places 11 300 43 44 7 8.4
    for i in 0 1 2 3 4 5 6 7 8 9 10 11; do # at the same places, and next to each other
        echo "q$i,43.5000$((i / 3))0,7.500000"
    done
} >random.csv
{ head -1 random.csv; tail -60 random.csv; } >from.csv
head -201 random.csv >to.csv
head -26 "$recording/places.csv" >monaco_from.csv
{ head -1 "$recording/places.csv"; tail -45 "$recording/places.csv"; } >monaco_to.csv
cp "$recording/places.csv" monaco.csv
monaco recorded --log=../recorded.log
serve computed --computed --unreachable=0.05 --log=../computed.log
serve far --computed --unreachable=0.05 --snap=800 --log=../far.log
# An answer without any route is an error 442 of Valhalla.
cell_sum() { awk '$5 == "200:Ok" || $5 == "400:442" { split($4, n, "x"); sum += n[1] * n[2] } END { print sum + 0 }' "$1"; }

# search NAME KIND TABLE FROM TO OPTION...: compare a search with the whole table (TO may be empty).
search() {
    search_name=$1 search_kind=$2 search_table=$3
    eval "port=\$${search_name}_port"
    shift 3
    search_from=$1 search_to=$2
    shift 2
    before=$(cell_sum "../$search_name.log") requests_before=$(requests "../$search_name.log")
    # shellcheck disable=SC2086 # $search_to may be nothing
    road "$search_kind:$port" "$search_from" $search_to "$@" -o found.csv 2>said
    asked=$(($(cell_sum "../$search_name.log") - before))
    share=$(check neighbours "$search_table" found.csv $asked $(($(requests "../$search_name.log") - requests_before)) said "$@")
    echo "$search_name $search_kind $search_from $search_to $*: $share"
}

for kind in osrm valhalla ors; do
    for name in recorded computed far; do
        eval "port=\$${name}_port"
        case $name in
        recorded) one=monaco.csv from=monaco_from.csv to=monaco_to.csv ;;
        *) one=random.csv from=from.csv to=to.csv ;;
        esac
        road "$kind:$port" -q --shape=square $one -o table.csv
        road "$kind:$port" -q "$from" "$to" -o two.csv
        for nearest in 1 3 10; do search "$name" "$kind" table.csv $one "" --nearest=$nearest; done
        search "$name" "$kind" table.csv $one "" --nearest=3 --quantity=duration
        search "$name" "$kind" two.csv "$from" "$to" --nearest=3
        search "$name" "$kind" two.csv "$from" "$to" --nearest=2 --quantity=duration --max-speed=60
        if [ "$name" = recorded ]; then
            search "$name" "$kind" table.csv $one "" --within=900m
            search "$name" "$kind" two.csv "$from" "$to" --within=120 --quantity=duration
            search "$name" "$kind" table.csv $one "" --within=1 --nearest=4 --unmatched=keep
        else
            search "$name" "$kind" table.csv $one "" --within=9
            search "$name" "$kind" two.csv "$from" "$to" --within=800 --quantity=duration
            search "$name" "$kind" two.csv "$from" "$to" --within=6000m --nearest=2 --unmatched=keep
        fi
    done
done >shares
cat shares
grep -q '^computed osrm random.csv *--nearest=1: 1\?[0-9] %' shares || fail "the search asks for too much"

# Executors, limits and faults give the same.
road "osrm:$computed_port" -q random.csv --nearest=3 -o wanted.csv
for executor in serial thread pool process async; do
    road "osrm:$computed_port" -q random.csv --nearest=3 -o found.csv --executor=$executor
    same wanted.csv found.csv
done
# The crow's flight may be on another ellipsoid: the roads, and so the neighbours, are on the Earth.
for nearest in 1 5; do
    road "osrm:$recorded_port" -q monaco.csv --nearest=$nearest -o earth.csv
    road "osrm:$recorded_port" -q monaco.csv --nearest=$nearest --crow --ellipsoid=20000000,0 -o found.csv
    cut -d, -f1-5 found.csv >roads.csv
    same earth.csv roads.csv
done
serve trouble --computed --unreachable=0.05 --limit=30 --fault=503:2
road "osrm:$trouble_port" -q random.csv --nearest=3 -o found.csv
same wanted.csv found.csv
road "osrm:$trouble_port" -q random.csv --nearest=3 -o found.csv --server-option="generate_hints=false"
same wanted.csv found.csv
serve tiny --computed --limit=3
serve whole --computed
road "osrm:$whole_port" -q random.csv --nearest=3 -o whole.csv
road "osrm:$tiny_port" -q random.csv --nearest=3 -o tiny.csv
same whole.csv tiny.csv
# A request that Valhalla has divided (its places too far apart, or in two regions) gives the same.
road "valhalla:$whole_port" -q random.csv --nearest=3 -o whole.csv
for code in 154 170; do
    serve divided --computed --limit=7 --too-big-code=$code --log=../divided$code.log
    road "valhalla:$divided_port" -q random.csv --nearest=3 -o divided.csv
    same whole.csv divided.csv
    grep -q " 400:$code " ../divided$code.log || fail "no request was divided"
done
for format in npz mtx; do
    road "osrm:$computed_port" -q random.csv --nearest=3 --format=$format -o found.$format
done
road "osrm:$computed_port" -q random.csv --nearest=3 -o found.csv --unit=mi
check miles wanted.csv found.csv
unserve
