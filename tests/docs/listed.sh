# shellcheck shell=sh disable=SC2154
# listed.sh: for scripts that want to know of the list of commands that are run elsewhere, whose file is
# in $elsewhere.

tab=$(printf '\t')

# Pairs of lines: a pattern, and its reason.
entries=$(grep -v '^#\|^$' "$elsewhere")

# Whether a pattern means a command; the reason is in $why then.
listed() { # COMMAND
    while read -r pattern && read -r why; do
        # shellcheck disable=SC2254 # it is a pattern
        case $1 in $pattern) return 0 ;; esac
    done <<END
$entries
END
    return 1
}

# Whether one of the commands that page.awk lists is meant by a pattern.
matched() { # PATTERN <LIST
    while IFS=$tab read -r kind where command; do
        # shellcheck disable=SC2254 # it is a pattern
        case $command in $1) return 0 ;; esac
    done
    return 1
}
