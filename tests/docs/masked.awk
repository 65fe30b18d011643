# masked.awk: what was printed, as it is on any machine. In lines that have a time, a rate, a size of
# memory or of a disk, a number of threads, or an instruction set, numbers become N and times T. The
# others stay as they are; with all=1 none does.
{
    kept = $0
    gsub(/[0-9][0-9,.]*/, "N")
    gsub(/N [kMG] /, "N ")
    gsub(/N threads/, "N thread")
    times = gsub(/N ?[num]?s([^a-z]|$)|N min([^a-z]|$)/, "T ")
    times += gsub(/instruction set [a-zN]+.*/, "instruction set")
    sub(/pairs\/s with [a-zN]+/, "pairs/s with ISA")
    gsub(/[ \t]+/, " ")
    sub(/ $/, "")
}
!(times || all || /N (pairs|locations)\/s|N .?B free|^ *memory |N (threads?|CPUs?|worker)|N times as/) {
    $0 = kept
}
{ print }
