#!/bin/sh
# run.sh [LOCATIONS.csv]: what people use for distance matrices, compared with dmatrix; docs/peers.md explains
# the output. Locations are name,country,latitude,longitude. In the environment: DMATRIX, the
# program; ROUNDS (3); FOLDER for what is written (/dev/shm, so that no disk is measured); ONLY, a
# pattern of the programs to run, as in ONLY='with_geo*'; PARTS, of "square csv limit hard";
# MANY (50000), the locations of limit.
#
# A peer is a program with_NAME here. It is asked "version", which fails where it is not installed, or
#
#     CALL square POINTS.csv          the matrix of all, in memory; prints "seconds S", without loading
#     CALL csv POINTS.csv OUT.csv     a line a pair; prints "seconds S" as well
#     CALL paired FROM.csv TO.csv     prints metres, a line a pair
#
# and may print "peak KB" where another process does the work.
set -u
PEERS=$(cd "$(dirname "$0")" && pwd)
export PEERS
project=$PEERS/../../..
locations=${1:-$project/data/cities-10000.csv}
dmatrix=${DMATRIX:-$project/build/release/dmatrix}
rounds=${ROUNDS:-3}
many=${MANY:-50000}
parts=${PARTS:-square csv limit hard}
memory=8589934592
seconds_allowed=300

# program|how to install it, on Debian 12
peers='with_sklearn.py|apt-get install python3-sklearn
with_numpy.py|apt-get install python3-numpy
with_scipy.py|apt-get install python3-scipy
with_geopy.py|apt-get install python3-geopy
with_pyproj.py|apt-get install python3-pyproj
with_geosphere.R|apt-get install r-base-core r-cran-geosphere r-cran-data.table
with_geodist.R|apt-get install r-base-dev r-cran-data.table; Rscript -e '\''install.packages("geodist")'\''
with_sf.R|apt-get install r-base-core r-cran-sf r-cran-lwgeom r-cran-data.table
with_postgis.sh|apt-get install postgresql-15-postgis-3
with_qgis.sh|apt-get install qgis'

# program|call|metric of dmatrix beside it|points, so that a call takes seconds
squares='with_sklearn.py|haversine_distances|haversine|10000
with_sklearn.py|pairwise n_jobs=2|haversine|10000
with_sklearn.py|pairwise chunked|haversine|10000
with_numpy.py|by hand|haversine|10000
with_scipy.py|cdist(callable)|haversine|1000
with_geopy.py|great_circle|haversine|300
with_geosphere.R|distHaversine|haversine|3000
with_geodist.R|haversine|haversine|5000
with_geodist.R|cheap|equirectangular|5000
with_sf.R|st_distance|haversine|1500
with_postgis.sh|ST_DistanceSphere|haversine|1000
with_geopy.py|geodesic|geodesic|100
with_pyproj.py|Geod.inv|geodesic|1500
with_geosphere.R|distGeo|geodesic|1500
with_geodist.R|geodesic|geodesic|1500
with_sf.R|st_distance, no s2|geodesic|1000
with_postgis.sh|ST_Distance|geodesic|1000'

tables='with_sklearn.py|haversine_distances|haversine|2000
with_geodist.R|haversine|haversine|3000
with_geodist.R|geodesic|geodesic|2000
with_postgis.sh|ST_DistanceSphere|haversine|1000
with_postgis.sh|ST_Distance|geodesic|1000
with_qgis.sh|distancematrix|geodesic|150'

# program|call, of which matrices are asked that do not fit into memory
limits='with_sklearn.py|haversine_distances
with_sklearn.py|pairwise chunked
with_numpy.py|by hand
with_pyproj.py|Geod.inv
with_geosphere.R|distHaversine
with_geodist.R|haversine
with_sf.R|st_distance'

# program|call|what it takes for the Earth: a radius in metres, or WGS84
shapes='with_sklearn.py|haversine_distances|6371008.8
with_numpy.py|by hand|6371008.8
with_geopy.py|great_circle|6371009
with_geosphere.R|distHaversine|6378137
with_geodist.R|haversine|6378137
with_sf.R|st_distance|6371010
with_postgis.sh|ST_DistanceSphere|6371008.771415059
with_geopy.py|geodesic|WGS84
with_pyproj.py|Geod.inv|WGS84
with_geosphere.R|distGeo|WGS84
with_geodist.R|geodesic|WGS84
with_geodist.R|cheap|WGS84
with_sf.R|st_distance, no s2|WGS84
with_postgis.sh|ST_Distance|WGS84'

work=$(mktemp -d "${FOLDER:-/dev/shm}/peers.XXXXXX") || exit 2
chmod 755 "$work" # for a database that is another user's
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2>/dev/null && break
done
# Itself, not what finds it.
python=$("$python" -c 'import sys; print(sys.executable)') || { echo "run.sh: there is no Python to measure with" >&2; exit 2; }
[ -x "$dmatrix" ] || { echo "run.sh: there is no $dmatrix: cmake --workflow --preset release" >&2; exit 2; }

ask() { # PROGRAM WORD...: as what it is written in
    asked=$PEERS/$1
    shift
    case $asked in
    *.py) limited "$python" "$asked" "$@" ;;
    *.R) limited Rscript --vanilla "$asked" "$@" ;;
    *) limited sh "$asked" "$@" ;;
    esac
}

# Leaves what it says in $work/said and $work/complaints, and sets wall, peak and status.
limited() { # COMMAND...
    "$python" "$PEERS/measure.py" "$work/result" "$memory" "$seconds_allowed" "$@" \
        >"$work/said" 2>"$work/complaints"
    read -r wall peak status <"$work/result"
}

some() { # COUNT: the file of so many locations
    [ -e "$work/$1.csv" ] || head -n $(($1 + 1)) "$locations" >"$work/$1.csv"
    echo "$work/$1.csv"
}

there() { # PROGRAM: whether it can be measured
    grep -qx "$1" "$work/installed"
}

# dmatrix with all the locations, whole; sets wall, peak and ns.
beside() { # KIND METRIC EXECUTOR
    case $1 in
    square) set -- "$@" --shape=square -o "$work/out.npy" ;;
    csv) set -- "$@" -o "$work/out.csv" ;;
    esac
    kind=$1 metric=$2 executor=$3
    shift 3
    limited "$dmatrix" "$locations" -q --metric="$metric" --executor="$executor" "$@"
    [ "$status" = 0 ] || { cat "$work/complaints" >&2; exit 1; }
    rm -f "$work/out.npy" "$work/out.csv"
    pairs=$(pairs_of "$kind" "$count")
    ns=$(awk -v s="$wall" -v n="$pairs" 'BEGIN { print s * 1e9 / n }')
    echo "dmatrix|$metric, $executor|$count|$pairs|$wall|$wall|$peak||" >>"$work/own"
}

pairs_of() { # KIND COUNT [PROGRAM]
    case $1,${3:-} in
    square,*) echo $(($2 * $2)) ;;
    *qgis*) echo $(($2 * ($2 - 1))) ;;
    *) echo $(($2 * ($2 - 1) / 2)) ;;
    esac
}

# One round of a peer, between dmatrix on one thread and on all.
one_round() { # KIND PROGRAM CALL METRIC POINTS
    beside "$1" "$4" serial
    serial=$ns
    ask "$2" "$3" "$1" "$(some "$5")" "$work/pairs.csv"
    rm -f "$work/pairs.csv"
    seconds=$(sed -n 's/^seconds //p' "$work/said")
    if [ "$status" != 0 ] || [ -z "$seconds" ]; then
        echo "$2 $3: $(tail -n 1 "$work/complaints")" >&2
        return 1
    fi
    own_peak=$(sed -n 's/^peak //p' "$work/said")
    row="${2#with_}|$3|$5|$(pairs_of "$1" "$5" "$2")|$seconds|$wall|${own_peak:-$peak}"
    beside "$1" "$4" pool
    echo "$row|$serial|$4" | sed 's/^\([a-z]*\)\.[a-zA-Z]*/\1/' >>"$work/theirs"
}

compared() { # KIND LIST
    : >"$work/own"
    : >"$work/theirs"
    count=$(($(wc -l <"$locations") - 1))
    round=0
    while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        while IFS='|' read -r program call metric points; do
            [ "$points" -le "$count" ] || points=$count
            there "$program" && one_round "$1" "$program" "$call" "$metric" "$points" </dev/null
        done <<EOF
$2
EOF
    done
    sort -s -t '|' -k 2,2 "$work/own" | cat - "$work/theirs" | awk -f "$PEERS/table.awk"
}

outcome() { # of a run with a limit, in a line
    if [ "$status" = 0 ]; then
        awk -v s="$wall" -v kb="$peak" 'BEGIN { printf "%.1f s, %.0f MB\n", s, kb / 1000 }'
    else
        complaint=$(grep -oiE '(unable to|cannot) allocate.*' "$work/complaints" | tail -n 1 | sed 's/ for an array.*//')
        echo "${complaint:-stopped after $seconds_allowed s}"
    fi
}

at_the_limit() {
    awk -v n="$many" -f "$PEERS/places.awk" >"$work/many.csv"
    limited "$dmatrix" "$work/many.csv" -q --shape=square --format=npy -o /dev/null
    printf '  %-14s %-20s %s\n' dmatrix 'haversine, pool' "$(outcome)"
    echo "$limits" | while IFS='|' read -r program call; do
        there "$program" || continue
        ask "$program" "$call" square "$work/many.csv" </dev/null
        printf '  %-14s %-20s %s\n' "$(echo "${program#with_}" | sed 's/\..*//')" "$call" "$(outcome)"
    done
}

error_row() { # PROGRAM CALL SHAPE, of what $work/said has
    "$python" "$PEERS/errors.py" "$work/from.csv" "$work/to.csv" "$3" "$work/said" >"$work/errors" 2>"$work/complaints" ||
        tail -n 1 "$work/complaints" >"$work/errors"
    echo "$1|$2|$(cat "$work/errors")" | sed 's/^\([a-z]*\)\.[a-zA-Z]*/\1/'
}

hard_pairs() {
    awk -v from="$work/from.csv" -v to="$work/to.csv" -f "$PEERS/places.awk"
    {
        echo "||$(sed -n '2,9s/,XX.*//p' "$work/from.csv" | paste -s -d '|')"
        for metric in haversine geodesic; do
            limited "$dmatrix" "$work/from.csv" "$work/to.csv" -q --shape=paired --metric=$metric \
                --unit=m --precision=12 --no-header --format=csv
            sed -i 's/.*,//' "$work/said"
            case $metric in
            haversine) error_row dmatrix $metric 6371008.8 ;;
            *) error_row dmatrix $metric WGS84 ;;
            esac
        done
        echo "$shapes" | while IFS='|' read -r program call shape; do
            there "$program" || continue
            ask "$program" "$call" paired "$work/from.csv" "$work/to.csv" </dev/null
            error_row "${program#with_}" "$call" "$shape"
        done
    } | awk -F '|' '{
        printf "  %-11s %-19s", $1, $2
        for (i = 3; i <= NF; i++) printf " %16s", $i
        print ""
    }'
}

# Who is here.
: >"$work/installed"
echo "$peers" | while IFS='|' read -r program install; do
    # shellcheck disable=SC2254 # it is a pattern
    case $program in
    ${ONLY:-*}) ;;
    *) continue ;;
    esac
    ask "$program" version </dev/null
    if [ "$status" = 0 ]; then
        echo "$program" >>"$work/installed"
        echo "  $(cat "$work/said")"
    else
        echo "  ${program%.*} is not here: $install"
    fi
done
echo "  $("$dmatrix" --version | head -n 1); $(nproc) CPUs, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)"

for part in $parts; do
    case $part in
    square)
        printf '\nThe square of all distances, in memory (of dmatrix: a file in memory); %s rounds\n\n' "$rounds"
        compared square "$squares"
        ;;
    csv)
        printf '\nA CSV of pairs, in memory; %s rounds\n\n' "$rounds"
        compared csv "$tables"
        ;;
    limit)
        printf '\nThe square of %s locations with at most 8 GiB of memory\n\n' "$many"
        at_the_limit
        ;;
    hard)
        printf '\nLargest errors of hard pairs, 200 of each kind, on the radius or ellipsoid of each\n\n'
        hard_pairs
        ;;
    esac
done
