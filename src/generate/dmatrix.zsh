#compdef dmatrix
# Completion of dmatrix for zsh.

# _dmatrix_words OPTION: offer the words that can follow its =.
_dmatrix_words() {
    local option=$1
    local -a words
    shift
    case $option in
    # @WORDS@
    esac
    _describe -t words "value of $option" words "$@"
}

_dmatrix() {
    local -a arguments
    arguments=(
        # @OPTIONS@
    )
    _arguments -s -S $arguments \
        '1:LOCATIONS.csv:_files -g "*.(#i)csv"' \
        '2::DESTINATIONS.csv:_files -g "*.(#i)csv"'
}

if [[ $funcstack[1] == _dmatrix ]]; then
    _dmatrix "$@"
else
    compdef _dmatrix dmatrix
fi
