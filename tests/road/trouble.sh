#!/bin/sh
# trouble.sh DMATRIX STUB_SERVER: servers that are not there, end, are not trusted or do not answer;
# limits of what is asked; runs that are interrupted.
# shellcheck disable=SC2154 # serve.sh sets NAME_port, NAME_pid and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
places=$recording/places.csv
head -4 "$places" >few.csv
echo old >old.csv
cp old.csv out.csv
monaco good
road "osrm:$good_port" -q --shape=square "$places" -o osrm.csv

# ---- not there ----
refused 1 'http://127.0.0.1:1 does not answer: .*is the server running' took 60000 \
    "$DMATRIX" --metric=road --server=osrm:http://127.0.0.1:1 few.csv -q --shape=square -o out.csv
refused 1 'no-such-host.invalid does not answer: ' took 40000 \
    "$DMATRIX" --metric=road --server=osrm:http://no-such-host.invalid few.csv -q --shape=square -o out.csv
serve osrm_only --computed --kind=osrm
refused 1 'status 404, there is no such service at this address' road "valhalla:$osrm_only_port" few.csv -q --shape=square -o out.csv
refused 2 'unknown kind\|osrm' road "google:$good_port" few.csv -q --shape=square -o out.csv
same old.csv out.csv

# ---- the server ends in the middle ----
monaco ends --limit=100 --delay=200ms --log=../ends.log
road "osrm:$ends_port" -q --shape=square "$places" -o out.csv -j2 2>said &
run=$!
until [ "$(requests ../ends.log)" -ge 6 ]; do sleep 0.05; done
kill "$ends_pid"
sleep 1.5 # requests that are made again meanwhile are refused
monaco back --limit=100 --port="$ends_port"
wait $run || fail "a server that was started again: $(cat said)"
same osrm.csv out.csv

# ---- limits ----
monaco limited --limit=100 --log=../limited.log
cp old.csv out.csv
refused 2 'all 9 requests have been made, and more are needed' \
    road "osrm:$limited_port" -q --shape=square "$places" -o out.csv --max-requests=9
same old.csv out.csv
[ "$(requests ../limited.log)" -le 9 ] || fail "there were more than 9 requests"
monaco small --limit=400 --log=../small.log
refused 2 'at least 4 requests are needed, more than 3; nothing was asked (try --max-requests=4, or --resume)' \
    road "osrm:$small_port" -q --shape=square "$places" --verify=300 -o out.csv --max-requests=3
[ "$(requests ../small.log)" = 0 ] || fail "something was asked"
for executor in pool process async; do
    monaco paced --limit=400 --log=../paced.log
    took_begin=$(now)
    road "osrm:$paced_port" -q --shape=square "$places" -o out.csv --rate=20/s --executor=$executor
    took_ms=$(($(now) - took_begin))
    kill "$paced_pid"
    made=$(requests ../paced.log)
    [ "$took_ms" -ge $(((made - 1) * 50)) ] || fail "$made requests in $took_ms ms at 20/s"
    [ "$made" -ge 9 ] || fail "$made requests are not enough for this test"
done

# ---- interrupted while waiting ----
serve slow --computed --delay=1000s --log=../slow.log
serve busy --computed --fault=429=1000 --log=../busy.log
for server in slow busy; do
    eval "port=\$${server}_port"
    log=../$server.log
    for executor in serial thread pool process async; do
        for signal in INT TERM; do
            cp old.csv out.csv
            status=0
            asked="[ \$(grep -c ' GET ' $log) -gt $(requests $log) ]"
            took 60000 sh "$here/../testing/signal_when.sh" $signal "$asked" "$DMATRIX" --metric=road \
                --server="osrm:http://127.0.0.1:$port" -q --shape=square few.csv -o out.csv \
                --executor=$executor 2>said || status=$?
            [ $status = 130 ] || fail "$executor: status $status after SIG$signal"
            grep -q 'dmatrix: interrupted' said || fail "no word of it: $(cat said)"
            same old.csv out.csv
        done
    done
done
only few.csv osrm.csv old.csv out.csv

# ---- TLS ----
if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout ../key.pem -out ../cert.pem 2>said || fail "$(cat said)"
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=elsewhere \
        -addext subjectAltName=DNS:elsewhere -keyout ../key2.pem -out ../cert2.pem 2>said || fail "$(cat said)"
    serve_tls secure "$good_port" ../cert.pem ../key.pem
    serve_tls elsewhere "$good_port" ../cert2.pem ../key2.pem
    secure() { "$DMATRIX" --metric=road --server="osrm:https://127.0.0.1:$1" -q --shape=square "$places" -o "$2"; }
    refused 1 'SSL_CERT_FILE names a file with certificates to trust' secure "$secure_port" out.csv
    (export SSL_CERT_FILE=../cert.pem && secure "$secure_port" again.csv)
    same osrm.csv again.csv
    SSL_CERT_FILE=../cert2.pem
    export SSL_CERT_FILE
    refused 1 'does not match\|SSL_CERT_FILE' secure "$elsewhere_port" out.csv
    unset SSL_CERT_FILE
    refused 1 '127.0.0.1' "$DMATRIX" --metric=road --server="osrm:https://127.0.0.1:$good_port" few.csv -q \
        --shape=square -o out.csv
    refused 1 '127.0.0.1' "$DMATRIX" --metric=road --server="osrm:http://127.0.0.1:$secure_port" few.csv -q \
        --shape=square -o out.csv
    same old.csv out.csv
else
    echo "no openssl: left out"
fi
unserve
