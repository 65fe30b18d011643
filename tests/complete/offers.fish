# offers.fish COMPLETION SHOWN TYPED: prints for each line of the file what the completion offers at
# its end, in the order of fish: the words, or the meaning of the first.
source $argv[1]
while read -l line
    set -l offers (complete -C $line)
    if test $argv[2] = words
        echo (string replace -r '\t.*' '' -- $offers)
    else
        string replace -r '^[^\t]*\t' '' -- $offers[1]
    end
end <$argv[3]
