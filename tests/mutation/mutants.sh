# mutants.sh: what the scripts beside it share. They set `root`, and `every` to k where only each k-th
# mutant is to be tried, and read this, which takes them to a copy of the sources there; one number
# at a time is changed in it, and the test runs that is to notice. They exit with 1: one of these
# mutants survived, 2: not known. Compiles with $CC, else cc.
CC=${CC:-cc}
cmocka=$(pkg-config --cflags --libs cmocka)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
cp -R "$root/include" "$root/src" "$root/tests" "$work"
cd "$work"

flags="-std=c11 -O1 -ffp-contract=off -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -Itests"
helpers= # what every test is linked with
change=  # what is done to a number, such as "* 2"
turn=0
tried=0
survived=0
equivalents=0
: >equivalents

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 2
}

# compile TEST SOURCE...: the program `mutant`, of the unit test and what it looks at.
compile() {
    test=$1
    shift
    $CC $flags -o mutant "tests/unit/test_$test.c" "$@" $helpers $cmocka -lm -lz || fail "$test does not compile"
}

# passes TEST SOURCE...: without a change.
passes() {
    compile "$@"
    ./mutant >log 2>&1 || fail "test_$1 fails without any change: $(cat log)"
}

# equivalent PART: the mutants whose WHAT has this in it do the same as what they are made of, so that
# no test can notice them. They are tried, in case that changes, and not counted.
equivalent() {
    echo "$1" >>equivalents
}

# judge WHAT TEST SOURCE...: a mutant has to fail.
judge() {
    what=$1
    shift
    turn=$((turn + 1))
    [ $((turn % every)) = 0 ] || return 0
    compile "$@"
    same=0
    echo "$what" | grep -qFf equivalents && same=1
    equivalents=$((equivalents + same))
    tried=$((tried + 1 - same))
    if ./mutant >log 2>&1; then
        [ $same = 1 ] && return
        echo "survived: $what"
        survived=$((survived + 1))
    else
        [ $same = 0 ] || fail "said to be equivalent, but it is not: $what"
    fi
}

# mutate K FROM TO <OLD >NEW: changes the K-th of the numbers other than 0 in the lines from one that
# matches FROM to one that matches TO; "" and "" are all lines. Comments, names and what is in
# brackets are passed over. Fails where there is no K-th.
mutate() {
    awk -v k="$1" -v from="$2" -v to="$3" -v change="$change" '
        BEGIN {
            passed = "/[*].*|[[][^]]*[]]|[A-Za-z_][A-Za-z_0-9]*"
            number = "0x[0-9a-f.]*p[-+]?[0-9]*f?|0x[0-9a-f]*|[0-9][0-9.]*"
        }
        /^ [*]/ {
            print
            next
        }
        $0 ~ from { inside = 1 }
        {
            line = $0
            done = ""
            while (inside && match(line, passed "|" number)) {
                word = substr(line, RSTART, RLENGTH)
                if (word ~ /^[0-9]/ && word != "0" && ++count == k)
                    word = "(" word " " change (word ~ /x.*p.*f$/ ? "f" : "") ")"
                done = done substr(line, 1, RSTART - 1) word
                line = substr(line, RSTART + RLENGTH)
            }
            print done line
        }
        $0 ~ to { inside = 0 }
        END { exit count < k }'
}

# literals FILE FROM TO TEST SOURCE...: all the mutants of the numbers in these lines.
literals() {
    file=$1 from=$2 to=$3
    shift 3
    passes "$@"
    cp "$file" kept
    before=$tried
    survived_before=$survived
    k=1
    while mutate $k "$from" "$to" <kept >"$file"; do
        line=$(diff kept "$file" | sed -n 's/^> *//p')
        judge "$file: $line" "$@"
        k=$((k + 1))
    done
    cp kept "$file"
    [ $k -gt 1 ] || fail "no number in $file from $from to $to"
    tell "$file${from:+, ${from#double }}"
}

tell() {
    echo "$1: $((tried - before)) tried, $((tried - before - survived + survived_before)) killed"
}

# verdict: the end of a script.
verdict() {
    echo "$tried tried, $((tried - survived)) killed; equivalent: $equivalents"
    [ "$every" != 1 ] || [ $equivalents = "$(grep -c '' equivalents)" ] || fail 'not all that is equivalent was met once'
    [ $survived = 0 ]
}
