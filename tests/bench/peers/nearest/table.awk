# The table of what run.sh measured, a line a round:
# input|peer|call|build|search|write|total|metric of dmatrix|total of dmatrix beside it|why it failed
# The last but one is empty for dmatrix, and where dmatrix was not measured.
#
# A row has the round with the least total, because other programs on the machine only add to it. /dmatrix is
# that total divided by the least one of dmatrix with the same input and metric; from-to is the range of the
# ratios of single rounds. A peer that is compared with two metrics has a row below each.
BEGIN {
    FS = "|"
    form = "  %-17s %-13s %-16s %8s %8s %8s %8s %8s  %s\n"
    printf form, "places", "", "", "build s", "search s", "write s", "total s", "/dmatrix", "from-to"
}

function short(x) { return sprintf(x < 10 ? "%.2f" : "%.0f", x) }

function seconds(x) { return x == "" ? "" : sprintf("%.3f", x) }

{
    key = $1 FS $2 FS $3 FS $8
    if (!(key in metric)) order[++kinds] = key
    metric[key] = $8
    if ($10 != "") {
        failed[key] = $10
        next
    }
    if (!(key in total) || $7 + 0 < total[key] + 0) {
        build[key] = $4
        search[key] = $5
        write[key] = $6
        total[key] = $7
    }
    if ($9 > 0) {
        ratio = $7 / $9
        if (!(key in least) || ratio < least[key]) least[key] = ratio
        if (!(key in most) || ratio > most[key]) most[key] = ratio
    }
}

END {
    for (i = 1; i <= kinds; i++) {
        key = order[i]
        split(key, name, FS)
        if (!(key in total)) {
            printf "  %-17s %-13s %-16s %s\n", name[1], name[2], name[3], failed[key]
            continue
        }
        own = name[1] FS "dmatrix" FS metric[key] FS metric[key]
        to = key in least && total[own] > 0 ? short(total[key] / total[own]) : ""
        spread = key in least ? short(least[key]) "-" short(most[key]) : ""
        line = sprintf(form, name[1], name[2], name[3], seconds(build[key]), seconds(search[key]),
            seconds(write[key]), seconds(total[key]), to, spread)
        sub(/ +\n/, "\n", line)
        printf "%s", line
    }
}
