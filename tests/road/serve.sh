# shellcheck shell=sh
# serve.sh: start routing servers for a test. Source it, with STUB set to the path of stub_server:
#
#     STUB=$1
#     . "$(dirname "$0")/serve.sh"
#     serve first --computed --delay=20ms     # sets first_port and first_pid
#     serve_tls secure "$first_port" cert.pem key.pem
#     curl "http://127.0.0.1:$first_port/table/v1/driving/7.4,43.7;7.5,43.8"
#     unserve                                 # ends all of them; called at the end of the script
#
# The standard input of all servers is one fifo, and file descriptor 9 of this shell is its other end.
# So the servers end with the shell, even if it is killed. A script with its own trap for EXIT must
# call unserve in it.
serve_folder=$(mktemp -d)
serve_here=$(cd "$(dirname "$0")" && pwd)
serve_pids=
mkfifo "$serve_folder/input"
serve_status=0
trap 'serve_status=$?; unserve || serve_status=1; exit $serve_status' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# serve_command NAME COMMAND...: start a command that prints "listening on 127.0.0.1:PORT".
serve_command() {
    serve_name=$1
    shift
    mkfifo "$serve_folder/$serve_name"
    # 9>&-: a server that holds the other end of its own input would never see it close.
    "$@" <"$serve_folder/input" >"$serve_folder/$serve_name" 9>&- &
    serve_pids="$serve_pids $!"
    eval "${serve_name}_pid=$!"
    exec 9>"$serve_folder/input"
    serve_line=
    read -r serve_line <"$serve_folder/$serve_name" || :
    rm "$serve_folder/$serve_name"
    case $serve_line in
    "listening on 127.0.0.1:"*) eval "${serve_name}_port=${serve_line##*:}" ;;
    *)
        echo "no server: $*" >&2
        return 1
        ;;
    esac
}

serve() {
    serve_as=$1
    shift
    serve_command "$serve_as" "$STUB" "$@"
}

# serve_tls NAME TARGET_PORT CERT KEY: terminate TLS in front of another server.
serve_tls() {
    serve_as=$1
    shift
    serve_command "$serve_as" python3 "$serve_here/tls_front.py" 0 "$@"
}

# End the servers. Fail if one of them failed.
unserve() {
    serve_result=0
    exec 9>&-
    for serve_pid in $serve_pids; do wait "$serve_pid" || serve_result=1; done
    serve_pids=
    [ -z "$serve_folder" ] || rm -r "$serve_folder"
    serve_folder=
    return $serve_result
}
