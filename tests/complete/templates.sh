#!/bin/sh
# templates.sh FOLDER COMPLETIONS: the templates of the completions in the folder, and what was made
# from them, are scripts without mistakes, as far as their shells and shellcheck can say. Exit status 77
# if none of these programs is there.
set -u
folder=$1 completions=$2
failures=0 readers=0

check() { # PROGRAM WORD...: if the program is there, it accepts this
    command -v "$1" >/dev/null || return
    readers=$((readers + 1))
    "$@" || { echo "$*: exit status $?"; failures=$((failures + 1)); }
}

for script in "$folder/dmatrix.bash" "$completions/dmatrix"; do
    check bash -n "$script"
    check shellcheck "$script"
done
for script in "$folder/dmatrix.zsh" "$completions/_dmatrix"; do
    check zsh -n "$script"
done
for script in "$folder/dmatrix.fish" "$completions/dmatrix.fish"; do
    check fish --no-execute "$script"
done
[ "$readers" -gt 0 ] || exit 77
exit "$failures"
