#!/bin/sh
# unrun.sh [--list FILE] PAGE.md...: no command of these pages hides from run.sh.
#
# What looks like a command in a block, or in `code` of a text or a table with an argument behind it, has
# to be one that run.sh runs on one of the pages, but for where dmatrix is and for remarks, or to match a
# pattern of elsewhere.txt. And each pattern has to match something, with its reason below it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
elsewhere=$here/elsewhere.txt
[ "${1-}" = --list ] && elsewhere=$2 && shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/listed.sh"
failures=0

failed() { # WHERE WHAT
    echo "$1: $2"
    failures=$((failures + 1))
}

awk -v mode=list -f "$here/page.awk" "$@" >"$work/all" || exit 2

# Without those that are run: without remarks and folders of the build they are the same.
awk -F '\t' '
    { command = $3; gsub(/ +#  *.*/, "", command); gsub(/build\/release\/dmatrix/, "dmatrix", command) }
    $1 == "step" { run[command] = 1; next }
    NR > FNR && !($1 == "inline" && command in run)
' "$work/all" "$work/all" >"$work/others"
while IFS=$tab read -r kind where command; do
    listed "$command" ||
        failed "$where" "nothing runs '$command': make it a line '    \$ ...', or list it in elsewhere.txt"
done <"$work/others"

while IFS= read -r pattern && IFS= read -r why; do
    case $why in
    ' '*[a-z]*) ;;
    *) failed "$elsewhere" "the reason of '$pattern' should be in the line below it, indented" ;;
    esac
    matched "$pattern" <"$work/all" || failed "$elsewhere" "no page has '$pattern' any more"
done <<END
$entries
END

[ "$failures" -eq 0 ] || exit 1
echo "$(wc -l <"$work/all") commands in $# pages, each of which is run or listed"
