#!/bin/sh
# The distance matrix of QGIS, without a window; run.sh says how it is called. It knows csv alone. The
# program of Debian 12 behind the wrapper is called directly, as the wrapper hands it an option that it
# refuses.
set -eu
program=$(command -v qgis_process.bin || command -v qgis_process) || exit 1
HOME=$(mktemp -d)
export HOME QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$HOME"
trap 'rm -rf "$HOME"' EXIT
trap 'exit 130' HUP INT TERM
if [ "$1" = version ]; then
    "$program" --version 2>/dev/null | sed -n 's/^QGIS \([0-9.]*\).*/QGIS \1/p' | head -1
    exit
fi
path=$3 out=$4
"$program" plugins enable processing >"$HOME/log" 2>&1
points=$(($(wc -l <"$path") - 1))
layer="delimitedtext://file://$path?type=csv&xField=longitude&yField=latitude&crs=EPSG:4326&detectTypes=yes"
began=$(date +%s.%N)
"$program" run qgis:distancematrix --ELLIPSOID=EPSG:7030 -- INPUT="$layer" INPUT_FIELD=name TARGET="$layer" TARGET_FIELD=name \
    MATRIX_TYPE=0 NEAREST_POINTS=$((points - 1)) OUTPUT="$out" >"$HOME/log" 2>&1
echo "$began $(date +%s.%N)" | awk '{ print "seconds", $2 - $1 }'
