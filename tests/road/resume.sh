#!/bin/sh
# resume.sh DMATRIX STUB_SERVER: runs by road that stop early or are killed, and go on.
# shellcheck disable=SC2154 # serve.sh sets NAME_port, NAME_pid and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
places=$recording/places.csv
store=out.csv.dmatrix-road
monaco whole
road "osrm:$whole_port" -q --shape=square "$places" -o ../whole.csv
road "osrm:$whole_port" -q --shape=sequence "$places" -o ../sequence.csv
road "osrm:$whole_port" -q --nearest=3 "$places" -o ../nearest.csv

# cells LOG: print the number of cells in answers.
cells() { awk '$5 == "200:Ok" { split($4, n, "x"); sum += n[1] * n[2] } END { print sum + 0 }' "$1"; }

# ---- stopped by --max-requests ----
monaco limited --limit=100 --log=../limited.log
limited() { road "osrm:$limited_port" "$places" "$@"; }
stops=0
until limited -q --shape=square -o out.csv --resume --max-requests=40 2>said; do
    grep -q 'all 40 requests have been made, and more are needed' said || fail "$(cat said)"
    only $store
    stops=$((stops + 1))
    [ $stops -lt 20 ] || fail "it does not come to an end"
done
[ $stops -ge 2 ] || fail "it was not stopped"
same ../whole.csv out.csv
only out.csv
asked=$(cells ../limited.log) # more than 3,600 where a run that goes on divides a block in another way
[ $((asked >= 3600 && asked < 3960)) = 1 ] || fail "$asked cells were asked for, not 3600"
rm out.csv
for shape in sequence nearest; do
    how=--shape=sequence
    [ $shape = sequence ] || how=--nearest=3
    stops=0
    until limited -q "$how" -o out.csv --resume --max-requests=30 2>said; do
        only $store
        stops=$((stops + 1))
        [ $stops -lt 30 ] || fail "$shape does not come to an end"
    done
    [ $stops -ge 1 ] || [ $shape = sequence ] || fail "$shape was not stopped"
    same "../$shape.csv" out.csv
    only out.csv
    rm out.csv
done
limited -q --shape=sequence -o out.csv --resume --max-requests=3 2>said && fail "it was not stopped"
limited --shape=sequence -o out.csv --resume 2>said
kept=$(tr '\n' ' ' <said | sed -n 's/.*; \([0-9]*\) pairs were there from an earlier run.*/\1/p')
[ $((kept > 0 && kept < 59)) = 1 ] || fail "$kept pairs were kept: $(cat said)"
same ../sequence.csv out.csv
rm out.csv

# ---- what may change ----
part() {
    refused 2 'all 40 requests have been made' limited -q --shape=square -o out.csv --resume --max-requests=40
}
part
grep -q '^dmatrix: note: [0-9,]* of 3,600 distances are kept; the same command goes on there$' said ||
    fail "no note of what is kept: $(cat said)"
limited -q --format=matrix -o out.matrix
limited -q --shape=square --format=matrix -o out.csv --resume
same out.matrix out.csv
rm out.csv out.matrix
part
sed 's/stop /halt /' "$places" >named.csv
road "osrm:$limited_port" -q --shape=square named.csv -o out.csv --resume --executor=async -j2
sed 's/stop /halt /g' ../whole.csv >named_whole.csv
same named_whole.csv out.csv
rm out.csv named.csv named_whole.csv

# ---- what must not ----
part
cp $store ../store
head -60 "$places" >fewer.csv
sed '2s/43/44/' "$places" >moved.csv
differs() {
    refused 2 "$@"
    same ../store $store
}
differs 'profile: .*driving, not with walking' limited -q --shape=square -o out.csv --resume --profile=walking
differs 'origins' road "osrm:$limited_port" -q --shape=square fewer.csv -o out.csv --resume
differs 'coordinates of origins' road "osrm:$limited_port" -q --shape=square moved.csv -o out.csv --resume
differs 'server' road "osrm:$whole_port" -q --shape=square "$places" -o out.csv --resume
differs 'server' road "ors:$limited_port" -q --shape=square "$places" -o out.csv --resume
differs 'shape' limited -q --shape=sequence -o out.csv --resume
differs 'server-option' limited -q --shape=square -o out.csv --resume --server-option=exclude=toll
differs 'destinations\|shape' road "osrm:$limited_port" -q "$places" fewer.csv -o out.csv --resume
rm fewer.csv moved.csv

rm $store
# The message has the value of the default with its unit.
serve cutoff --computed --limit=100
cutoff() { road "valhalla:$cutoff_port" "$places" -q --shape=square -o out.csv --resume --max-requests=40 "$@"; }
refused 2 "all 40 requests" cutoff
refused 2 'was begun with 1000m, not with 500m; .* (try --max-snap=1000m)' cutoff --max-snap=500m
refused 2 "all 40 requests" cutoff --max-snap=1000m
rm $store
# Addresses and profiles that differ only far behind are others.
far=$(printf '%0300d' 0)
distant() {
    road "osrm:$cutoff_port/$far$1" "$places" -q --shape=square -o out.csv --resume --max-requests=40 --profile="p$far$2"
}
refused 2 'all 40 requests' distant 1 1
refused 2 'address of the server' distant 2 1
refused 2 'name of the profile' distant 1 2
rm $store
# How many pairs a search asks for is not known before its end.
refused 2 'all 20 requests' limited -q --nearest=3 -o out.csv --resume --max-requests=20
grep -q '^dmatrix: note: the answers so far are kept; the same command goes on there$' said || fail "$(cat said)"
# Its share of all pairs has those of the earlier run.
limited --nearest=3 -o out.csv --resume 2>said
tr '\n' ' ' <said | sed -n 's/.* places, \([0-9,]*\) pairs; .*; \([0-9,]*\) pairs were .*asked for \([0-9,]*\) .*/\1 \2 \3/p' |
    tr -d , | awk 1 >numbers
read -r asked kept all <numbers || fail "$(cat said)"
[ $((kept > 0 && asked + kept == all)) = 1 ] || fail "$asked and $kept are not $all"
same ../nearest.csv out.csv
rm out.csv numbers

# ---- a store that is damaged, or no store ----
damaged() {
    refused 1 "$@"
    [ ! -e out.csv ] || fail "an output was written"
    [ -e $store ] || fail "the file was removed: $(cat said)"
}
limited_resume() { limited -q --shape=square -o out.csv --resume; }
head -c 3000 ../store >$store
damaged 'is damaged, or from another version; remove it' limited_resume
head -c 20000 ../store >$store
damaged 'is damaged, or from another version; remove it' limited_resume
{ cat ../store && echo; } >$store
damaged 'is damaged, or from another version; remove it' limited_resume
printf 'my letters\n' >$store
damaged 'is damaged, or from another version; remove it' limited_resume
[ "$(cat $store)" = 'my letters' ] || fail "a file of the user was changed"
rm $store
cp ../store elsewhere
ln -s elsewhere $store
damaged "$store" limited_resume
rm $store
ln elsewhere $store
damaged 'hard link' limited_resume
same ../store elsewhere
rm $store elsewhere
mkfifo $store
damaged "not a regular file" limited_resume
rm $store
mkdir $store
damaged "$store" limited_resume
rmdir $store
head -c 4096 ../store >$store # killed before the file had its size
limited_resume
same ../whole.csv out.csv
only out.csv
refused 2 'resume' road "osrm:$limited_port" -q --shape=square "$places" --resume
rm out.csv

# ---- too far from a road: the answers are kept, and refused again ----
for _ in 1 2; do
    refused 1 'far from the nearest road: ' limited -q --shape=square -o out.csv --resume --max-snap=100m
done
for _ in 1 2; do
    refused 1 'far from the nearest road: ' limited -q --nearest=2 -o near.csv --resume --max-snap=100m
done
limited_resume
same ../whole.csv out.csv
rm out.csv near.csv.dmatrix-road

# ---- two at a time ----
monaco slow --limit=100 --delay=100ms --log=../slow.log
slow() { road "osrm:$slow_port" -q --shape=square "$places" -o out.csv --resume; }
slow &
first=$!
until [ "$(requests ../slow.log)" -ge 3 ]; do sleep 0.05; done
kill -STOP "$slow_pid" # so that the first run does not end before the second begins
refused 1 'another run is using this file' slow
kill -CONT "$slow_pid"
wait $first || fail "the first of two runs failed"
same ../whole.csv out.csv
rm out.csv

# ---- killed ----
random_places 7 600 43 44 7 8 >many.csv
serve quick --computed
road "osrm:$quick_port" -q --shape=square many.csv -o ../many.csv
road "osrm:$quick_port" -q --nearest=2 many.csv -o ../many_nearest.csv
serve delayed --computed --delay=60ms
moments=$(python3 -c 'import random; print(*(f"{random.uniform(0.05, 0.5):.3f}" for _ in range(20)))')
echo "killed after so many seconds: $moments"
kills=0 rounds=0
for moment in $moments; do
    how=--shape=square wanted=../many.csv
    [ $((rounds % 2)) = 0 ] || { how=--nearest=2 wanted=../many_nearest.csv; }
    status=0
    timeout --foreground --preserve-status -s KILL "$moment" \
        "$DMATRIX" --metric=road --server="osrm:http://127.0.0.1:$delayed_port" \
        -q $how many.csv -o out.csv -j2 --resume 2>said || status=$?
    rm -f dmatrix-unfinished-*
    case $status in
    0)
        same "$wanted" out.csv
        only many.csv out.csv
        rm out.csv
        rounds=$((rounds + 1))
        ;;
    137) kills=$((kills + 1)) ;;
    *) fail "status $status: $(cat said)" ;;
    esac
done
[ $kills -ge 10 ] || fail "only $kills runs were killed"
how=--shape=square wanted=../many.csv
[ $((rounds % 2)) = 0 ] || { how=--nearest=2 wanted=../many_nearest.csv; }
road "osrm:$delayed_port" -q $how many.csv -o out.csv -j8 --resume
same $wanted out.csv
only many.csv out.csv
unserve
