# The table of what run.sh measured, a line a round:
# program|call|points|pairs|seconds|whole|KB|ns a pair of dmatrix on one thread beside it|metric
# The last two are empty for dmatrix, whose call is "METRIC, EXECUTOR".
#
# Times are the least of the rounds, because other programs on the machine only add to them. /serial and
# /pool are ns/pair divided by those of dmatrix in the same table; from-to is the range of the ratios to
# dmatrix on one thread in the same round.
function least(values, key,    i, best) {
    best = values[key, 1]
    for (i = 2; i <= rounds[key]; i++)
        if (values[key, i] + 0 < best + 0) best = values[key, i]
    return best
}

function most(values, key,    i, worst) {
    worst = values[key, 1]
    for (i = 2; i <= rounds[key]; i++)
        if (values[key, i] + 0 > worst + 0) worst = values[key, i]
    return worst
}

# ns a pair of dmatrix with this metric and executor.
function own(metric, executor,    key) {
    key = "dmatrix" FS metric ", " executor
    return least(call, key) * 1e9 / pairs[key]
}

function short(x) { return sprintf(x < 10 ? "%.1f" : "%.0f", x) }

BEGIN {
    FS = "|"
    form = "  %-10s %-23s %6s %9s %7s %7s %9s %6s %8s %8s  %s\n"
    printf form, "", "", "points", "M pairs", "call s", "whole s", "ns/pair", "MB", "/serial", "/pool", "from-to"
}

{
    key = $1 FS $2
    if (!(key in rounds)) order[++kinds] = key
    round = ++rounds[key]
    points[key] = $3
    pairs[key] = $4
    call[key, round] = $5
    whole[key, round] = $6
    peak[key, round] = $7
    beside[key] = $8 != ""
    serial[key, round] = $8
    metric[key] = $9
    if ($8) ratio[key, round] = $5 * 1e9 / $4 / $8
}

END {
    for (i = 1; i <= kinds; i++) {
        key = order[i]
        split(key, name, FS)
        ns = least(call, key) * 1e9 / pairs[key]
        to_serial = to_pool = spread = ""
        if (beside[key]) {
            to_serial = short(ns / own(metric[key], "serial"))
            to_pool = short(ns / own(metric[key], "pool"))
            spread = short(least(ratio, key)) "-" short(most(ratio, key))
        }
        printf form, name[1], name[2], points[key], sprintf("%.3f", pairs[key] / 1e6),
            sprintf("%.2f", least(call, key)), sprintf("%.2f", least(whole, key)), sprintf("%.1f", ns),
            sprintf("%.0f", most(peak, key) / 1000), to_serial, to_pool, spread
    }
}
