# common.sh: what the scripts beside it share.

# places SEED COUNT: a CSV file of so many places, anywhere, the same for the same seed.
places() {
    awk -v seed="$1" -v n="$2" 'BEGIN {
        srand(seed)
        print "name,lat,lon"
        for (i = 0; i < n; i++)
            printf "place %d,%.6f,%.6f\n", i, rand() * 180 - 90, rand() * 360 - 180
    }'
}

# listed DMATRIX KIND: the names under that heading of --list.
listed() {
    "$1" --list | awk -v heading="$2:" '/^[A-Z]/ { on = $1 == heading; next } on && /^  [^ ]/ { print $1 }'
}
