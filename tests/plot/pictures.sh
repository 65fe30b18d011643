#!/bin/sh
# pictures.sh PLOT FIXTURES: what is drawn of good timings, however odd: a picture of the right kind
# and size, well-formed, that says in words what it shows.
set -u
plot=$1 fixtures=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
failures=0

wrong() {
    printf '%s\n' "$*"
    failures=$((failures + 1))
}

well_formed() {
    if command -v xmllint >/dev/null; then
        xmllint --noout "$1"
    elif command -v python3 >/dev/null; then
        python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$1"
    fi
}

bytes() { # FILE FROM COUNT: as one big-endian number
    od -An -tu1 -j"$2" -N"$3" "$1" | awk '{ for (i = 1; i <= NF; i++) n = n * 256 + $i } END { print n + 0 }'
}

# draw FILE: both kinds, as picture.svg and picture.png
draw() {
    name=${1##*/}
    rm -f picture.*
    for kind in svg png; do
        "$plot" "$1" -o picture.$kind || wrong "$name: exit status $?, $kind"
    done
    well_formed picture.svg || wrong "$name: is not well-formed"
    [ "$(bytes picture.png 1 3)" = 5262919 ] || wrong "$name: is no PNG" # "PNG"
    width=$(bytes picture.png 16 4) height=$(bytes picture.png 20 4)
    svg_height=$(sed -n 's/^<svg .* height="\([0-9]*\).*/\1/p' picture.svg)
    grep -q '^<svg .* width="800\(px\)\{0,1\}"' picture.svg || wrong "$name: the SVG is not 800 wide"
    [ "$((width * svg_height / 800))" = "$height" ] ||
        wrong "$name: $width x $height does not go with 800 x $svg_height"
}

says() { # LINE, of the description
    sed -e 's/<desc>//' -e 's/<\/desc>.*//' picture.svg | grep -qxF "$1" || wrong "$name: does not say: $1"
}

has_colour() { # R G B in per cent: SVG's fill
    grep -q "rgb($1%, *$2%, *$3%)\|rgb($1\.[0-9]*%, *$2\.[0-9]*%, *$3\.[0-9]*%)" picture.svg
}

draw "$fixtures/comparison.json"
says '499,500 distances, haversine, pairs; 2 threads, grain auto; mean ± standard deviation of 10 runs'
says 'pool: 431 us ± 13 us, speedup 1.90'
says 'thread: 1.81 ms ± 0.15 ms, speedup 0.45'
[ "$(sed -n '/<desc>/,/<\/desc>/p' picture.svg | wc -l)" = 5 ] || wrong "$name: says something else"

draw "$fixtures/sweep.json"
says '499,500 distances, haversine, pairs; mean ± standard deviation of 3 to 10 runs; logarithmic scale'
says 'pool, 2 threads, grain auto: 431 us ± 13 us, speedup 1.90'
says 'thread, 1 thread, grain 1: ~2.40 min ± 0.11 min, speedup 1/4,948'
says 'serial, grain 64: 1.01 ms ± 0.02 ms, speedup 1.00'
says 'Speedup over serial with the same grain, by threads:'
says 'pool, grain auto: 0.992 on 1, 1.9 on 2, 1.58 on 4'

draw "$fixtures/run.json"
says '499,500 distances, haversine, pairs; 2 threads, grain 8,192; one run'

draw "$fixtures/hyperfine.json"
says 'Times of 3 commands; mean ± standard deviation of 10 runs'
draw "$fixtures/hyperfine_parameters.json"
says 'Executors compared; mean ± standard deviation of 8 runs'

{
    printf '{"results": ['
    for command in '漢字かな交じり文' 'שלום עולם' 'tab\tline\nescape\u001b[31m' '<b> & \"quotes\" ]]>' \
        '\ufffe\uffff\ufdd0\udbff\udfff' '' "$(printf '%90000s' '' | sed 's/ /é/g')"; do
        printf '{"command": "%s", "mean": 1.5, "times": [1, 2]},' "$command"
    done
    printf '{"command": "last", "mean": 0, "times": [0]}]}'
} >odd.json
draw odd.json
says 'last: 0 ns'
says 'tab line escape\x1B[31m: 1.50 s'
says '&lt;b&gt; &amp; "quotes" ]]&gt;: 1.50 s'
says '????: 1.50 s'
says '(no command): 1.50 s'

printf '{"results": [%s]}' "$(seq 1000 | sed 's/.*/{"command": "c&", "mean": &, "times": [&]}/; $!s/$/,/')" >many.json
draw many.json
says 'c1000: 16.7 min, times the fastest 1,000'

printf '{"results": [%s, %s, %s]}' '{"command": "a", "mean": 9e8, "stddev": 9e8, "times": [1]}' \
    '{"command": "b", "mean": 1e-11, "times": [1]}' '{"command": "c", "mean": 1e-320, "times": [0]}' >far.json
draw far.json
says 'c: 0 ns'

printf '{"results": [%s, %s]}' '{"command": "a", "mean": 0, "times": [0]}' \
    '{"command": "b", "mean": 0, "stddev": 0, "times": [0]}' >nothing.json
draw nothing.json
exit $failures
