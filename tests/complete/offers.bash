# offers.bash COMPLETION BREAKS TYPED: for each line of the file, does what bash does when Tab is
# pressed at its end, or where a ^ stands in it, and prints in a line what the completion then
# offers, sorted. BREAKS is usual, or no_equals_sign: then = does not part words.
# shellcheck shell=bash
. "$1"
[[ $2 == no_equals_sign ]] && COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
[[ $(complete -p dmatrix) =~ -F\ ([a-z_]+) ]] || exit 1
function=${BASH_REMATCH[1]}

split() { # TEXT: into words; a blank at its end begins one
    local text=$1
    [[ $COMP_WORDBREAKS == *=* ]] && text=${text//=/ = }
    read -ra words <<<"$text"
    [[ $1 == *' ' ]] && words+=('')
}

press_tab() { # LINE
    local after='' word words
    COMP_LINE=${1/^/} before=${1%%^*}
    COMP_POINT=${#before}
    [[ $1 == *^* ]] && after=${1#*^}
    split "$before"
    COMP_WORDS=("${words[@]}") COMP_CWORD=$((${#words[@]} - 1))
    word=${COMP_WORDS[COMP_CWORD]#=}
    split "$after"
    COMP_WORDS+=("${words[@]}")
    COMPREPLY=()
    "$function" dmatrix "$word" "${COMP_WORDS[COMP_CWORD - 1]}"
}

while IFS= read -r line; do
    press_tab "$line"
    if ((${#COMPREPLY[@]} > 1)); then
        mapfile -t COMPREPLY < <(printf '%s\n' "${COMPREPLY[@]}" | sort)
    fi
    printf '%s\n' "${COMPREPLY[*]}"
done <"$3"
