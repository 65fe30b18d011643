#!/bin/sh
# lesson_can_fail.sh LESSON_SH DMATRIX: lessons that are wrong, each of which must be found out, and
# what --update makes of them.
set -eu
test=$1 dmatrix=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
lesson=$folder/lesson.md

check() { # STATUS [--update], of the lesson that there is
    wanted=$1
    shift
    status=0
    sh "$test" "$@" "$dmatrix" "$lesson" >"$folder/said" 2>&1 || status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "exit status $status instead of $wanted for:"
        cat "$lesson" "$folder/said"
        exit 1
    fi
}

expect() { # STATUS, with the lesson on standard input
    cat >"$lesson"
    check "$1"
}

printf 'Text.\n\n    $ echo took 12.5 ms\n    took 3 us\n\nText.\n' | expect 0
printf '    $ echo total 1.5 min\n    total 3.2 s\n' | expect 0
printf '    $ echo 12.5 M pairs/s\n    31 pairs/s\n' | expect 0
printf '    $ echo a; echo; echo "b  1"; echo "c  2"\n    a\n\n    c  1\n    b  1\n' | expect 0
printf '    $ echo a; echo b c 1\n    a\n    c d 1\n' | expect 0
printf '    $ echo dmatrix: warning: noise; echo a\n    a\n' | expect 0
printf '    $ echo a >file\n    $ cat file\n    a\n' | expect 0
printf '    $ build/release/dmatrix --version\n    dmatrix 1.2.3\n' | expect 0
printf '    $ ls data/cities.csv docs/architecture.md\n    data/cities.csv\n' | expect 0
printf 'Text without a command.\n\n    $no command\n' | expect 1
printf '    $ echo a; exit 3\n    a\n' | expect 1
printf '    $ echo a\n    b\n' | expect 1
printf '    $ echo a\n' | expect 1
printf '    $ :\n    a\n' | expect 1
printf '    $ echo took 1 MB\n    took 1 ms\n' | expect 1
printf '    $ echo a; echo "b  1"\n    a\n    b  1\n    c  2\n' | expect 1
printf '    $ echo a\n    a\n\n    $ echo b\n    a\n' | expect 1

# What a machine does not have. It has what the test itself needs.
mkdir "$folder/bin"
for tool in awk cat comm date dirname grep ln mkdir mktemp rm sed sh sort touch; do
    ln -s "$(command -v "$tool")" "$folder/bin"
done
printf '    $ python3 -c "print(1)"\n    1\n\n    $ echo a\n    a\n' >"$lesson"
(PATH=$folder/bin check 77)
printf '    $ python3 -c "print(1)"\n    1\n\n    $ echo b\n    a\n' >"$lesson"
(PATH=$folder/bin check 1)

# An update changes what is shown and nothing else, and passes the test.
cat >"$lesson" <<'END'
# A lesson

    $ echo new; echo; echo '  end'
    old
      line

    another

Text.

    $ echo unchanged >file
    $ cat file


    # no output

        code of a list

    $ echo last
END
check 1
check 0 --update
cat >"$folder/wanted" <<'END'
# A lesson

    $ echo new; echo; echo '  end'
    new

      end

Text.

    $ echo unchanged >file
    $ cat file
    unchanged

    $ echo last
    last
END
if ! diff "$folder/wanted" "$lesson"; then
    echo "... is what an update did otherwise"
    exit 1
fi
check 0
cp "$lesson" "$folder/before"
printf '    $ false\n' >>"$lesson"
cp "$lesson" "$folder/before"
check 1 --update
cmp "$folder/before" "$lesson"
