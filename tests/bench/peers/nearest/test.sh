#!/bin/sh
# test.sh: run.sh does what it says, with programs that stand in for dmatrix and for a peer, whose figures
# are known. Exit status 77 without Python.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$(python3 -c 'import sys; print(sys.executable)') || {
    echo 'skipped: needs Python'
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
failed() {
    echo "$1"
    [ ! -e "$work/said" ] || cat "$work/said"
    exit 1
}

for script in "$here"/*.sh; do sh -n "$script"; done
"$python" -c 'import ast, sys; [ast.parse(open(script).read()) for script in sys.argv[1:]]' "$here"/*.py

# The inputs are what their names say, and the same each time.
made() { # KIND COUNT [FILE]
    "$python" "$here/places.py" "$@" >"$work/said"
    tail -n +2 "$work/said" | cut -d , -f 2,3 >"$work/places"
}
different() { sort -u "$work/places" | wc -l | tr -d ' '; }
for kind in uniform tracks equator meridian one; do
    made $kind 5000
    [ "$(wc -l <"$work/places" | tr -d ' ')" = 5000 ] || failed "$kind: not 5000 places"
    cp "$work/places" "$work/before"
    made $kind 5000
    cmp -s "$work/before" "$work/places" || failed "$kind: not the same places again"
    case $kind in
    uniform) [ "$(different)" = 5000 ] ;;
    tracks) [ "$(different)" -gt 400 ] && [ "$(different)" -lt 600 ] ;;
    equator) ! grep -qv '^0.0000000,' "$work/places" ;;
    meridian) ! grep -qv ',7.0000000$' "$work/places" ;;
    one) [ "$(different)" = 1 ] ;;
    esac || failed "$kind: the places are of another kind"
done
echo '[{"name": "Ulm", "lat": "48.4", "lng": "9.99"}, {"name": "Suva", "lat": "-18.1", "lng": "178.4"}]' >"$work/cities.json"
made cities 0 "$work/cities.json"
[ "$(cat "$work/places")" = '48.4000000,9.9900000
-18.1000000,178.4000000' ] || failed 'cities: other places than in the file'

# The round with the least total is shown, and ratios are those of dmatrix with the same input and metric.
printf '%s\n' 'in|dmatrix|haversine|0.25|0.75||1|haversine||' 'in|p|c|1|3||4|haversine|1|' \
    'in|dmatrix|haversine|0.2|0.3||0.5|haversine||' 'in|p|c|1|2||3|haversine|0.5|' \
    'in|slow|c|||||haversine||stopped after 1 s' | awk -f "$here/table.awk" | tr -s ' ' >"$work/said"
grep -qx ' in p c 1.000 2.000 3.000 6.00 4.00-6.00' "$work/said" || failed 'the row of a peer is wrong'
grep -qx ' in dmatrix haversine 0.200 0.300 0.500 *' "$work/said" || failed 'the row of dmatrix is wrong'
grep -qx ' in slow c stopped after 1 s' "$work/said" || failed 'the row of a peer that failed is wrong'

# A run with one peer that needs nothing but Python, one that is stopped, and one that is not installed.
mkdir "$work/peers" "$work/peers/nearest"
cp "$here/../measure.py" "$work/peers"
cp "$here"/*.py "$here"/*.awk "$here/run.sh" "$work/peers/nearest"
cat >"$work/peers/nearest/with_scipy.py" <<'END_OF_PEER'
import sys

if sys.argv[1] == "version":
    print("A peer 1.0")
else:
    assert len(open(sys.argv[2]).readlines()) == 21
    print("build 0.5\nsearch", 0.5 * float(sys.argv[3]))
    if len(sys.argv) > 4:
        open(sys.argv[4], "w").close()
        print("write 1")
END_OF_PEER
cat >"$work/peers/nearest/with_sklearn.py" <<'END_OF_PEER'
import os, signal, sys

print("A slow peer")
if sys.argv[1] != "version":
    os.kill(os.getpid(), signal.SIGTERM)  # as measure.py does when the time is up
END_OF_PEER
printf '#include "there is no such header"\n' >"$work/peers/nearest/with_nanoflann.cpp"
cat >"$work/dmatrix" <<'END_OF_PROGRAM'
#!/bin/sh
echo "$@" >>"$0.calls"
case $1 in
--version) echo 'dmatrix 9' ;;
--help) echo '--nearest=K' ;;
*)
    for word in "$@"; do
        case $word in --export-json=*) file=${word#*=} ;; esac
    done
    echo '{"results": [{"phases": {"load": 7, "index": 0.125, "prepare": 0.125, "count": 0.25, "compute": 0.5,
        "encode": 0.25, "finish": 0.25, "total": 8.5}}]}' >"$file"
    ;;
esac
END_OF_PROGRAM
chmod +x "$work/dmatrix"
FOLDER=$work ROUNDS=2 LIMIT=100 ONLY='with_[sn]*' INPUTS='uniform:20' NEAREST=3 WITHIN=4 \
    sh "$work/peers/nearest/run.sh" "$work/dmatrix" >"$work/output" 2>&1 || { cat "$work/output"; exit 1; }
tr -s ' ' <"$work/output" >"$work/said"
for line in ' A peer 1.0' ' with_nanoflann is not here: apt-get install g++ libnanoflann-dev' \
    ' uniform:20 dmatrix haversine 0.250 0.750 1.000' ' uniform:20 scipy cKDTree 0.500 1.500 2.000 2.00 2.00-2.00' \
    ' uniform:20 sklearn BallTree stopped after 100 s' ' uniform:20 dmatrix haversine 0.250 0.750 0.500 1.500' \
    ' uniform:20 scipy stored 0.500 2.000 1.000 3.500 2.33 2.33-2.33'; do
    grep -qxF -e "$line" "$work/said" || failed "there is no line '$line'"
done
grep -q -e '--metric=haversine --threads=1 -q .* --nearest=3 -o /dev/null$' "$work/dmatrix.calls" || failed 'dmatrix is not asked for the nearest'
grep -q -e ' --within=4 -o .*/out.npz$' "$work/dmatrix.calls" || failed 'dmatrix is not asked for those within'
[ "$(grep -c -e '--nearest' "$work/dmatrix.calls")" = 5 ] || failed 'a peer that is too slow is run again'

# Without the option, the peers are measured alone.
sed -i 's/--nearest=K/nothing/' "$work/dmatrix"
FOLDER=$work ROUNDS=1 ONLY='with_scipy*' INPUTS='uniform:20' PARTS=nearest \
    sh "$work/peers/nearest/run.sh" "$work/dmatrix" >"$work/output" 2>&1 || { cat "$work/output"; exit 1; }
tr -s ' ' <"$work/output" >"$work/said"
grep -q 'the peers are measured alone$' "$work/said" || failed 'a missing option is not reported'
grep -qx ' uniform:20 scipy cKDTree 0.500 2.500 3.000' "$work/said" || failed 'a peer is not measured alone'
