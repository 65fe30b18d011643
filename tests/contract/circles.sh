#!/bin/sh
# circles.sh ROOT OBJECTS: fails where modules of ROOT/src or ROOT/include need each other in a circle, and
# prints it: what each needs, and in brackets why.
#
# A module is x.c with x.h. It needs another whose header it includes, or whose functions or objects it
# uses, which the symbols of the object files below the folder OBJECTS tell, whatever header declares
# them.
set -eu
objects=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$1"

# MODULE NEEDED HEADER
find src include -name '*.[ch]' >"$work/files"
xargs grep -H '^ *# *include' /dev/null <"$work/files" |
    sed -n 's|^[a-z]*/\([^:]*\)\.[ch]:[^<"]*[<"]\([^>"]*\)\.h[>"].*|\1 \2 \2.h|p' >"$work/edges"

# MODULE NEEDED SYMBOL. The object of room/x.c is TARGET.dir/room/x.c.o, or room/CMakeFiles/TARGET.dir/x.c.o;
# kernels have several. Objects of files that are no more may still lie there.
cd "$objects"
find . -name '*.c.o' -exec nm -A -P {} + |
    sed 's|^\./\(.*/\)*CMakeFiles/[^/]*\.dir/\(.*\)\.c\.o: |\1\2 |' |
    awk '
    NR == FNR { is_source[$1] = 1; next }
    !(("src/" $1 ".c") in is_source) { next }
    $3 == "U" { used[$1 " " $2] = 1 }
    $3 ~ /^[TDRBVW]$/ { owner[$2] = $1 }
    END {
        for (use in used) {
            split(use, part, " ")
            if (part[2] in owner)
                print part[1], owner[part[2]], part[2]
        }
    }' "$work/files" - >"$work/uses"
sort -u "$work/edges" "$work/uses" | awk -v files="$(wc -l <"$work/files")" '
    # Prints the shortest way from a module back to it, if there is one, and names the modules on it.
    function print_circle(start,    before, queue, length_, i, at, next_, count, n, path) {
        queue[length_ = 1] = start
        for (i = 1; i <= length_; i++) {
            count = split(needs[queue[i]], next_, " ")
            for (n = 1; n <= count; n++)
                if (!(next_[n] in before)) {
                    before[next_[n]] = queue[i]
                    queue[++length_] = next_[n]
                }
        }
        if (!(start in before))
            return
        circles++
        at = start
        do {
            named[at] = 1
            path = " -> " at " (" why[before[at], at] ")" path
            at = before[at]
        } while (at != start)
        print "a circle: " start path
    }
    $1 != $2 && !(($1, $2) in why) {
        why[$1, $2] = $3
        if (!($1 in needs))
            modules[++module_count] = $1
        needs[$1] = needs[$1] " " $2
    }
    END {
        for (m = 1; m <= module_count; m++)
            if (!(modules[m] in named))
                print_circle(modules[m])
        print files " files, " (circles ? circles : "no") " circle" (circles > 1 ? "s" : "")
        exit circles > 0 || files == 0
    }'
