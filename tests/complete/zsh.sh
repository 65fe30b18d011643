#!/bin/sh
# zsh.sh COMPLETION: what zsh makes of lines of dmatrix when Tab is pressed. Exit status 77 where
# there is no zsh with terminals of its own.
set -u
here=$(cd "$(dirname "$0")" && pwd)
zsh -f -c 'zmodload zsh/zpty' 2>/dev/null || { echo 'there is no zsh with terminals'; exit 77; }
. "$here/common.sh"
zsh -n "$completion" || exit 1

expect zsh -f "$here/pressed.zsh" "$completion" <<'END'
dmatrix --exec|dmatrix --executor=
dmatrix --executor=pr|dmatrix --executor=process 
dmatrix --executor pr|dmatrix --executor process 
dmatrix --compare=serial,po|dmatrix --compare=serial,pool,
dmatrix --compare=pool,serial,t|dmatrix --compare=pool,serial,thread,
dmatrix --compare ci|dmatrix --compare cities.csv 
dmatrix --format=js|dmatrix --format=json 
dmatrix --ellipsoid=WGS8|dmatrix --ellipsoid=WGS84 
dmatrix --grain=1,a|dmatrix --grain=1,auto,
dmatrix -o dis|dmatrix -o distances.npy 
dmatrix -qo dis|dmatrix -qo distances.npy 
dmatrix --output=dis|dmatrix --output=distances.npy 
dmatrix ci|dmatrix cities.csv 
dmatrix cities.csv tw|dmatrix cities.csv two\ words.csv 
dmatrix cs|dmatrix csv.d/
dmatrix no|dmatrix notes.txt 
dmatrix --lat=ci|dmatrix --lat=ci
END
exit "$failures"
