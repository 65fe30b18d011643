#!/bin/sh
# names.sh ROOT PAGE.md...: what a page names of the code in `backticks` is there: functions, `name()`,
# which some source defines or calls; what begins with dm_; files, `run/pipeline.c`. NAME.c and x.c are
# any.
set -u
root=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root" || exit 2
find src include tests docs -type f >"$work/files"
find src include tests docs \( -name '*.[ch]' -o -name CMakeLists.txt \) -exec cat {} + | grep -o '[A-Za-z_][A-Za-z0-9_]*' | sort -u >"$work/words"
failures=0

failed() {
    echo "$1"
    failures=$((failures + 1))
}

for page in "$@"; do
    # Code that is shown in a block is compiled or run elsewhere. A span may go over the end of a line.
    awk '/^ *```/ { in_block = !in_block; next } !in_block && !/^    /' "$page" | tr '\n' ' ' |
        grep -o '`[^`]*`' | tr -d '`' | sort -u >"$work/spans"
    while read -r span; do
        case $span in
        *[[:space:]]* | /* | *'<'* | *'{'* | *'*'* | *NAME.? | x.?) continue ;;
        *.c | *.h | *.sh | *.awk | *.cmake)
            file=$(printf '%s' "$span" | sed 's/[.]/[.]/g')
            grep -Eq "(^|/)$file\$" "$work/files" || [ -e "$span" ] ||
                failed "$page: there is no file $span" ;;
        *'()' | dm_* | DM_*)
            name=$(printf '%s' "$span" | sed 's/().*//; s/.*[.>]//; s/[[(].*//')
            grep -qx -- "$name" "$work/words" || failed "$page: the code has no $span" ;;
        esac
    done <"$work/spans"
done
[ "$failures" -eq 0 ]
