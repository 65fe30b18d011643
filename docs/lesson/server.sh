#!/bin/sh
# server.sh [DELAY [PORT]]: start a routing server for a lesson, which waits for DELAY (20ms) before
# each answer. It listens on 127.0.0.1:PORT (5999), computes its distances, and ends after half an
# hour. The tests are built with it: cmake --workflow --preset release-all
delay=${1-20ms} port=${2-5999}
here=$(cd "$(dirname "$0")" && pwd)
server=$here/../../build/release/stub_server
if [ ! -x "$server" ]; then
    echo 'there is no build/release/stub_server: cmake --preset release && cmake --build --preset release-all' >&2
    exit 1
fi
listens() {
    command -v curl >/dev/null || return 1
    curl -s -o /dev/null "http://127.0.0.1:$port/"
}
if ! listens; then
    said=$(mktemp)
    trap 'rm -f "$said"' EXIT
    # Its standard input must stay open: it ends with that.
    sleep 1800 | "$server" --computed --unreachable=0.002 --delay="$delay" --port="$port" >"$said" 2>&1 &
    until grep -q '^listening on ' "$said"; do
        kill -0 $! 2>/dev/null || { cat "$said" >&2; exit 1; }
        sleep 0.1
    done
fi
echo "a routing server that takes $delay for an answer listens on 127.0.0.1:$port"
