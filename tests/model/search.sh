# search.sh: to be sourced by what looks through all that the model of its first argument can do.

command -v spin >/dev/null || {
    echo "spin is not installed"
    exit 77
}
model=$(cd "$(dirname "$0")" && pwd)/$1.pml
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# search SAFETY|NP MACROS: what pan prints goes to the file `found`. With SAFETY every state is
# looked at for what must not be; with NP, whether anybody can go round in a circle for ever.
search() {
    spin -a $2 "$model" >spun 2>&1 || { cat spun; exit 1; }
    ${CC:-cc} ${optimise:--O2} -w -D"$1" -DCOLLAPSE -DMEMLIM=4000 -o pan pan.c
    cycles=
    [ "$1" = SAFETY ] || cycles=-l
    ./pan $cycles -m20000 -w22 >found 2>&1 || true
}

# Whether all was searched, and nothing found.
complete() {
    grep -q 'errors: 0$' found && grep -q '^Full statespace search' found &&
        ! grep -q 'max search depth too small\|not completed\|out of memory\|interrupted' found
}
