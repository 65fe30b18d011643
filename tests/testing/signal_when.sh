#!/bin/sh
# signal_when.sh SIGNAL CONDITION COMMAND...: run a command, and send it INT or TERM as soon as it catches that
# signal and the shell command CONDITION succeeds. The exit status is that of the command.
#
# The command replaces this shell and is not started with &, because it would ignore SIGINT then. The process
# that waits and signals is not a child of the command, and it ends with it.
set -u
signal=$1 condition=$2
shift 2
case $signal in INT) bit=0x2 ;; TERM) bit=0x4000 ;; *) exit 2 ;; esac
shell=$(readlink /proc/$$/exe)

# Return true if the command has replaced this shell and catches the signal.
is_ready() {
    [ "$(readlink /proc/$$/exe)" != "$shell" ] &&
        caught=$(sed -n 's/^SigCgt:.*\(....\)$/\1/p' /proc/$$/status) && [ $((0x${caught:-0} & bit)) != 0 ]
}

signal_it() {
    until is_ready && eval "$condition"; do
        kill -0 $$ || return
        sleep 0.01
    done
    kill -s "$signal" $$
}

(signal_it >/dev/null 2>&1 &)
exec "$@"
