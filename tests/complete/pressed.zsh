# pressed.zsh COMPLETION TYPED: in a terminal of its own, has an interactive zsh complete each line
# of the file, and prints what each is after that.
zmodload zsh/zpty
typeset -x folder=$1:h lines=$2 answers=$(mktemp)

zpty shell zsh -f -i
zpty -w shell "source ${(q)0:A:h}/interactive.zsh"
zpty -r shell seen '*READY*'
zpty -w -n shell $'\C-t' # a key that has it complete all, and end
while zpty -r shell seen; do :; done
cat $answers
rm $answers
