#!/bin/sh
# lesson.sh [--update] [DMATRIX [LESSON.md]]: runs every command of docs/lesson.md.
#
# A command is a line that begins with "    $ "; the indented lines after it are what it printed,
# on standard output and standard error. Commands run one after another in a temporary folder that
# looks like the project's after a build, by default with build/release/dmatrix.
#
# A test: every command has to succeed and to print something like what the lesson shows, since times
# are never the same: the first line, but for numbers and units of time, and a row for each row of a
# table that is shown, known by the word it begins with. Warnings are left alone: how noisy the
# machine is decides which there are. Exit status 77: all that holds, but commands were left out because
# something they need is not here.
#
# With --update, what the lesson shows is replaced by what commands print now. On a quiet machine:
#
#     sh tests/cli/lesson.sh --update
set -u
update=
[ "${1-}" = --update ] && update=yes && shift
project=$(cd "$(dirname "$0")/../.." && pwd)
dmatrix=${1-$project/build/release/dmatrix}
lesson=${2-$project/docs/lesson.md}
case $dmatrix in /*) ;; *) dmatrix=$PWD/$dmatrix ;; esac
case $lesson in /*) ;; *) lesson=$PWD/$lesson ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$work/run/build/release" "$work/steps"
ln -s "$dmatrix" "$work/run/build/release/dmatrix"
ln -s "$project/data" "$project/docs" "$work/run"
unset NO_COLOR DMATRIX_ISA DMATRIX_OPTIONS
TERM=dumb COLUMNS=94 # so that tables are as wide as the lesson's lines
export TERM COLUMNS

# steps/N.command and steps/N.shown, without the indentation.
awk -v steps="$work/steps" '
    /^    \$ / { n++; print substr($0, 7) >(steps "/" n ".command"); shown = 1; blank = ""; next }
    !shown     { next }
    /^ *$/     { blank = blank "\n"; next }
    /^    /    { printf "%s%s\n", blank, substr($0, 5) >(steps "/" n ".shown"); blank = ""; next }
               { shown = 0 }
    END        { print n + 0 >(steps "/count") }
' "$lesson" || exit 2
count=$(cat "$work/steps/count")
if [ "$count" -eq 0 ]; then
    echo "there is no command in $lesson"
    exit 1
fi

# What a command needs that is not here, or nothing.
missing() {
    case $1 in
    *python3*) command -v python3 >/dev/null || echo python3 ;;
    *taskset*) taskset -c 0 true 2>/dev/null || echo "CPU 0, to run on it alone" ;;
    esac
}

# The first line of what was printed, as it is on any machine: N numbers (of millions, too), T units
# of time.
first_line() {
    grep -v '^dmatrix: warning: ' "$1" | sed -n '/./{
        s/[0-9][0-9,.]*/N/g
        s/N [kMG] /N /g
        s/N min/T/g
        s/N \{0,1\}[num]\{0,1\}s\([^a-z]\|$\)/T\1/g
        s/[[:space:]]\{1,\}/ /g
        p
        q
    }'
}

# The words that rows of tables begin with: lines with a gap before a number.
rows() {
    awk '$1 ~ /^[A-Za-z_-]+$/ && /[^ ]  +~?[0-9]/ { print $1 }' "$1" | sort -u
}

failed() { # WHAT: of the command of this step
    printf "FAILED  %s\n" "$command"
    echo "        $1"
    failures=$((failures + 1))
}

failures=0 skipped=0 step=0
cd "$work/run" || exit 2
while [ "$step" -lt "$count" ]; do
    step=$((step + 1))
    files=$work/steps/$step
    command=$(cat "$files.command")
    touch "$files.shown"
    needed=$(missing "$command")
    if [ -n "$needed" ]; then
        printf "skipped %s\n" "$command"
        echo "        here is no $needed"
        skipped=$((skipped + 1))
        continue
    fi
    begin=$(date +%s)
    sh "$files.command" >"$files.printed" 2>&1 </dev/null
    status=$?
    printf "%2d s    %s\n" "$(($(date +%s) - begin))" "$command"
    if [ "$status" -ne 0 ]; then
        failed "exit status $status, after printing:"
        cat "$files.printed"
        continue
    fi
    [ -n "$update" ] && continue
    wanted=$(first_line "$files.shown")
    first=$(first_line "$files.printed")
    if [ "$first" != "$wanted" ]; then
        failed "begins like '$first' instead of '$wanted'"
        continue
    fi
    rows "$files.shown" >"$work/wanted"
    rows "$files.printed" >"$work/rows"
    for word in $(comm -23 "$work/wanted" "$work/rows"); do
        failed "there is no row '$word'"
    done
done

if [ "$failures" -gt 0 ]; then
    echo "$failures of $count failed"
    exit 1
fi
if [ -n "$update" ]; then
    awk -v steps="$work/steps" '
        function ended() { shown = 0; printf "%s", blank; blank = "" }
        /^    \$ / {
            ended()
            n++
            print
            file = steps "/" n ".printed"
            there = (getline line <file) >= 0
            close(file)
            while (there && (getline line <file) > 0)
                print (line ~ /[^ ]/ ? "    " line : "")
            if (there)
                shown = 1 # and is left out
            next
        }
        shown && /^ *$/ { blank = blank "\n"; next }
        shown && /^    / { blank = ""; next }
        { ended(); print }
        END { ended() }
    ' "$lesson" >"$work/updated" && cat "$work/updated" >"$lesson" || exit 1
    echo "$count commands, whose output is now that of this machine"
else
    echo "$((count - skipped)) of $count commands are well, $skipped were left out"
fi
[ "$skipped" -eq 0 ] || exit 77
