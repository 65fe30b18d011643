#!/bin/sh
# test.sh DMATRIX: that the comparison with peers does what it should, without any of them: a peer that
# needs nothing but Python stands in, and its figures and errors are known. Exit status 77 without Python.
set -eu
dmatrix=$1
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

# Least times, their ratios to those of dmatrix, and the ratios of single rounds.
printf '%s\n' 'p|c|10|100|4e-6|2|9000|10|x' 'p|c|10|100|3e-6|3|8000|15|x' \
    'dmatrix|x, serial|10|100|1e-6|1|7000||' 'dmatrix|x, pool|10|100|5e-7|1|7000||' |
    awk -f "$here/table.awk" | tr -s ' ' >"$work/said"
grep -qx ' p c 10 0.000 0.00 2.00 30.0 9 3.0 6.0 2.0-4.0' "$work/said" || failed 'the table is wrong'
grep -qx ' dmatrix x, serial 10 0.000 0.00 1.00 10.0 7 ' "$work/said" || failed 'the line of one without a peer is wrong'

# Hard pairs are what their names say: the shortest way between antipodes of the sphere is half around.
awk -v from="$work/from.csv" -v to="$work/to.csv" -f "$here/places.awk"
"$dmatrix" "$work/from.csv" "$work/to.csv" -q --shape=paired --radius=1000 --precision=3 --no-header \
    --format=csv >"$work/said"
[ "$(grep -c '^antipodes,antipodes,3141.593$' "$work/said")" = 200 ] || failed 'antipodes are none'
[ "$(grep -c '^same place,same place,0.000$' "$work/said")" = 200 ] || failed 'the same places are not'
[ "$(grep -c '^on a pole,on a pole,0.000$' "$work/said")" = 200 ] || failed 'the poles are two'

# A peer is measured beside dmatrix, a limit on memory is a limit, and what is missing can be had.
mkdir "$work/peers"
cp "$here"/*.awk "$here"/*.py "$here"/run.sh "$work/peers"
cat >"$work/peers/with_numpy.py" <<'END'
import sys
import peer

if sys.argv[1] != "version" and len(peer.load(sys.argv[3])[0]) == 20:
    sys.exit("unable to allocate so much")
peer.main("A peer 1.0", {"by hand": lambda a, b=None: [[1000 * abs(p[0] - q[0]) for q in b or a] for p in a]})
END
for number in 2 3 4 5 6 7 8 9; do echo "place $number,XX,$number.5,7"; done >"$work/few"
{ echo 'name,country,latitude,longitude'; cat "$work/few"; } >"$work/few.csv"
DMATRIX=$dmatrix FOLDER=$work ROUNDS=1 ONLY='with_[nq]*' PARTS='square limit' MANY=20 \
    sh "$work/peers/run.sh" "$work/few.csv" >"$work/said" 2>&1 || failed 'the run fails'
grep -q '^  A peer 1.0$' "$work/said" || failed 'the peer is not found'
grep -q '^  with_qgis is not here: apt-get install qgis$' "$work/said" || failed 'what is missing is not named'
grep -Eq '^  numpy +by hand +8 +0.000 ' "$work/said" || failed 'the peer is not measured'
grep -Eq '^  dmatrix +haversine, serial +8 +0.000 ' "$work/said" || failed 'dmatrix is not measured'
grep -Eq '^  numpy +by hand +unable to allocate so much$' "$work/said" || failed 'the complaint is not shown'
"$python" "$work/peers/measure.py" "$work/result" 1000000000 9 "$python" -c 'bytearray(2000000000)' 2>"$work/said" || :
grep -q ' 1$' "$work/result" || failed 'the limit on memory is none'

# The CSV of pairs, and distances of pairs.
cd "$work/peers"
"$python" with_numpy.py 'by hand' csv "$work/few.csv" "$work/out.csv" >"$work/said"
[ "$(tr -d '\r' <"$work/out.csv" | sed -n '3p;$=')" = 'place 2,place 4,2.000000
29' ] || failed 'the CSV is wrong'
[ "$("$python" with_numpy.py 'by hand' paired "$work/few.csv" "$work/few.csv" | sort -u)" = 0 ] || failed 'pairs are wrong'
