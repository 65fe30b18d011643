# page.awk: what is a command in a page, for all who have to know.
#
#     mode=cut steps=FOLDER    FOLDER/N.command, N.shown where something is, and N.about: the kind (sh,
#                              python, r), the columns of the terminal that is asked for, or nothing,
#                              and the command in one line; FOLDER/count
#     mode=put steps=FOLDER    the page, with N.printed for what it shows, where both are there
#     mode=list                lines of three columns, parted by tabs: step, block or inline; where;
#                              and a command that is run, or what looks like one elsewhere
function name(what) { return steps "/" n "." what }

function list(what, where, text) {
    if (mode == "list")
        printf "%s\t%s:%d\t%s\n", what, FILENAME, where, text
}

function step(what) {
    n++
    kind = what
    command = ""
    start = FNR
    text_ends()
}

function step_ends() {
    list("step", start, command)
    if (mode == "cut")
        printf "%s\n%s\n%s\n", kind, columns, command >name("about")
}

# Takes a line of the command, whose last one has no \ at its end.
function take(line) {
    if (mode == "cut")
        print line >name("command")
    continued = line ~ /\\$/
    if (continued)
        sub(/ *\\$/, "", line)
    sub(/^ +/, "", line)
    command = command (command == "" ? "" : " ") line
    if (!continued) {
        step_ends()
        shown = 1
        replaced = 0
    }
}

function shown_ends() {
    if (shown && mode == "put")
        printf "%s", blank
    blank = ""
    shown = 0
}

# Takes a line of what is shown, and leaves it out where another one takes its place. Blank lines at
# the end are the page's own.
function show(line,    text, between) {
    if (mode == "cut")
        printf "%s%s\n", blank, line >name("shown")
    if (mode == "put" && !replaced) {
        while ((getline text <name("printed")) > 0) {
            replaced = 1
            if (text == "") {
                between = between "\n"
                continue
            }
            print between "    " text
            between = ""
        }
        if (!replaced) { # it was not run
            printf "%s", blank
            print
        }
    }
    blank = ""
}

# What looks like a command in a block, or like a call in Python or R.
function suspicious(line) {
    sub(/^([A-Z_]+=[^ ]* )+/, "", line)
    return line ~ /^\$/ || line ~ /^[a-z0-9]+(\.|::)[A-Za-z_.]+\(/ || line ~ /^(\.ci|build)\// ||
        line ~ /^(dmatrix|cmake|ctest|ninja|make|sh|bash|env|export|for|while|if|cat|cd|cp|cmp|curl|diff|echo|find|git|grep|head|hyperfine|jq|kill|less|ls|man|mkdir|mv|printf|python3?|rapidnj|Rscript|sed|sudo|apt|apt-get|tail|taskset|time|ulimit|valgrind)( [^ =<>~≤]|$)/
}

# `code` in the text, which may go over the ends of lines.
function text_ends(    i, parts, count) {
    count = split(text, parts, "`")
    for (i = 2; i <= count; i += 2)
        if (parts[i] ~ /^(dmatrix|build\/[a-z]+\/[^ ]+|cmake|ctest|sh|\.ci\/[a-z]+|DMATRIX_[A-Z]+=[^ ]+) ./)
            list("inline", text_start, parts[i])
    text = ""
}

FNR == 1 { text_ends(); fence = ""; continued = shown = 0 }
mode == "put" && !(shown && (/^ *$/ || (/^    / && !/^    \$ /))) { shown_ends(); print }

fence != "" && /^```/ {
    if (runs)
        step_ends()
    fence = ""
    next
}
fence != "" {
    if (runs && mode == "cut")
        print >name("command")
    command = command (command == "" ? "" : " ") $0
    if (!runs && fence !~ /^```c$/ && suspicious($0)) # C has while and for, too
        list("block", FNR, $0)
    next
}
continued { take(substr($0, 5)); next }
/^```/ {
    shown_ends()
    fence = $0
    runs = /^```(python|r)$/
    if (runs)
        step(substr($0, 4))
    next
}
/^    \$ / { shown_ends(); step("sh"); take(substr($0, 7)); next }
shown && /^ *$/ { blank = blank "\n"; next }
shown && /^    / { show(substr($0, 5)); next }
{ shown_ends() }
/^<!-- on a terminal of [0-9]+ columns -->$/ { text_ends(); columns = $6; next }
/^ *$/ { text_ends(); next }
/^    / {
    text_ends()
    line = $0
    sub(/^ +/, "", line)
    if (suspicious(line))
        list("block", FNR, line)
    next
}
/^\|/ { text_ends(); gsub(/\\\|/, "|") }
{
    columns = ""
    if (text == "")
        text_start = FNR
    text = text (text == "" ? "" : " ") $0
}
/^\|/ { text_ends() }
END {
    text_ends()
    shown_ends()
    if (mode == "cut")
        print n + 0 >(steps "/count")
}
