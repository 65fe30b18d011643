#!/bin/sh
# stub.sh STUB_SERVER: test that the stub answers as the recorded server did, that its dialects agree,
# and that each fault happens. Exit status 77 without Python.
# shellcheck disable=SC2154 # serve.sh sets NAME_port, NAME_pid and serve_folder
set -eu
command -v python3 >/dev/null || { echo "there is no Python"; exit 77; }
here=$(cd "$(dirname "$0")" && pwd)
recording=$here/../data/osrm-monaco
STUB=$1
# shellcheck source-path=SCRIPTDIR source=serve.sh
. "$here/serve.sh"
ask() { python3 -B "$here/stub_checks.py" "$@"; }
monaco() { serve "$@" --table="$recording/exchanges.json" --places="$recording/places.csv"; }

monaco recorded --log="$serve_folder/log"
ask recorded "$recorded_port" "$recording/exchanges.json" "$serve_folder/log"

serve computed --computed --unreachable=0.2
ask computed "$computed_port"

serve snapped --computed --snap=2500
ask snapped "$snapped_port"

serve limited --computed --limit=12 --kind=osrm
ask limited "$limited_port"

serve rated --computed --rate=3/s
ask rated "$rated_port"

serve waiting --computed --delay=2s
ask waiting "$waiting_port"

# Each fault applies to one request, in this order.
faults='429=7 429-html 429-date=100 500 502 503 slow=120 cut close reset empty html redirect big-error=50000
huge=300000 huge-length=300000 truncated-json fewer-cells fewer-rows more-rows nan negative string
one-null off-road'
set --
for fault in $faults; do set -- "$@" "--fault=$fault:1"; done
for dialect in osrm valhalla ors; do
    serve faulty "$@" --computed --log="$serve_folder/log"
    # shellcheck disable=SC2086 # one argument a fault
    ask faults "$faulty_port" "$dialect" "$serve_folder/log" $faults
done

serve endless --computed --fault=huge --log="$serve_folder/log"
ask endless "$endless_port" "$serve_folder/log"

serve third --computed --fault=503:every=3
ask every_third "$third_port"

serve different --computed --fault=different=5:every=2
ask different "$different_port"

for wrong in --fault=none --fault=503:x --fault=503:every=0 --port=70000 --delay=20 --rate=3 --kind=no \
    --unreachable=2 --places=x; do
    if "$STUB" --computed "$wrong" </dev/null 2>"$serve_folder/said"; then
        echo "$wrong is taken"
        exit 1
    fi
    grep -q '^stub_server: ' "$serve_folder/said"
done

# curl waits for "100 Continue" with a long body, and uses the connection again.
if command -v curl >/dev/null; then
    python3 -c 'import json
print(json.dumps({"locations": [[7 + i / 1000, 43] for i in range(4000)],
                  "sources": [0], "destinations": list(range(2400))}))' >"$serve_folder/body"
    curl -sS -H 'Expect: 100-continue' --data-binary "@$serve_folder/body" \
        "http://127.0.0.1:$computed_port/v2/matrix/driving-car" "http://127.0.0.1:$computed_port/x" \
        -v -o "$serve_folder/one" -o "$serve_folder/two" 2>"$serve_folder/said"
    grep -q '^< HTTP/1.1 100 Continue' "$serve_folder/said"
    grep -qi 're-using existing' "$serve_folder/said"
    grep -q '"durations"' "$serve_folder/one"
else
    echo "no curl: left out"
fi

if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$serve_folder/key.pem" \
        -out "$serve_folder/cert.pem" 2>"$serve_folder/said" || { cat "$serve_folder/said"; exit 1; }
    serve_tls secure "$computed_port" "$serve_folder/cert.pem" "$serve_folder/key.pem"
    ask tls "$secure_port" "$serve_folder/cert.pem"
else
    echo "no openssl: left out"
fi

# A signal ends it with status 0, which unserve checks.
serve stopped --computed
kill -TERM "$stopped_pid"
unserve
