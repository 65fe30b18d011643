#!/bin/sh
# examples.sh DMATRIX CITIES FOLDER: the examples of the manual pages in the folder work, but for
# those of other programs, and those that draw where there is no gnuplot.
set -u
dmatrix=$1 cities=$2 folder=$(cd "$3" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/run"
ln -s "$dmatrix" "$work/bin/dmatrix"
PATH=$work/bin:$PATH
export PATH
unset DMATRIX_OPTIONS DMATRIX_ISA
failures=0 count=0

cd "$work/run" || exit 2
head -n 51 "$cities" >cities.csv
head -n 6 "$cities" >depots.csv
cp cities.csv customers.csv
gzip -k cities.csv

sed -n '/^\.EX$/,/^\.EE$/p' "$folder"/*.1 | sed '/^\.E[XE]$/d; s/\\(aq/'\''/g; s/\\//g' >"$work/examples"
while IFS= read -r example; do
    case $example in
    hyperfine* | ' '*) continue ;;
    *--plot*) command -v gnuplot >/dev/null || continue ;;
    esac
    count=$((count + 1))
    sh -c "$example" >"$work/out" 2>&1 </dev/null && continue
    echo "$example"
    cat "$work/out"
    failures=$((failures + 1))
done <"$work/examples"
echo "$count examples"
[ "$failures" = 0 ] && [ "$count" -gt 0 ]
