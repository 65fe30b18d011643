#!/bin/sh
# faults.sh DMATRIX STUB_SERVER: servers that are slow, busy or faulty. What can be asked again is; what is
# wrong ends the run with one message and leaves the old output.
# shellcheck disable=SC2154 # serve.sh sets NAME_port, NAME_pid and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
places=$recording/places.csv
random_places 5 40 43.7 43.8 7.3 7.5 >some.csv
monaco good
for kind in osrm valhalla ors; do road "$kind:$good_port" -q --shape=square "$places" -o $kind.csv; done

# ---- asked again ----
again() {
    kind=$1 fault=$2
    shift 2
    monaco faulty --limit=400 --fault="$fault" --log=../faulty.log
    road "$kind:$faulty_port" --shape=square "$places" -o again.csv "$@" 2>said
    kill "$faulty_pid"
    same "$kind.csv" again.csv
    faults=$(grep -c " fault:${fault%%[:=]*} " ../faulty.log)
    [ "$faults" -ge 1 ] || fail "$fault did not happen"
    tr '\n' ' ' <said | grep -q "($faults made again)" || fail "$fault happened $faults times: $(cat said)"
}
for fault in 429:1 429-html:1 429-date=1:1 502:1 503:2 cut:1 close:1 reset:1; do again osrm $fault; done
for kind in valhalla ors; do
    for fault in 429:1 cut:1; do again "$kind" $fault; done
done
again osrm slow=200000:1 --timeout=10s
for executor in process async; do again osrm 503:every=6 --executor=$executor; done
took_begin=$(now)
again osrm 429=2:1
[ $(($(now) - took_begin)) -ge 2000 ] || fail "Retry-After was not respected"

# ---- wrong ----
echo old >old.csv
for kind in osrm valhalla ors; do
    wrong() {
        serve faulty --computed --fault="$1" --log=../wrong.log
        cp old.csv out.csv
        refused 1 "$2" road "$kind:$faulty_port" -q --shape=square some.csv -o out.csv
        kill "$faulty_pid"
        same old.csv out.csv
        [ "$(requests ../wrong.log)" = 1 ] || fail "$1: asked again: $(cat ../wrong.log)"
        grep -q "http://127.0.0.1:$faulty_port.* x .* places, from \"p" said ||
            fail "$1: no server or place in: $(cat said)"
        if [ "$(wc -c <said)" -gt 700 ]; then fail "$1: the message is long"; fi
    }
    wrong 500 'status 500: '
    wrong empty 'the answer is empty'
    wrong html 'the answer is not JSON but begins with "<html>'
    wrong redirect 'status 302, a redirect to http://localhost:1/, which is not followed'
    wrong big-error=300 'status 400: '
    wrong big-error=100000000 'is longer than [0-9]* bytes'
    wrong huge 'is longer than [0-9]* bytes'
    wrong huge-length 'is longer than [0-9]* bytes'
    wrong truncated-json 'the answer is malformed JSON: byte '
    wrong fewer-cells 'distances: row 40 has 39 entries instead of 40'
    wrong fewer-rows 'distances: there are 39 rows instead of 40'
    wrong more-rows 'distances: there are 41 rows instead of 40'
    wrong nan "invalid token near 'NaN'"
    wrong negative 'distances: row 1, entry 40 is -'
    wrong string 'distances: row 1, entry 40 is a string instead of a number or null'
    serve off --computed --fault=off-road --log=../off.log
    if [ $kind != ors ]; then
        refused 1 'finds no road near "p0", "p1", "p2", "p3", "p4" and perhaps others' \
            road "$kind:$off_port" -q --shape=square some.csv -o out.csv
        [ "$(requests ../off.log)" -lt 50 ] || fail "it takes too many requests to find them"
        same old.csv out.csv
    fi
    only some.csv osrm.csv valhalla.csv ors.csv old.csv again.csv out.csv
done

# ---- an answer without an end costs little memory ----
serve huge --computed --fault=huge
refused 1 'is longer than' took 60000 python3 -c '
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
assert most < 400000, most # KiB; an AddressSanitizer build takes 10 times of others
sys.exit(status)' "$DMATRIX" --metric=road --server="osrm:http://127.0.0.1:$huge_port" -q --shape=square some.csv

unserve
