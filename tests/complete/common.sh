# common.sh - for scripts that look at completions, which source it: the file that is given, a folder
# with files to complete, and a table to compare with.
completion=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files" "$work/files/csv.d"
cd "$work/files" || exit 2
: >cities.csv
: >'two words.csv'
: >distances.npy
: >notes.txt
HOME=$work
export HOME
failures=0

# expect COMMAND...: each line of standard input is one that is typed, a | and what is wanted. The
# command is given a file with those that are typed, and prints as many lines.
expect() {
    cat >"$work/table"
    cut -d '|' -f 1 "$work/table" >"$work/typed"
    "$@" "$work/typed" >"$work/found" </dev/null || failures=1
    paste -d '|' "$work/typed" "$work/found" | diff "$work/table" - || failures=1
}
