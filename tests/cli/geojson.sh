#!/bin/sh
# geojson.sh DMATRIX CITIES: what Python's json makes of geojson, compared with csv. Exit status 77
# where there is no Python.
set -eu
command -v python3 >/dev/null || {
    echo 'there is no python3'
    exit 77
}
exec python3 "$(dirname "$0")/geojson_reads.py" "$1" "$2"
