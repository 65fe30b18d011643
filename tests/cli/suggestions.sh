#!/bin/sh
# suggestions.sh DMATRIX MALFORMED WRITER...: take every way out that a message suggests. Each must
# succeed or at least lead to another error. The messages are those for the files of MALFORMED
# (tests/unit/malformed) and for the snippets that each WRITER writes. Files that are no tables are made
# with ogr2ogr where it is installed: there the suggestion must succeed.
set -u
dmatrix=$1 malformed=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/snippets" "$work/run"
ln -s "$dmatrix" "$work/bin/dmatrix"
PATH=$work/bin:$PATH
unset NO_COLOR COLUMNS DMATRIX_ISA DMATRIX_OPTIONS
cd "$work/run" || exit 2
failures=0 taken=0 solved=0 left_out=0

fail() { # MESSAGE
    echo "$1"
    failures=$((failures + 1))
}

# Print the ways out in a message, one a line, with a value for each placeholder.
ways_out() {
    sed -n 's/^dmatrix: .*(try \(.*\))$/\1/p; s/^dmatrix: .*(save it as FILE and try \(.*\))$/\1/p' |
        sed 's/, or --/\n--/g' |
        sed -e 's/--lat=COL/--lat=2/; s/--lon=COL/--lon=3/; s/--x=COL/--x=2/; s/--y=COL/--y=3/' \
            -e 's/--name=COL/--name=1/; s/--crs=NAME/--crs=EPSG:3857/; s/--encoding=NAME/--encoding=ISO-8859-1/' \
            -e 's/\([< ]\)FILE/\1x.csv/g'
}

# Print the words of a command line without the options that another sets again.
without() { # OPTIONS WAY
    for option in $1; do
        key=${option%%=*} key=${key#\'}
        case " $2 " in *" $key="* | *" $key "*) continue ;; esac
        printf ' %s' "$option"
    done
}

can_run() { # COMMAND: 1 if a program in it is missing
    for program in ogr2ogr unzip gzip bzip2 xz zstd lz4 tar; do
        case $1 in *"$program "*) command -v "$program" >/dev/null || return 1 ;; esac
    done
}

# take OPTIONS FILE MUST: run dmatrix on the file, then every way out; MUST=1: which must succeed
take() {
    # shellcheck disable=SC2086 # the options are words
    eval "dmatrix '$2' -q $1" >out 2>err && return
    ways_out <err >ways
    while IFS= read -r way; do
        case $way in
        --*) command="dmatrix '$2' -q$(without "$1" "$way") $way" ;;
        *) command="$way -q" ;;
        esac
        if ! can_run "$command"; then
            left_out=$((left_out + 1))
            continue
        fi
        taken=$((taken + 1))
        if sh -c "$command" >out 2>new </dev/null; then
            solved=$((solved + 1))
        elif [ "$3" = 1 ] || cmp -s err new; then
            fail "$2: $(cat err)"
            fail "... and then: $command"
            cat new
        fi
    done <ways
}

for file in "$malformed"/*.csv; do
    cp "$file" x.csv
    options=
    case $file in */planar_*) options=--metric=euclidean ;; esac
    take "$options" x.csv 0
done
from_files=$taken

for writer; do # of snippets
    rm -rf "$work/snippets"
    mkdir "$work/snippets"
    "$writer" "$work/snippets" || fail 'the snippets cannot be written'
    for file in "$work"/snippets/*.csv; do
        cp "$file" x.csv
        take "$(cat "${file%.csv}.options")" x.csv 0
    done
done
from_snippets=$((taken - from_files))

# Files of other programs.
if command -v ogr2ogr >/dev/null; then
    printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >points.csv
    points='-oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -a_srs EPSG:4326'
    made=0
    make() { # DRIVER FILE [OPTION]...
        driver=$1 made_file=$2
        shift 2
        # shellcheck disable=SC2086 # the options are words
        ogr2ogr -f "$driver" "$made_file" points.csv $points "$@" >/dev/null 2>&1 || return
        made=$((made + 1))
        take '' "$made_file" 1
    }
    make GeoJSON 'my points.geojson'
    make KML points.kml
    make GPX points.gpx -select name -nln waypoints
    make 'ESRI Shapefile' points.shp
    make GPKG points.gpkg
    make FlatGeobuf points.fgb
    make XLSX points.xlsx
    make ODS points.ods
    [ "$made" -ge 3 ] || fail "ogr2ogr made only $made files"
else
    echo 'no ogr2ogr: files of GIS programs and spreadsheets are left out'
fi
tar -cf points.tar x.csv && take '' points.tar 0
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >x.csv
tar -cf table.tar x.csv && take '' table.tar 1
gzip -c x.csv | gzip -c >twice.gz && take '' twice.gz 1

echo "$taken ways out taken ($from_files from files, $from_snippets from snippets), $solved succeeded, $left_out left out"
[ "$from_files" -ge 10 ] && [ "$from_snippets" -ge 20 ] || fail 'that is too few'
[ "$failures" = 0 ]
