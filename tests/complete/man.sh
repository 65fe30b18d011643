#!/bin/sh
# man.sh FOLDER [DMATRIX-PLOT]: those who read manual pages find nothing wrong with those in the
# folder, and that of dmatrix-plot, if there is one, has the options of its --help. Exit status 77
# where nobody reads them.
set -u
folder=$1 plot=${2-}
failures=0 readers=0
text=$(mktemp)
trap 'rm "$text"' EXIT

complain() { # WHAT WARNINGS
    [ -z "$2" ] && return
    printf '%s:\n%s\n' "$1" "$2"
    failures=$((failures + 1))
}

for page in "$folder"/*.[13]; do
    if man --version 2>/dev/null | grep -q '^man [0-9]' && command -v groff >/dev/null; then
        readers=$((readers + 1))
        complain "man, of $page" "$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null)"
    fi
    if command -v mandoc >/dev/null; then
        readers=$((readers + 1))
        complain "mandoc, of $page" "$(mandoc -T lint -W warning "$page")"
    fi
    complain "marks left in $page" "$(grep -n '@[A-Z]*@' "$page")"
done

if [ -n "$plot" ]; then
    sed 's/\\f.//g; s/\\//g' "$folder/dmatrix-plot.1" >"$text"
    for option in $("$plot" --help | sed -n 's/^  \(-[a-z], \|    \)--\([a-z]*\).*/--\2/p'); do
        grep -q -e "^\(-[a-z], \)\{0,1\}$option" "$text" ||
            complain "$folder/dmatrix-plot.1" "no $option"
    done
fi
[ "$failures" = 0 ] || exit 1
[ "$readers" -gt 0 ] || { echo 'there is nobody to read manual pages'; exit 77; }
