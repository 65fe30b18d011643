#!/bin/sh
# bash.sh COMPLETION: what bash offers in lines of dmatrix, where Tab is pressed at the end or where a
# ^ stands. Exit status 77 where there is no bash with mapfile.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bash -c 'type -t mapfile' >/dev/null 2>&1 || { echo 'there is no bash with mapfile'; exit 77; }
. "$here/common.sh"

offers() { # BREAKS TYPED
    bash --norc --noprofile "$here/offers.bash" "$completion" "$@"
}

expect offers usual <<'END'
dmatrix --ex|--executor= --export-csv= --export-json= --export-markdown=
dmatrix --comp|--compare --compare=
dmatrix --executor p|pool process
dmatrix --executor=p|pool process
dmatrix --executor=|async pool process serial thread
dmatrix --compare=serial,p|serial,pool serial,process
dmatrix --compare |cities.csv csv.d two words.csv
dmatrix --format=|append csv geojson json matrix mtx npy npz phylip summary summary-destinations tsplib
dmatrix --unit=m|m mi
dmatrix -o dis|distances.npy
dmatrix --output=dis|distances.npy
dmatrix --accuracy ci|cities.csv
dmatrix --accuracy=|
dmatrix --lat |
dmatrix --lat=|
dmatrix -j |
dmatrix |cities.csv csv.d two words.csv
dmatrix cities.csv tw|two words.csv
dmatrix no|notes.txt
dmatrix --exec^ cities.csv -q|--executor=
dmatrix cities.csv --executor=po^ -q|pool
END

expect offers no_equals_sign <<'END'
dmatrix --executor=p|--executor=pool --executor=process
dmatrix --executor p|pool process
dmatrix --compare=serial,p|--compare=serial,pool --compare=serial,process
dmatrix --output=dis|--output=distances.npy
dmatrix --accuracy=|
dmatrix --lat=|
dmatrix no|notes.txt
END

# The functions of the package bash-completion are neither needed nor in the way.
helpers=/usr/share/bash-completion/bash_completion
if [ -e "$helpers" ]; then
    BASH_ENV=$helpers
    export BASH_ENV
    expect offers usual <<'END'
dmatrix --exec|--executor=
dmatrix --executor=p|pool process
dmatrix tw|two words.csv
END
fi
exit "$failures"
