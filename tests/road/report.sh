#!/bin/sh
# report.sh DMATRIX STUB_SERVER: what runs by road say, and what they refuse.
# shellcheck disable=SC2154 # serve.sh sets NAME_port and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
random_places 3 50 43.6 43.9 7.2 7.7 >places.csv
cp "$recording/places.csv" monaco.csv
monaco recorded
serve gaps --computed --unreachable=0.1 --log=../gaps.log
gaps() { road "osrm:$gaps_port" "$@"; }

# suggested: print the option that the last error suggests.
suggested() { sed -n 's/.*(try \(--[^ ,)]*\).*/\1/p' said; }
# with_suggestion COMMAND...: it must fail, and succeed with what the error suggests.
with_suggestion() {
    if "$@" >said.out 2>said; then fail "this should fail: $*"; fi
    more=$(suggested)
    [ -n "$more" ] || fail "nothing is suggested: $(cat said)"
    "$@" "$more" >said.out 2>again || fail "the suggestion $more does not work: $(cat again)"
    rm again
}

# ---- pairs without a route ----
gaps --shape=square places.csv -o table.csv 2>said
for format in npy matrix; do gaps -q --format=$format places.csv -o table.$format; done
gaps -q --format=npy --quantity=duration places.csv -o durations.npy
gaps -q --shape=square --unreachable=99.5 places.csv -o replaced.csv
gaps -q --format=json --unreachable=1000 places.csv -o table.json
gaps -q --format=tsplib --unreachable=1000 --quantity=duration places.csv -o table.tsplib
gaps -q --shape=sequence places.csv -o sequence.csv
check gaps . 0.1
for format in json tsplib summary; do
    refused 1 'there is no route from "p[0-9]*" to "p[0-9]*", and .* has no way to say so' \
        gaps -q --format=$format places.csv -o wrong.json
    with_suggestion gaps -q --format=$format places.csv -o wrong.json
done
# The value that is suggested is above all routes, and one that is not is a warning.
for option in --format=tsplib --format=json '--format=tsplib --quantity=duration'; do
    # shellcheck disable=SC2086 # several options
    with_suggestion gaps -q $option places.csv -o wrong.json
    # shellcheck disable=SC2086
    gaps -q $option "$more" places.csv -o wrong.json 2>said
    [ ! -s said ] || fail "$option $more: $(cat said)"
done
gaps -q --format=matrix --unreachable=1 places.csv -o wrong.csv 2>said
grep -q '^dmatrix: warning: 1 km for pairs without a route is less than the longest route, [0-9.]* km: they look near' said ||
    fail "$(cat said)"
# In csv the value stands for distances in kilometres and for durations in seconds.
gaps -q --shape=square --unreachable=100 places.csv -o wrong.csv 2>said
grep -q '^dmatrix: warning: 100 s for pairs without a route is less than the longest route, [0-9.]* s: they look near' said ||
    fail "$(cat said)"
serve nowhere --computed --unreachable=1
for kind in osrm valhalla ors; do
    road "$kind:$nowhere_port" --shape=square places.csv -o nowhere.csv 2>said
    grep -q '^2,450 pairs have no route' said || fail "$kind: $(cat said)"
    grep -q '^p0,p1,,$' nowhere.csv || fail "$kind: there is a route"
done
rm -- *.npy *.matrix *.tsplib *.json wrong.csv replaced.csv sequence.csv nowhere.csv

# ---- far from a road ----
for kind in osrm ors; do
    serve far --computed --snap=1300
    refused 1 'some places are far from the nearest road: "p0" (1.3 km), .* and others; correct their coordinates' \
        road "$kind:$far_port" -q --shape=square places.csv -o far.csv
    with_suggestion road "$kind:$far_port" -q --shape=square places.csv -o far.csv
    with_suggestion road "$kind:$far_port" -q --nearest=2 places.csv -o far.csv
    with_suggestion road "$kind:$far_port" -q --shape=square monaco.csv --max-snap=20m -o far.csv
done
refused 1 'far from the nearest road: "stop 25" (246 m); correct its coordinates' \
    road "osrm:$recorded_port" -q --shape=square monaco.csv --max-snap=220m -o far.csv
head -4 places.csv >three.csv
serve cutoff --computed --snap=1300
refused 1 'finds no road near "p0", "p1", "p2", "p3", "p4" and perhaps others; correct the coordinates' \
    road "valhalla:$cutoff_port" -q --shape=square places.csv -o far.csv
for executor in serial pool async process; do
    refused 1 'finds no road near "stop 25" and perhaps others; correct the coordinates' \
        road "valhalla:$recorded_port" -q --shape=square monaco.csv --max-snap=220m --executor=$executor -o far.csv
done
refused 1 'finds no road near "stop 25" and perhaps others; correct the coordinates' \
    road "valhalla:$recorded_port" -q --nearest=3 monaco.csv --max-snap=220m -o far.csv
head -20 monaco.csv >some.csv
refused 1 'finds no road near "stop 25" and perhaps others; correct the coordinates' \
    road "valhalla:$recorded_port" -q some.csv monaco.csv --max-snap=220m -o far.csv
refused 1 'finds no road near "stop 25" and perhaps others; correct the coordinates' \
    road "valhalla:$recorded_port" -q monaco.csv some.csv --max-snap=220m -o far.csv
rm some.csv
# The same place in both files is named once.
refused 1 'near "p0", "p1", "p2" and perhaps others; correct' \
    road "valhalla:$cutoff_port" -q three.csv three.csv -o far.csv
refused 1 'finds no road near one of the places: .*' \
    road "valhalla:$recorded_port" -q --shape=square monaco.csv --max-snap=220m --max-requests=4 -o far.csv
road "osrm:$recorded_port" --shape=square monaco.csv -o far.csv 2>said
grep -q '^from a place to its road: median 14 m, at most 246 m ("stop 25")$' said || fail "$(cat said)"
rm far.csv

# ---- checks of the server ----
serve different --computed --fault=different=200:every=4
road "osrm:$different_port" --shape=square places.csv -o verified.csv --verify=1000 2>said
check verified said 1000 0.25
road "osrm:$recorded_port" --shape=square monaco.csv -o verified.csv --verify=300 2>said
grep -q '^300 pairs were asked again beside other places: none differs$' said || fail "$(cat said)"
road "osrm:$gaps_port" --shape=sequence places.csv -o verified.csv --verify=70 2>said
grep -q '^49 pairs were asked again beside other places: none differs$' said || fail "$(cat said)"
# Valhalla divides a request whose random places are too far apart, or in two regions.
head -8 places.csv >few.csv
for code in 154 170; do
    serve divided --computed --limit=7 --too-big-code=$code
    road "valhalla:$divided_port" --shape=square few.csv -o verified.csv --verify=5 2>said
    grep -q '^5 pairs were asked again beside other places: none differs$' said || fail "$(cat said)"
done
rm verified.csv

# ---- kilometres of Valhalla are whole metres ----
serve whole --computed
road "valhalla:$whole_port" -q --shape=square places.csv -o whole.csv
for round in floor ceil; do
    road "valhalla:$whole_port" -q --format=tsplib --round=$round places.csv -o $round.tsp
    grep -v COMMENT $round.tsp >$round.weights
done
same floor.weights ceil.weights
sed -n '2~97p' whole.csv >some.csv
while IFS=, read -r from to km _; do
    for limit in "${km}km" "$(echo "$km" | awk '{ printf "%.0f", $1 * 1000 }')m"; do
        road "valhalla:$whole_port" -q --within="$limit" places.csv -o within.csv
        [ "$from" = "$to" ] || grep -q "^$from,[0-9]*,$to,$km," within.csv || fail "within $limit: no $from,$to,$km"
    done
done <some.csv
rm whole.csv some.csv within.csv floor.tsp ceil.tsp floor.weights ceil.weights

# ---- a place without any road has no routes, also from itself to itself ----
serve nosnap --computed --snap=3000
road "ors:$nosnap_port" --shape=square three.csv -o nosnap.csv 2>said
grep -q '^9 pairs have no route; "p0" has the most: 5$' said || fail "$(cat said)"
grep -q '^dmatrix: warning: the server does not say how far 3 places are from a road, such as "p0": --max-snap was not checked' said ||
    fail "$(cat said)"
road "ors:$nosnap_port" -q --nearest=1 three.csv -o nosnap.csv 2>said
grep -q '^dmatrix: warning: the server does not say how far 3 places are from a road, such as "p0"' said || fail "$(cat said)"
head -2 three.csv >one.csv
road "ors:$nosnap_port" -q --shape=sequence one.csv -o nosnap.csv 2>said
[ ! -s said ] || fail "nothing was asked: $(cat said)"
rm one.csv
serve unsaid --computed --fault=no-snaps
road "osrm:$unsaid_port" -q --shape=square three.csv -o nosnap.csv 2>said
grep -q '^dmatrix: warning: the server does not say how far 3 places are from a road, such as "p0"' said || fail "$(cat said)"
road "valhalla:$unsaid_port" -q --shape=square three.csv -o nosnap.csv 2>said
[ ! -s said ] || fail "$(cat said)"
rm three.csv nosnap.csv

# ---- an error in the words of its kind comes from a server of this kind ----
refused 1 'InvalidOptions: Number of radiuses does not match (' \
    road "osrm:$recorded_port" -q --shape=square monaco.csv --server-option=radiuses=5 -o wrong.csv

# ---- as the crow flies ----
"$DMATRIX" monaco.csv --metric=geodesic --shape=square -q -o flown.csv
road "osrm:$recorded_port" --crow --shape=square monaco.csv -o crow.csv 2>said
check crow flown.csv crow.csv said
road "osrm:$recorded_port" -q --crow --nearest=2 monaco.csv -o near.csv
check crow_near crow.csv near.csv
gaps -q --crow --shape=square places.csv -o crow.csv
grep -q '^p[0-9]*,p[0-9]*,,,[0-9.]*,$' crow.csv || fail "a pair without a route has no crow's flight"
rm flown.csv crow.csv near.csv

awk -F, -v OFS=, 'NR > 1 { $1 = sprintf("%s%090d", $1, 0) } NR < 9' monaco.csv >long.csv
road "osrm:$recorded_port" --crow --shape=square long.csv -o crow.csv 2>said
[ "$(tr '\n' ' ' <said | grep -o 'times (' | wc -l)" = 3 ] || fail "three detours are wanted: $(cat said)"
rm long.csv crow.csv

# ---- dry runs ----
monaco dry --log=../dry.log
forecast() {
    port=$1 log=$2
    shift 2
    before=$(requests "$log")
    road "osrm:$port" --dry-run "$@" >said
    [ "$(requests "$log")" = "$before" ] || fail "a dry run asked the server"
    planned=$(tr '\n' ' ' <said | sed -n 's/.*server *\([0-9,]*\) requests* for \([0-9,]*\) pairs.*/\1 \2/p' | tr -d ,)
    road "osrm:$port" "$@" -o dry.out >said.out 2>said
    made=$(tr '\n' ' ' <said | sed -n 's/.*: \([0-9,]*\) requests* of up to [0-9]* x [0-9]* places, \([0-9,]*\) pairs.*/\1 \2/p' | tr -d ,)
    [ "${planned:-none}" = "$made" ] || fail "planned '$planned', made '$made': $*"
    [ $(($(requests "$log") - before)) = "${made% *}" ] || fail "the log has other numbers: $*"
    rm dry.out
}
forecast "$dry_port" ../dry.log --shape=square monaco.csv
forecast "$dry_port" ../dry.log --shape=square monaco.csv --verify=250
forecast "$dry_port" ../dry.log --shape=sequence monaco.csv --verify=25
random_places 4 350 43 44 7 8 >many.csv
forecast "$gaps_port" ../gaps.log --shape=square many.csv
forecast "$gaps_port" ../gaps.log few.csv many.csv --verify=1
forecast "$gaps_port" ../gaps.log many.csv few.csv --format=npy
gaps --dry-run --shape=square many.csv --rate=2/s >said
grep -q '14 requests for 122,500 pairs, 7.00 s at the rate of 2 a second' said || fail "$(cat said)"
gaps --dry-run --shape=square many.csv -o dry.out --resume >said
tr '\n' ' ' <said | grep -q '4 at once, no --rate; the answers  *take 2.0 MB of disk' || fail "$(cat said)"
gaps --dry-run --shape=square many.csv --rate=2000/h >said
grep -q '14 requests for 122,500 pairs, 25.2 s at the rate of 2000 an hour' said || fail "$(cat said)"
gaps --dry-run --shape=square many.csv --rate=1/h >said
grep -q '14 requests for 122,500 pairs, 14.0 h at the rate of 1 an hour' said || fail "$(cat said)"
refused 2 'at least 14 requests are needed, more than 13; nothing was asked (try --max-requests=14' \
    gaps -q --shape=square many.csv --max-requests=13
gaps -q --shape=square many.csv --max-requests=14 -o dry.out
rm dry.out

# ---- the profile ----
gaps --shape=square few.csv --profile=bike -q -o few.out 2>said
grep -q '^dmatrix: warning: the server has one profile, whatever is asked for: --profile=bike changes nothing$' said ||
    fail "$(cat said)"
road "valhalla:$gaps_port" --shape=square few.csv --profile=bicycle -q -o few.out 2>said
[ ! -s said ] || fail "$(cat said)"
rm few.out

# ---- refused ----
no() { refused 2 "$1" gaps -q few.csv -o no.out "$2" ${3+"$3"}; }
no 'quantity has no effect with the format csv' --quantity=duration
no 'quantity has no effect with the format json' --quantity=duration --format=json
no 'expected one of distance, duration' --quantity=time
no 'each pair is needed in both directions (try --shape=square)' --shape=pairs
no 'phylip cannot hold distances by road: its matrices are symmetric' --format=phylip
no 'geojson cannot hold distances by road' --format=geojson
no 'per cannot be used by road' --nearest=1 --per=name
no 'by cannot be used by road' --by=name
no 'symmetric cannot be used by road' --nearest=1 --symmetric=union
no 'shard cannot be used by road' --shard=1/2
no 'delay cannot be combined with --metric=road' --delay=1ms
no 'accuracy cannot be combined with --metric=road' --accuracy
no 'radius cannot be combined with --metric=road' --radius=1
no 'speed cannot be used by road' --speed=50 --format=json
no 'crow adds columns, which the format npy has not' --crow --format=npy
no 'verify is for whole tables, not for a search' --verify=3 --nearest=1
no 'unreachable has no effect on a search' --nearest=1 --unreachable=0
no 'ellipsoid has no effect by road without --crow' --ellipsoid=bessel
no 'the port in the URL is not a number from 1 to 65535' --server=osrm:http://localhost:99999
no 'max-speed has no effect without' --max-speed=100 --nearest=1
no 'with --quantity=duration it is a time' --quantity=duration --within=100m
no 'max-snap="0": expected' --max-snap=0
no 'unreachable="-1": expected' --unreachable=-1
no 'unreachable="nan": expected' --unreachable=nan
no 'verify="0": expected' --verify=0
no 'rate="0": expected' --rate=0
no 'rate="3/d": expected' --rate=3/d
no 'rate="5e-324/h": expected' --rate=5e-324/h
no 'timeout="0s": expected' --timeout=0s
no 'timeout="2h": expected\|timeout=' --timeout=2h
no 'max-requests="0": expected' --max-requests=0
no 'server-option="x": expected' --server-option=x
no 'extra parameter "sources": dmatrix itself writes this one' --server-option=sources=1
no 'the kind is missing' --server=localhost
no 'within: how many pairs a search by road asks for depends' --within=5 --dry-run
for option in --grain=5 --crow --unreachable=4 --quantity=duration --verify=5 --max-requests=5; do
    refused 2 "${option%%=*} has no effect with --compare by road" gaps -q few.csv --compare=serial "$option"
done
refused 2 'shape: executors are compared by road with requests of blocks' gaps few.csv --compare=serial --shape=sequence
serve tiny --computed --limit=3
for kind in osrm valhalla ors; do
    refused 1 ' places, from ' road "$kind:$tiny_port" many.csv --compare=serial
    grep -q 'is this the address' said && fail "it is the right server: $(cat said)"
done
for default in --max-speed=100 --unreachable=9 --ellipsoid=bessel; do
    DMATRIX_OPTIONS=$default gaps -q few.csv --nearest=1 -o few.out
    rm few.out
done
DMATRIX_OPTIONS=--max-requests=5 gaps -q few.csv --compare=serial --runs=1 --export-csv=few.out
rm few.out
for option in --crow --verify=3 --rate=3/s --max-snap=1km --unreachable=0 --profile=x --timeout=3s \
    --server-option=a=b "--server-header=A: b" --max-speed=3 --max-requests=3 --quantity=distance --server=osrm:http://x; do
    refused 2 "${option%%=*} works only with --metric=road" "$DMATRIX" few.csv -q "$option"
done
refused 2 'road needs a routing server' "$DMATRIX" few.csv -q --metric=road
DMATRIX_OPTIONS="--server=osrm:http://127.0.0.1:$gaps_port" "$DMATRIX" few.csv -q -o few.out
rm few.out
only places.csv monaco.csv few.csv many.csv table.csv
unserve
