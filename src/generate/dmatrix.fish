# Completion of dmatrix for fish.

# __dmatrix_words OPTION: print the words that can follow its =, each with its meaning.
function __dmatrix_words
    switch $argv[1]
        # @WORDS@
    end
end

# __dmatrix_list OPTION: print the same words, each after what is typed up to the last comma.
function __dmatrix_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    printf '%s\n' "$before"(__dmatrix_words $argv[1])
end

complete -c dmatrix -f -k -n 'not string match -q -- "-*" (commandline -ct)' \
    -a '(__fish_complete_suffix .csv)'
# @OPTIONS@
