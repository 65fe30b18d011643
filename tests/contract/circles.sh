#!/bin/sh
# circles.sh ROOT OBJECTS: fails where files of ROOT/src lead in a circle, and prints it.
#
# A file leads to a header that it includes; and a source to one whose functions or objects it uses,
# which the symbols of the object files below the folder OBJECTS tell, whatever header declares them.
set -eu
objects=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$1/src"

find . -name '*.[ch]' | sed 's|^\./||' >"$work/files"
xargs grep -H '^ *# *include *"' /dev/null <"$work/files" |
    sed 's|^\([^:]*\):[^"]*"\([^"]*\)".*|\1 \2|' >"$work/edges"

# Objects of files that are no more may still lie there.
find "$objects" -name '*.c.o' -exec nm -A {} + |
    awk '
    NR == FNR { is_file[$1] = 1; next }
    {
        object = $1
        sub(/:[^:]*$/, "", object)
        sub(/.*\.dir\//, "", object)
        sub(/\.o$/, "", object)
    }
    !(object in is_file) { next }
    $(NF - 1) == "U" { used[object " " $NF] = 1 }
    $(NF - 1) ~ /^[TDRBVW]$/ { owner[$NF] = object }
    END {
        for (use in used) {
            split(use, part, " ")
            if (part[2] in owner)
                print part[1], owner[part[2]]
        }
    }' "$work/files" - >>"$work/edges"

# What leads to nothing, or what nothing leads to, is in no circle: taken away again and again, only
# circles remain, and what lies between them.
awk -v files="$(wc -l <"$work/files")" '
    $1 != $2 { from[NR] = $1; to[NR] = $2; alive[$1] = alive[$2] = 1; edges = NR }
    END {
        do {
            split("", leads)
            split("", led)
            for (i in from)
                if (alive[from[i]] && alive[to[i]])
                    leads[from[i]] = led[to[i]] = 1
            removed = 0
            for (file in alive)
                if (alive[file] && !((file in leads) && (file in led))) {
                    alive[file] = 0
                    removed = 1
                }
        } while (removed)
        for (file in alive)
            if (alive[file]) {
                circles = 1
                break
            }
        if (!circles) {
            print files " files, no circle"
            exit files == 0
        }
        for (i = 1; i <= edges; i++)
            if ((i in from) && alive[from[i]] && alive[to[i]])
                next_of[from[i]] = to[i]
        while (!(file in seen)) {
            seen[file] = 1
            file = next_of[file]
        }
        path = file
        for (at = next_of[file]; at != file; at = next_of[at])
            path = path " -> " at
        print "a circle: " path " -> " file
        exit 1
    }' "$work/edges"
