#!/bin/sh
# files_around.sh DMATRIX: nothing is written but what was named, whatever lies around it; and who may
# read a new file, the umask or the old one says.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1" "$work/dmatrix"
cd "$work" || exit 2
printf 'name,lat,lon\nParis,48.8566,2.3522\nRome,41.9028,12.4964\n' >two.csv
mkdir here elsewhere
failures=0

expect() { # WHAT WANTED FOUND
    [ "$2" = "$3" ] && return
    printf '%s: "%s" instead of "%s"\n' "$1" "$3" "$2"
    failures=1
}

mode() { stat -c %a "$1"; }
lines() { wc -l <"$1"; }

# Links, folders and files under the names that the temporary file could take: a shell writes them
# and becomes the command, whose process number so is known. They stay as they are.
planted() { # OPTION...
    # shellcheck disable=SC2016 # in the other shell
    sh -c 'cd here && echo precious >../elsewhere/victim
        ln -s ../elsewhere/victim dmatrix-unfinished-$$-0
        ln -s ../elsewhere/nothing dmatrix-unfinished-$$-1
        mkdir dmatrix-unfinished-$$-2
        echo theirs >dmatrix-unfinished-$$-3
        exec ../dmatrix ../two.csv -q "$@"' sh "$@"
    expect "planted, $*: status" 0 $?
    expect "planted, $*: the file behind the link" precious "$(cat elsewhere/victim)"
    expect "planted, $*: elsewhere" victim "$(ls -A elsewhere)"
    expect "planted, $*: what was there" theirs "$(cat here/dmatrix-unfinished-*-3)"
    expect "planted, $*: names" 4 "$(ls here | grep -c unfinished)"
    rm -r here/dmatrix-unfinished-* elsewhere/victim
}
planted -o out
expect 'planted: the output' 2 "$(lines here/out)"
[ -L here/out ] && expect 'planted' 'a file' 'a link'
rm here/out
planted -o out --export-json=timings.json --export-csv=timings.csv
expect 'planted: all outputs' 'out timings.csv timings.json' "$(echo $(ls here))"
rm here/*

# The umask has its say about new files, the old file's mode about what takes its place. Bits that
# would lend rights to who runs it are not carried over.
for mask in 077:600 022:644 000:666; do
    (umask ${mask%:*}; ./dmatrix two.csv -q -o new --export-json=new.json)
    expect "umask ${mask%:*}" "${mask#*:} ${mask#*:}" "$(mode new) $(mode new.json)"
    rm new new.json
done
for modes in 640:640 600:600 444:444 6755:755; do
    echo old >kept
    chmod ${modes%:*} kept
    (umask 022; ./dmatrix two.csv -q -o kept 2>said)
    if [ -w kept ]; then
        expect "mode ${modes%:*}" "${modes#*:} 2" "$(mode kept) $(lines kept)"
    fi
    rm -f kept
done

# While it is written, nobody may read what they could not read before.
echo old >private
chmod 600 private
seen=no
for delay in 2 20 60; do # longer, if the file was there too briefly to be seen
    rm -f status
    (umask 000; ./dmatrix two.csv -q -o private --delay=${delay}s; echo $? >status) &
    until [ $seen != no ] || [ -e status ]; do
        for temporary in dmatrix-unfinished-*; do
            [ -e "$temporary" ] && seen=$(mode "$temporary")
        done
        sleep 0.1
    done
    wait
    [ $seen = no ] || break
done
expect 'mode of the temporary' 600 $seen
expect 'private: status, mode, lines' '0 600 2' "$(cat status) $(mode private) $(lines private)"
rm -f private status

# Links to a file are followed, one after another, and stay; what they name is replaced in its own
# folder. Links to nothing, and those that lead round in a circle, are refused.
echo old >elsewhere/target
ln -s elsewhere/target first
ln -s "$work/first" second
ln -s ../second here/third
./dmatrix two.csv -q -o here/third
expect 'chain: status' 0 $?
expect 'chain' '2 target third' "$(lines elsewhere/target) $(ls -A elsewhere) $(ls -A here)"
for link in first second here/third; do
    [ -L $link ] || expect "chain: $link" 'a link' 'a file'
done
ln -s round around
ln -s around round
./dmatrix two.csv -q -o around 2>said
expect 'circle: status' 1 $?
grep -q '^dmatrix: around: cannot find it: Too many levels of symbolic links$' said ||
    expect 'circle' 'a reason' "$(cat said)"
ln -s elsewhere/none dangling
./dmatrix two.csv -q -o dangling --export-json=x.json 2>said
expect 'dangling: status' 1 $?
expect 'dangling' 'target' "$(ls -A elsewhere)"
ln -s elsewhere/none2 dangling2
./dmatrix two.csv -q -o out --export-json=dangling2 2>said
expect 'dangling export: status' 1 $?
expect 'dangling export' 'target' "$(ls -A elsewhere)"

# A folder that is a link is gone into, and the temporary file with it.
ln -s elsewhere folder
./dmatrix two.csv -q -o folder/inside
expect 'folder' 'inside target' "$(echo $(ls -A elsewhere))"
ls -A | grep unfinished && failures=1
exit $failures
