# shellcheck shell=sh
# shellcheck disable=SC2034 # scripts that source this use its variables
# runs.sh: runs of dmatrix with the stub, for a test. Source it in a script that is called with the
# paths of dmatrix and of stub_server. It sources serve.sh, and changes to an empty folder.
command -v python3 >/dev/null || { echo "there is no Python"; exit 77; }
DMATRIX=$1
STUB=$2
here=$(cd "$(dirname "$0")" && pwd)
recording=$here/../data/osrm-monaco
# shellcheck source-path=SCRIPTDIR source=serve.sh
. "$here/serve.sh"
unset DMATRIX_OPTIONS DMATRIX_SERVER_KEY DMATRIX_ISA NO_COLOR COLUMNS SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
work=$serve_folder/work
mkdir "$work"
cd "$work" || exit 1

# random_places SEED COUNT SOUTH NORTH WEST EAST: print a table of places p0, p1, ...
random_places() {
    python3 -c '
import random
import sys
seed, count = map(int, sys.argv[1:3])
south, north, west, east = map(float, sys.argv[3:])
random.seed(seed)
print("name,lat,lon")
for i in range(count):
    print(f"p{i},{random.uniform(south, north):.6f},{random.uniform(west, east):.6f}")' "$@"
}

# monaco NAME OPTION...: a server with the recorded table.
monaco() { serve "$@" --table="$recording/exchanges.json" --places="$recording/places.csv"; }

# road KIND:PORT ARGUMENT...: run dmatrix by road.
road() {
    road_at=$1
    shift
    "$DMATRIX" --metric=road --server="${road_at%:*}:http://127.0.0.1:${road_at##*:}" --progress=never "$@"
}

check() { python3 -B "$here/runs_checks.py" "$@"; }

exec 8>&2 # the log of the test, also where standard error is redirected
fail() {
    echo "$*" >&8
    exit 1
}

# same FILE OTHER: fail if the contents differ.
same() { cmp "$1" "$2" || fail "$2 is not like $1"; }

# refused STATUS PATTERN COMMAND...: the command must end with this status and one line on standard
# error beside notes, which has the pattern of grep. It is left in the file `said`.
refused() {
    refused_status=$1
    refused_pattern=$2
    shift 2
    refused_result=0
    "$@" >said.out 2>said || refused_result=$?
    if [ "$refused_result" != "$refused_status" ] || ! grep -qe "$refused_pattern" said ||
        [ "$(grep -vc '^dmatrix: note: ' said)" != 1 ]; then
        cat said.out said >&2
        fail "status $refused_result instead of $refused_status, or no single line with '$refused_pattern': $*"
    fi
}

# requests LOG: print the number of requests in the log of a server.
requests() { grep -c ' \(GET\|POST\) ' "$1" || :; }

# only FILE...: fail if there are other files here, but said and said.out.
only() {
    only_here=$(find . ! -name . ! -name said ! -name said.out | sort)
    only_wanted=$(for only_file in "$@"; do echo "./$only_file"; done | sort)
    [ "$only_here" = "$only_wanted" ] || fail "left behind: $only_here; wanted: $only_wanted"
}

# now: print the time in milliseconds. took MS COMMAND...: run it, in at most so many.
now() { python3 -c 'import time; print(int(time.monotonic() * 1000))'; }
took() {
    took_most=$1
    shift
    took_begin=$(now)
    took_status=0
    "$@" || took_status=$?
    took_ms=$(($(now) - took_begin))
    [ "$took_ms" -le "$took_most" ] || fail "it took $took_ms ms, more than $took_most: $*"
    return $took_status
}
