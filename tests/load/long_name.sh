#!/bin/sh
# long_name.sh DMATRIX WATCH MOST_KIB: a name of 10 MB, in every format. What is written is right to
# the byte: the same as with a short name, which then is put in the place of the long one.
set -u
. "$(dirname "$0")/common.sh"
dmatrix=$1 watch=$2 most=$3
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work" || exit 2
failures=0
head -c 10000000 /dev/zero | tr '\0' x >name
rows='\na,1,1\nb,2,2\nc,3,3\nd,4,4\n'
{ printf 'name,lat,lon\n'; cat name; printf ",0,0$rows"; } >long.csv
printf "name,lat,lon\n@@,0,0$rows" >short.csv

# Each @@ as the long name, one a line, since few programs like lines of 10 MB.
lengthen() {
    awk '{ while (at = index($0, "@@")) {
        printf "%s", substr($0, 1, at - 1)
        system("cat name")
        $0 = substr($0, at + 2)
    } print; fflush() }'
}

formats=$(listed "$dmatrix" Formats)
for format in $formats; do
    case $format in npz | mtx) continue ;; esac # for the results of a search
    speed='' limit=$most
    [ "$format" = json ] && speed=--speed=50
    [ "$format" = append ] && speed=--shape=sequence limit=$((most + 20000)) # keeps rows beside names
    "$watch" "$limit" 0 "$dmatrix" long.csv -q --format="$format" $speed >long 2>said
    status=$?
    "$dmatrix" short.csv -q --format="$format" $speed >short
    case $format in
    csv | matrix | phylip | append | geojson | summary*) lengthen <short >wanted ;;
    *) mv short wanted ;;
    esac
    if [ $status != 0 ] || ! cmp long wanted; then
        echo "$format: exit status $status"
        cat said
        failures=1
    fi
done
[ "$(echo "$formats" | wc -w)" -ge 3 ] || { echo '--list has no formats'; failures=1; }

# The parts of the matrix that are not its rows do not know of it: a shard without it is small.
"$watch" "$most" 0 "$dmatrix" long.csv -q --shard=4/4 >last 2>said && [ "$(wc -c <last)" -lt 100 ] ||
    { echo 'the last part'; cat said; failures=1; }

# A message that quotes it is short.
sed 's/^a,1,1$/a,north,1/' long.csv >bad.csv
"$dmatrix" bad.csv --lat="$(head -c 100000 name)" >out 2>said
status=$?
[ $status = 2 ] && [ "$(wc -c <said)" -lt 1000 ] || { echo "a long option: $status"; failures=1; }
exit $failures
