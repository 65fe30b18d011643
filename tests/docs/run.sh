#!/bin/sh
# run.sh [--update] [--slow] [--list FILE] DMATRIX PAGE.md...: runs every command of a page.
#
# A command is a line that begins with "    $ " (and those that follow where it ends with \); the
# indented lines after it are what it printed, on standard output and standard error. A block marked
# ```python or ```r is a command too. They run one after another in a temporary folder that looks like
# the project's after a build, with dmatrix on the PATH as well; what one makes is
# there for the next. Directly below <!-- on a terminal of 80 columns --> a command has such a terminal.
#
# A test: every command has to succeed, and where a page shows what it prints, to print
#
# - the same to the byte, but for blanks at the end of lines;
# - else, where times are shown, the same lines without warnings, in which only what masked.awk masks may
#   differ: how noisy the machine is decides which warnings there are;
# - else, where a table of measurements is shown, which has a range or workers in it, the first line but
#   for numbers, and a row for each row that is shown, known by the word it begins with.
#
# Commands that match a pattern of elsewhere.txt are not run, or only with --slow. Exit status 77: all
# that holds, but commands were left out because something they need is not here.
#
# With --update, what a page shows is replaced by what commands print now; where it shows nothing, it
# stays so. On a quiet machine:
#
#     sh tests/docs/run.sh --update build/release/dmatrix docs/lesson.md
set -u
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
update='' slow='' elsewhere=$here/elsewhere.txt
while :; do
    case ${1-} in
    --update) update=yes ;;
    --slow) slow=yes ;;
    --list) elsewhere=$2; shift ;;
    *) break ;;
    esac
    shift
done
dmatrix=$1
shift
case $dmatrix in /*) ;; *) dmatrix=$PWD/$dmatrix ;; esac
here_before=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
unset NO_COLOR DMATRIX_ISA DMATRIX_OPTIONS
cr=$(printf '\r') # ends lines on a terminal, and progress that is written over
TERM=dumb COLUMNS=94 PATH=$work/bin:$PATH # so that tables are as wide as the lesson's lines
export TERM COLUMNS PATH
. "$here/listed.sh"

# What may be missing without harm, as programs and as modules of Python and packages of R.
programs='Rscript cc gnuplot jq less ogrinfo python3 script taskset valgrind'
modules='numpy pandas scipy'
packages='ape'

# Loading it would take long.
has_module() { # MODULE PYTHON
    "$2" -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$1') is None)" 2>/dev/null
}

# The routing server of the pages gets a free port instead of 5999, with as many digits, and ends with this script.
port=$((6000 + $$ % 3000))
while curl -s -o /dev/null "http://127.0.0.1:$port/"; do port=$((port + 1)); done
furnish_server() {
    sed "s/5999/$port/; s|sleep 1800|while kill -0 $$ 2>/dev/null; do sleep 1; done|" \
        "$project/docs/lesson/server.sh" >"$work/run/docs/lesson/server.sh"
}

# The folder of this page, and a python3 that has NumPy and SciPy where there is one.
furnish() {
    rm -rf "$work/run" "$work/bin" "$work/steps"
    mkdir -p "$work/run/build/release/src" "$work/bin" "$work/steps"
    ln -s "$dmatrix" "$work/run/build/release"
    ln -s "$dmatrix" "$work/bin"
    for file in "${dmatrix%/*}"/src/libdmatrix.so*; do
        [ -e "$file" ] && ln -s "$file" "$work/run/build/release/src"
    done
    for file in "${dmatrix%/*}"/test_* "${dmatrix%/*}"/stub_server; do
        [ -x "$file" ] && ln -s "$file" "$work/run/build/release"
    done
    cp -R "$project/data" "$project/docs" "$work/run"
    furnish_server
    grep -q python "$page" || return # to save the time
    for python in /usr/bin/python3 python3; do
        has_module numpy "$python" && has_module scipy "$python" || continue
        ln -s "$(command -v "$python")" "$work/bin/python3"
        break
    done
}

# Without R itself, that is what is missing.
has_package() {
    ! command -v Rscript >/dev/null || Rscript -e "quit(status = !nzchar(system.file(package = '$1')))"
}

# What the command of this step needs that is not here, or nothing.
missing() {
    words=" $(awk '{ gsub(/[^A-Za-z0-9_.\/-]+/, " "); printf "%s ", $0 }' "$files.command")"
    [ "$kind" = python ] && words=" python3$words"
    [ "$kind" = r ] && words=" Rscript$words"
    case $words in *" --plot "*) words=" gnuplot$words" ;; esac
    [ -n "$columns" ] && words=" script$words"
    for program in $programs; do
        case $words in *" $program "*) command -v "$program" >/dev/null || echo "$program" ;; esac
        case $program,$words in
        script,*" script "*) script -qec true /dev/null >/dev/null 2>&1 || echo "a pseudo-terminal" ;;
        esac
    done
    for module in $modules; do
        case $words in
        *" import $module "* | *" from $module "*)
            has_module "$module" python3 || echo "Python's $module" ;;
        esac
    done
    for package in $packages; do
        case $kind:$words in
        r:*" $package "*) has_package "$package" || echo "R's $package" ;;
        esac
    done
    for word in $words; do
        case $word in build/release/test_*) [ -e "$word" ] || echo "$word" ;; esac
    done
    case $words in
    *" --metric road "*) [ -e "${dmatrix%/*}/server.so" ] || echo "server.so, which needs libcurl" ;;
    esac
    case $words in *taskset*) taskset -c 0 true 2>/dev/null || echo "CPU 0, to run on it alone" ;; esac
}

run() { # the command of this step
    case $kind in
    python) python3 "$files.command" ;;
    r) Rscript "$files.command" ;;
    *)
        if [ -n "$columns" ]; then
            # Warnings, which a terminal would wrap, are kept apart.
            (unset COLUMNS; script -qec "stty cols $columns; sh $files.command 2>$files.warnings" /dev/null) \
                >"$files.terminal"
            status=$?
            [ "$status" = 0 ] || cat "$files.warnings"
            sed "s/$cr\$//; s/.*$cr//" "$files.terminal"
            return $status
        else
            sh "$files.command"
        fi
        ;;
    esac
}

run_with_port() { # the same, with the free port instead of 5999
    sed "s/:5999/:$port/g" "$files.command" >"$files.ported"
    mv "$files.ported" "$files.command"
    run >"$files.ported" 2>&1 </dev/null
    status=$?
    sed "s/:$port/:5999/g" "$files.ported"
    return $status
}

neat() { # FILE: without blanks at the end of lines and of the file
    awk '{ sub(/[ \t]+$/, "") } /^$/ { blank = blank "\n"; next }
         { printf "%s%s\n", blank, $0; blank = "" }' "$1"
}

masked() { # FILE [all=1]
    grep -v '^dmatrix: warning: ' "$1" | awk -f "$here/masked.awk" ${2+"$2"} -
}

first_line() { # FILE
    masked "$1" all=1 | sed -n '/./{ s/^ //; p; q; }'
}

# The words that rows of tables begin with: lines with a gap before a number.
rows() { # FILE
    awk '$1 ~ /^[A-Za-z_-]+$/ && /[^ ]  +~?[0-9]/ { print $1 }' "$1" | sort -u
}

# What is wrong with what was printed, or nothing.
compare() {
    cmp -s "$files.shown" "$files.printed" && return
    neat "$files.shown" >"$work/wanted"
    neat "$files.printed" >"$work/got"
    cmp -s "$work/wanted" "$work/got" && return
    masked "$work/wanted" >"$work/wanted.masked"
    if cmp -s "$work/wanted" "$work/wanted.masked"; then
        diff "$work/wanted" "$work/got"
        return
    fi
    masked "$work/got" >"$work/got.masked"
    cmp -s "$work/wanted.masked" "$work/got.masked" && return
    if ! grep -q '(95 %)\|min … max\|^ *worker ' "$work/wanted"; then
        diff "$work/wanted.masked" "$work/got.masked"
        return
    fi
    wanted=$(first_line "$work/wanted")
    first=$(first_line "$work/got")
    if [ "$first" != "$wanted" ]; then
        echo "begins like '$first' instead of '$wanted'"
    fi
    rows "$work/wanted" >"$work/wanted.rows"
    rows "$work/got" >"$work/got.rows"
    for word in $(comm -23 "$work/wanted.rows" "$work/got.rows"); do
        echo "there is no row '$word'"
    done
}

failed() { # WHAT: of the command of this step
    printf "FAILED  %s\n" "$command"
    echo "$1" | sed 's/^/        /; 40q'
    failures=$((failures + 1))
}

take_step() {
    files=$work/steps/$step
    { read -r kind && read -r columns && read -r command; } <"$files.about"
    if listed "$command"; then
        case $slow$why in
        yesslow:*) ;;
        *) left=$((left + 1)); return ;;
        esac
    fi
    needed=$(missing)
    if [ -n "$needed" ]; then
        printf "skipped %s\n" "$command"
        echo "        here is no" $needed
        skipped=$((skipped + 1))
        return
    fi
    begin=$(date +%s)
    run_with_port >"$files.printed"
    status=$?
    printf "%2d s    %s\n" "$(($(date +%s) - begin))" "$command"
    if [ "$status" -ne 0 ]; then
        failed "exit status $status, after printing:"
        sed 40q "$files.printed"
        return
    fi
    [ -n "$update" ] || [ ! -e "$files.shown" ] && return
    wrong=$(compare)
    [ -n "$wrong" ] && failed "$wrong"
}

run_page() { # PAGE
    page=$1
    case $page in /*) ;; *) page=$here_before/$page ;; esac
    furnish
    cd "$work/run" || exit 2
    awk -v mode=cut -v steps="$work/steps" -f "$here/page.awk" "$page" || exit 2
    count=$(cat "$work/steps/count")
    failures=0 skipped=0 left=0 step=0
    while [ "$step" -lt "$count" ]; do
        step=$((step + 1))
        take_step
    done
    if [ "$failures" -gt 0 ]; then
        echo "$page: $failures of $count commands failed"
        result=1
        return
    fi
    if [ -n "$update" ]; then
        awk -v mode=put -v steps="$work/steps" -f "$here/page.awk" "$page" >"$work/updated" &&
            cat "$work/updated" >"$page" || exit 1
        echo "$page: what $count commands show is now what they print on this machine"
        return
    fi
    echo "$page: $((count - skipped - left)) of $count commands are well," \
        "$skipped were left out, $left are run elsewhere"
    [ "$skipped" -eq 0 ] || [ "$result" -ne 0 ] || result=77
}

[ -x "$dmatrix" ] || { echo "there is no $dmatrix"; exit 1; }
result=0
for page in "$@"; do
    run_page "$page"
done
exit $result
