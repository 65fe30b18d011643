#!/bin/sh
# fish.sh COMPLETION: what fish offers in lines of dmatrix. Exit status 77 where there is no fish.
set -u
here=$(cd "$(dirname "$0")" && pwd)
command -v fish >/dev/null || { echo 'there is no fish'; exit 77; }
. "$here/common.sh"

offers() { # SHOWN TYPED: the words alone, or the first one with its meaning, for each line
    fish --no-config "$here/offers.fish" "$completion" "$@"
}

expect offers words <<'END'
dmatrix --exec|--executor
dmatrix --ver|--verbose --verify --version
dmatrix --executor=p|--executor=pool --executor=process
dmatrix --executor p|pool process
dmatrix --compare=serial,p|--compare=serial,pool --compare=serial,process
dmatrix --compare=|--compare=async --compare=pool --compare=process --compare=serial --compare=thread
dmatrix --compare ci|cities.csv
dmatrix --format=|--format=append --format=csv --format=geojson --format=json --format=matrix --format=mtx --format=npy --format=npz --format=phylip --format=summary --format=summary-destinations --format=tsplib
dmatrix -o dis|distances.npy
dmatrix --output=dis|--output=distances.npy
dmatrix |cities.csv two words.csv csv.d/ distances.npy notes.txt
dmatrix ci|cities.csv
dmatrix no|notes.txt
dmatrix --lat=|
dmatrix --lat |
END

expect offers meaning <<'END'
dmatrix --exec|how to run the work (default: pool)
dmatrix --unit=mi|miles of 1609.344 m
dmatrix --speed|travel speed in km/h, for the straight-line durations in json output
dmatrix --format=ph|PHYLIP's square matrix, with names of any length
END
exit "$failures"
