#!/bin/sh
# PostGIS in a server of its own, which is started in a temporary folder and ended afterwards; run.sh
# says how it is called. Reports the peak of the process that does the work.
set -eu
call=$1
for control in /usr/share/postgresql/*/extension/postgis.control; do :; done
[ -e "$control" ] || exit 1
bin=/usr/lib/postgresql/$(basename "$(dirname "$(dirname "$control")")")/bin

home=$(mktemp -d)
# The server refuses to be root's.
owner() { if [ "$(id -u)" = 0 ]; then (cd "$home" && runuser -u postgres -- "$@"); else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$home"
trap 'owner "$bin/pg_ctl" -D "$home/data" -m immediate stop >"$home/log" 2>&1; rm -rf "$home"' EXIT
trap 'exit 130' HUP INT TERM
owner "$bin/initdb" -D "$home/data" -A trust >"$home/log"
owner "$bin/pg_ctl" -D "$home/data" -w -l "$home/server" \
    -o "-k $home -c listen_addresses=" start >"$home/log"
sql() { owner "$bin/psql" -h "$home" -d postgres -qAt -v ON_ERROR_STOP=1 "$@"; }
sql -c 'SET client_min_messages = error; CREATE EXTENSION postgis'

if [ "$call" = version ]; then
    sql -c "SELECT 'PostGIS ' || postgis_lib_version() || ', PostgreSQL ' || current_setting('server_version')"
    exit
fi
what=$2 path=$3 argument=${4:-}

load() { # TABLE < POINTS
    sql -c "CREATE TABLE $1 (id serial, name text, country text, lat float8, lon float8)" \
        -c "COPY $1 (name, country, lat, lon) FROM STDIN CSV HEADER" \
        -c "ALTER TABLE $1 ADD g geometry" -c "UPDATE $1 SET g = ST_SetSRID(ST_MakePoint(lon, lat), 4326)" \
        -c "VACUUM FULL ANALYZE $1"
}
case $call in
ST_DistanceSphere) metres='ST_DistanceSphere(a.g, b.g)' ;;
*) metres='ST_Distance(a.g, b.g)' ;;
esac
as_geography() { # TABLE
    [ "$call" = ST_DistanceSphere ] ||
        sql -c "ALTER TABLE $1 ALTER g TYPE geography USING g::geography" -c "VACUUM FULL ANALYZE $1"
}
load a <"$path" && as_geography a

timed() { # STATEMENT
    sql <<EOF | awk '/^Time:/ { print "seconds", $2 / 1000 } /^VmHWM/ { print "peak", $2 }'
SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
\\timing on
$1
\\timing off
\\! grep VmHWM /proc/\$PID/status
EOF
}

case $what in
square) timed "SELECT sum($metres) FROM a CROSS JOIN a b;" ;;
csv)
    : >"$argument" && chmod 666 "$argument"
    timed "\\copy (SELECT a.name, b.name, round(($metres / 1000)::numeric, 6) FROM a JOIN a b ON a.id < b.id) TO '$argument' CSV HEADER"
    ;;
paired)
    load b <"$argument" && as_geography b
    sql -c "SELECT $metres FROM a JOIN b USING (id) ORDER BY id"
    ;;
esac
