#!/bin/sh
# serial_share.sh TIMINGS.json: how much of a run's time one thread works alone, from what --export-json
# wrote of it, and the limit that Amdahl's law sets.
awk -F '[:,]' '
    /"(load|prepare|finish)"/ { alone += $2 }
    /"total"/ { total = $2 }
    END {
        printf "%.1f %% is not parallel: at most %.1f times as fast\n",
            100 * alone / total, total / alone
    }' "$1"
