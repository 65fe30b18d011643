#!/bin/sh
# links.sh PAGE.md...: every link of these pages to a file of the project leads somewhere, and one with
# a # to a heading.
set -u
failures=0

failed() { # WHERE WHAT
    echo "$1: $2"
    failures=$((failures + 1))
}

# The anchors of a page: its headings in lower case, without signs, blanks as hyphens.
anchors() { # PAGE
    sed -n '/^```/,/^```$/d; s/^#\{1,6\} //p' "$1" | tr '[:upper:] ' '[:lower:]-' | sed 's/[^a-z0-9_-]//g'
}

links=0
for page in "$@"; do
    odd=$(sed 's/`[^`]*`//g' "$page" | grep -e '](<' -e '](.* "' -e '^\[.*\]: ')
    [ -z "$odd" ] || failed "$page" "links of a form that is not looked into: $odd"
    for link in $(sed 's/`[^`]*`//g' "$page" | grep -o '](\([^) ]*\))' | sed 's/^](//; s/)$//'); do
        case $link in http://* | https://*) continue ;; esac
        links=$((links + 1))
        file=$(dirname "$page")/${link%%#*}
        [ -n "${link%%#*}" ] || file=$page
        [ -e "$file" ] || { failed "$page" "$link leads nowhere"; continue; }
        case $link in
        *'#'*) anchors "$file" | grep -qx -e "${link#*#}" || failed "$page" "$link: no such heading" ;;
        esac
    done
done
echo "$links links"
[ "$failures" -eq 0 ] && [ "$links" -gt 0 ]
