#!/bin/sh
# can_fail.sh DMATRIX: pages that are wrong, each of which run.sh or unrun.sh must find out, and what
# --update makes of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dmatrix=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
page=$folder/page.md list=$folder/elsewhere.txt
: >"$list"

is() { # STATUS COMMAND...: its exit status, with the page that there is
    wanted=$1
    shift
    status=0
    "$@" >"$folder/said" 2>&1 || status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "exit status $status instead of $wanted for $*:"
        cat "$page" "$list" "$folder/said"
        exit 1
    fi
}

check() { # STATUS [--update|--slow]
    wanted=$1
    shift
    is "$wanted" sh "$here/run.sh" --list "$list" "$@" "$dmatrix" "$page"
}

expect() { # STATUS, with the page on standard input
    cat >"$page"
    check "$1"
}

all_fail() { # with the page on standard input, of whose commands none is well
    expect 1
    if ! grep -q ': \([0-9]*\) of \1 commands failed' "$folder/said"; then
        echo "some of these commands should fail, and do not:"
        cat "$folder/said"
        exit 1
    fi
}

hidden() { # STATUS, with the page on standard input: what unrun.sh has to say
    cat >"$page"
    is "$1" sh "$here/unrun.sh" --list "$list" "$page"
}

# Without times: to the byte.
expect 0 <<'END'
    $ echo a
    a
    $ echo 1; echo; echo 2
    1

    2

Text.

    $ echo 'a  '; echo
    a
    $ echo unseen
END
all_fail <<'END'
    $ echo 1
    2
    $ echo 1; echo 2
    1
    $ echo 1
    1
    2
    $ echo dmatrix: warning: noise; echo 1
    1
    $ :
    a
    $ echo a; exit 3
    a
    $ false
END
printf '    $ echo a\n    a\n\n    $ echo b\n    a\n' | expect 1

# With times: other lines stay to the byte, and none is missing.
expect 0 <<'END'
    $ echo took 12.5 ms
    took 3 us
    $ echo total 1.5 min
    total 3.2 s
    $ echo 12.5 M pairs/s
    31 pairs/s
    $ echo dmatrix: warning: noise; echo 1 ms
    2 ms
END
all_fail <<'END'
    $ echo took 1 MB
    took 1 ms
    $ echo 17 MB; echo 1 ms
    18 MB
    2 ms
    $ echo a 1 ms
    a 2 ms
    b 3 ms
END

# Tables of measurements: a row for each.
expect 0 <<'END'
    $ echo a; echo 'b  1 (95 %)'; echo 'c  2'
    a

    c  1 (95 %)  1 ms
    b  1
END
all_fail <<'END'
    $ echo a; echo 'b  1'
    a
    b  1 (95 %)  1 ms
    c  2
    $ echo b; echo 'b  1'
    a
    b  1 (95 %)  1 ms
END

# What commands find, and leave to the next.
expect 0 <<'END'
    $ echo a >file
    $ cat file
    a
    $ echo \
      a
    a
    $ build/release/dmatrix --version >version
    $ dmatrix --version | cmp version -
    $ ls data/cities.csv docs/testing.md; touch data/new
    data/cities.csv
    docs/testing.md
END
if [ -e "$here/../../data/new" ]; then
    echo "data/new was written into the project"
    exit 1
fi
printf '```r\nstop()\n```\n' >"$page"
if command -v Rscript >/dev/null; then check 1; fi
printf '```python\nassert 1 > 2\n```\n' >"$page"
if command -v python3 >/dev/null; then check 1; fi
printf '<!-- on a terminal of 70 columns -->\n    $ stty size | sed "s/.* //"\n    70\n' >"$page"
if command -v script >/dev/null; then check 0; fi
printf '<!-- on a terminal of 70 columns -->\n    $ false\n' >"$page"
if command -v script >/dev/null; then check 1; fi

# What a machine does not have. It has what the test itself needs.
mkdir "$folder/bin"
for tool in awk cat cmp comm cp date diff dirname grep ln mkdir mktemp rm sed sh sort tr; do
    ln -s "$(command -v "$tool")" "$folder/bin"
done
printf '    $ jq --version\n    $ echo a\n    a\n' >"$page"
(PATH=$folder/bin check 77)
printf '    $ jq --version\n    $ echo b\n    a\n' >"$page"
(PATH=$folder/bin check 1)

# Commands that are listed are not run, slow ones with --slow only.
printf 'fals*\n    not now\n' >"$list"
printf '    $ false\n' | expect 0
printf 'fals*\n    slow: not now\n' >"$list"
check 0
check 1 --slow

# Commands that hide.
: >"$list"
hidden 0 <<'END'
A file `dmatrix`, and `build/release/dmatrix a.csv`.

    $ dmatrix a.csv # a remark
    dmatrix b.csv

| `dmatrix a.csv` |

    make     time
    src/     all of it
END
hidden 1 <<'END'
    $dmatrix a.csv

    FEW=1 sh a.sh
    pandas.read_csv("a.csv")

```sh
cat a
```

See `dmatrix
a.csv`.

| a | `cmake --build b` |

    $ dmatrix b.csv
END
count=$(grep -c 'nothing runs' "$folder/said")
if [ "$count" -ne 6 ]; then
    echo "$count of 6 hidden commands are found:"
    cat "$folder/said"
    exit 1
fi
printf 'dmatrix *\n    not now\n' >"$list"
printf '    dmatrix a.csv\n' | hidden 0
printf 'dmatrix *\n    not now\nctest *\n    stale\n' >"$list"
printf '    dmatrix a.csv\n' | hidden 1
printf 'dmatrix *\ndmatrix *\n' >"$list" # no reason
printf '    dmatrix a.csv\n' | hidden 1
: >"$list"

# An update changes what is shown and nothing else, and passes the test.
cat >"$page" <<'END'
# A lesson

    $ echo new; echo; echo '  end'
    old
      line

    another

Text.

    $ echo unchanged >file
    $ cat file
    x


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
END
if ! diff "$folder/wanted" "$page"; then
    echo "... is what an update did otherwise"
    exit 1
fi
check 0
cp "$page" "$folder/before"
printf '    $ false\n' >>"$page"
cp "$page" "$folder/before"
check 1 --update
cmp "$folder/before" "$page"

# Links.
cat >"$page" <<'END_OF_PAGE'
# A heading, of words
[here](page.md) and [there](#a-heading-of-words), [elsewhere](https://example.org/nowhere)
END_OF_PAGE
is 0 sh "$here/links.sh" "$page"
for link in nowhere.md 'page.md#another-heading' '#another'; do
    echo "[wrong]($link)" >"$page"
    is 1 sh "$here/links.sh" "$page"
done

# Names of the code.
echo 'The `run/pipeline.c` that `dm_run()` calls, with `assert_int_equal()` in `dm_run_options.output`' >"$page"
is 0 sh "$here/names.sh" "$here/../.." "$page"
for name in 'run/nothing.c' 'dm_nothing()' 'dm_run_options.no_such'; do
    echo "A \`$name\`" >"$page"
    is 1 sh "$here/names.sh" "$here/../.." "$page"
done
