#!/bin/sh
# man.sh FOLDER: man and mandoc find nothing wrong with the manual pages in the folder. Exit status 77
# where neither is there.
set -u
folder=$1
failures=0 readers=0

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

[ "$failures" = 0 ] || exit 1
[ "$readers" -gt 0 ] || { echo 'neither man nor mandoc is there'; exit 77; }
