#!/bin/sh
# secrets.sh DMATRIX STUB_SERVER: keys and passwords reach the server, and appear nowhere else.
# shellcheck disable=SC2154 # serve.sh sets NAME_port and serve_folder
set -eu
# shellcheck source-path=SCRIPTDIR source=runs.sh
. "$(dirname "$0")/runs.sh"
head -31 "$recording/places.csv" >places.csv
echo old >old.csv
monaco good --log=../good.log
monaco limited --limit=100 --log=../limited.log
monaco broken --fault=500 --log=../broken.log
serve_command echoing python3 -B "$here/echo_server.py"
secret=k3yZ9q

# run: run dmatrix with a secret, in the way of $way, on the server at $1.
with() {
    port=$1
    shift
    at=127.0.0.1:$port
    set -- --metric=road --shape=square places.csv "$@"
    case $way in
    header) "$DMATRIX" "$@" --server="osrm:http://$at" --server-header="Authorization: Bearer $secret" ;;
    word) "$DMATRIX" "$@" --server="osrm:http://$at" --server-header "Authorization: $secret" ;;
    short) "$DMATRIX" "$@" --server="osrm:http://$at" --server-h="Authorization:Key $secret" ;;
    short_word) "$DMATRIX" --server-he "Authorization: $secret" "$@" --server="osrm:http://$at" ;;
    key) DMATRIX_SERVER_KEY=$secret "$DMATRIX" "$@" --server="osrm:http://$at" ;;
    key_header) DMATRIX_SERVER_KEY="Authorization: Bearer $secret" "$DMATRIX" "$@" --server="osrm:http://$at" ;;
    options) DMATRIX_OPTIONS="--server-header='Authorization: Bearer $secret' --server=osrm:http://$at" "$DMATRIX" "$@" ;;
    options_word) DMATRIX_OPTIONS="--server=osrm:http://$at --server-h \"Authorization: $secret\"" "$DMATRIX" "$@" ;;
    url) "$DMATRIX" "$@" --server="osrm:http://me$secret:$secret@$at" ;;
    url_at) "$DMATRIX" "$@" --server "osrm:http://me:a@$secret'@$at" ;;
    url_options) DMATRIX_OPTIONS="--server=osrm:http://me:$secret'x@$at" "$DMATRIX" "$@" ;;
    esac
}

# silent COMMAND...: run it; the secret must be in nothing that it writes.
silent() {
    result=0
    "$@" >../out 2>../err || result=$?
    encoded=$(printf '%s' "me$secret:$secret" | base64)
    if grep -rqF -e "$secret" -e "$encoded" ..; then
        grep -rF -e "$secret" -e "$encoded" .. >&2
        fail "the secret of $way is shown: $*"
    fi
}

# ends STATUS: the last silent command must have ended so.
ends() { [ "$result" = "$1" ] || fail "$way: status $result instead of $1: $(cat ../err)"; }

for way in header word short short_word key key_header options options_word url url_at; do
    : >../good.log
    silent with "$good_port" -o out.csv -v
    ends 0
    grep -q ' auth$' ../good.log || fail "$way: the server got no key"
    silent with "$good_port" -o out.csv -v --export-json - --export-csv=export.csv
    ends 0
    grep -q '"command"' ../out || fail "there is no command in the export"
    silent with "$good_port" --compare=serial,async --runs=2 --export-json=export.json --export-markdown=export.md
    ends 0
    silent with "$good_port" --dry-run -v
    ends 0
    silent with "$good_port" --nearest=2 -o out.csv -v
    ends 0
    silent with "$limited_port" -o kept.csv --resume --max-requests=12 -v
    ends 2
    [ -e kept.csv.dmatrix-road ] || fail "there is no store"
    silent with "$limited_port" -o kept.csv --resume --profile=other -v
    ends 2
    rm kept.csv.dmatrix-road
    silent with "$broken_port" -o out.csv
    ends 1
    silent with "$echoing_port" -o out.csv
    ends 1
    grep -q '\*\*\*' ../err || fail "$way: the server did not repeat the key: $(cat ../err)"
    silent with 1 -o out.csv
    ends 1
    for wrong in --no-such-option --metric=none --format=phylip --profile= --unit=none --max-snap=x \
        --server-option=annotations=x no-such-file.csv "--server-option=x"; do
        silent with "$good_port" "$wrong"
        [ "$result" != 0 ] || fail "$wrong is taken"
    done
done

# What is malformed, or not in quotes.
way=malformed
malformed() { silent "$DMATRIX" --metric=road --shape=square places.csv "$@"; ends 2; }
at=127.0.0.1:$good_port
malformed --server="osrm:http://$at" --server-header="$secret"
malformed --server="osrm:http://$at" --server-header=" : $secret"
malformed --server="osrm:http://$at" --server-header Authorization: Bearer "$secret"
malformed --server="osrm:http://$at" --server-header "Authorization: $secret
X: y"
malformed --server="http://me:$secret@$at"
malformed --server="osrm:ftp://me:$secret@$at"
malformed --server="osrm:http://me:$secret/@$at"
malformed --server="osrm:http://me:$secret x@$at"
malformed --server="osrm:http://me:$secret?x@$at"
malformed --server="none:http://me:$secret@$at"
defaults() { DMATRIX_OPTIONS=$1 "$DMATRIX" --metric=road --shape=square places.csv -o out.csv; }
for wrong in "--server=osrm:http://$at --server-header=Authorization: $secret" \
    "--server=osrm:http://$at --server-header Authorization: Bearer $secret" \
    "--server=osrm:http://$at --server-header=Authorization:Bearer $secret" \
    "--server=osrm:http://$at '--server-header=Authorization: $secret" \
    "--server=osrm:http://$at --none --server-header='Authorization: $secret'" \
    "--server=osrm:http://me:$secret/x@$at"; do
    silent defaults "$wrong"
    ends 2
done
long=$(printf "%05000d$secret" 1)
silent env DMATRIX_SERVER_KEY="$long" "$DMATRIX" --metric=road --server="osrm:http://$at" --shape=square places.csv -o out.csv

# A redirect is not followed with the key.
serve leading --computed --fault=redirect
way=header
silent with "$leading_port" -o out.csv
ends 1
unserve
