# shellcheck shell=bash
# Completion of dmatrix for bash. It does not need the package bash-completion.

# _dmatrix_value OPTION JOINED: set `takes` to the kind of the option's value (word, list, file, any;
# empty if it takes none) and `words` to the words to choose from. JOINED is set if the value follows
# a = and not a space.
_dmatrix_value() {
    case $1 in
    # @VALUES@
    esac
}

_dmatrix_options() {
    compgen -W '@OPTIONS@' -- "$1"
}

# Offer CSV files and folders; all files if no CSV file matches.
_dmatrix_locations() {
    if compgen -f -X '!*.[cC][sS][vV]' -- "$1"; then
        compgen -d -- "$1"
    else
        compgen -f -- "$1"
    fi
}

_dmatrix() {
    local whole=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
    local word=${2-$whole} joined='' kept='' takes='' words=''
    # A = is a word of its own unless it was removed from COMP_WORDBREAKS.
    if [[ $whole == = ]]; then
        joined=1 word=''
    elif [[ $option == = ]]; then
        joined=1 option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $word == --*=* ]]; then
        joined=1 option=${word%%=*} kept=${word%%=*}= word=${word#*=}
    fi
    COMPREPLY=()
    _dmatrix_value "$option" "$joined"
    if [[ $takes == list && $word == *,* ]]; then
        kept+=${word%,*}, word=${word##*,}
    fi
    case $takes in
    word | list) mapfile -t COMPREPLY < <(compgen -P "$kept" -W "$words" -- "$word") ;;
    file) mapfile -t COMPREPLY < <(compgen -P "$kept" -f -- "$word") ;;
    '')
        if [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(_dmatrix_options "$word")
        elif [[ ! $joined ]]; then
            takes='file'
            mapfile -t COMPREPLY < <(_dmatrix_locations "$word")
        fi
        ;;
    esac
    # Add no space after a word that will be continued.
    if [[ $takes == list || ${COMPREPLY[0]-} == *= ]]; then
        compopt -o nospace 2>/dev/null
    elif [[ $takes == file ]]; then
        compopt -o filenames 2>/dev/null
    fi
}

complete -F _dmatrix dmatrix
