# interactive.zsh: what pressed.zsh has its interactive shell do. Completion is there only while a
# line is being edited, so a key is bound to it.
fpath=($folder $fpath)
autoload -U compinit
compinit -u -D
setopt no_auto_list no_list_ambiguous no_auto_menu

complete_all() {
    local line
    while IFS= read -r line; do
        BUFFER=$line CURSOR=$#line
        zle complete-word
        print -r -- "$BUFFER" >>$answers
    done <$lines
    exit
}
zle -N complete_all
bindkey '^T' complete_all
print READY
