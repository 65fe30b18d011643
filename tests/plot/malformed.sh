#!/bin/sh
# malformed.sh PLOT: JSON that is not what it should be: a message, exit status 1 and no file.
set -u
plot=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
failures=0 tried=0

wrong() {
    printf '%s\n  %s: %s\n' "$1" "$2" "$(cat said)"
    failures=$((failures + 1))
}

bad() { # JSON MESSAGE, as a shell pattern
    printf '%s' "$1" >in.json
    tried=$((tried + 1))
    "$plot" in.json -o out.svg 2>said
    status=$?
    [ "$status" = 1 ] || wrong "$1" "exit status $status"
    # shellcheck disable=SC2254 # it is a pattern
    case $(cat said) in
    "dmatrix-plot: in.json"$2) ;;
    *) wrong "$1" 'says' ;;
    esac
    [ ! -e out.svg ] || wrong "$1" 'left a file'
}

member() { # MEMBERS MESSAGE: a second result that has them, or lacks what they replace
    bad "{\"results\": [{\"command\": \"a\", \"mean\": 1, \"times\": [1]}, {$1}]}" ": results\[1\]$2"
}

bad '' ':1: is not JSON: *'
bad '{"results": [' ':1: is not JSON: *'
bad '{"results": [NaN]}' ':1: is not JSON: *'
bad '{"results": [1e400]}' ':1: is not JSON: *'
bad "$(printf '{"\377": 1}')" ':1: is not JSON: *'
bad "$(printf '%5000s' '' | tr ' ' '[')" ':1: is not JSON: *'
for document in '[]' '{}' '{"results": 1}' '{"results": {}}' '{"results": []}' '{"results": null}'; do
    bad "$document" ': has no results (*)'
done
bad "{\"results\": [$(seq -s, 1001)]}" ': 1001 results are too many for a picture (up to 1000)'
bad '{"results": [1]}' ': results\[0\] is not an object'

good='"command": "b", "mean": 1, "times": [1]'
member '"mean": 1, "times": [1]' ': "command" is missing'
member '"command": 1, "mean": 1, "times": [1]' ': "command" is not a text'
member '"command": "b", "times": [1]' ': "mean" is missing'
member '"command": "b", "mean": null, "times": [1]' ': "mean" is missing'
member '"command": "b", "mean": "1", "times": [1]' ': "mean" is not a number'
member '"command": "b", "mean": -1, "times": [1]' ': "mean" is negative'
member '"command": "b", "mean": 1e300, "times": [1]' ': "mean" is too large to be drawn'
member '"command": "b", "mean": 1' ': "times" is missing'
member '"command": "b", "mean": 1, "times": []' ': "times" is not a list of the times of runs'
member '"command": "b", "mean": 1, "times": 1' ': "times" is not a list of the times of runs'
member '"command": "b", "mean": 1, "times": [1, "2"]' ': "times" has other things in it than times'
member '"command": "b", "mean": 1, "times": [1, -2]' ': "times" has other things in it than times'
member "$good, \"stddev\": \"x\"" ': "stddev" is not a number'
member "$good, \"stddev\": -0.1" ': "stddev" is negative'
member "$good, \"speedup\": -2" ': "speedup" is negative'
member "$good, \"speedup\": []" ': "speedup" is not an object'
member "$good, \"speedup\": {\"value\": -2}" ': "value" is negative'
member "$good, \"speedup\": {\"low\": []}" ': "low" is not a number'
member "$good, \"pairs\": 1e30" ': "pairs" is too large to be drawn'
member "$good, \"measured_pairs\": true" ': "measured_pairs" is not a number'
member "$good, \"shares\": []" ': "shares" is not an object'
member "$good, \"shares\": {\"working\": 2}" ': "working" is too large to be drawn'
member "$good, \"shares\": {\"waiting\": \"x\"}" ': "waiting" is not a number'
member "$good, \"parameters\": []" ': "parameters" is not an object'
member "$good, \"parameters\": {\"grain\": {}}" ': "grain" is no text and no number'
member "$good, \"threads\": []" ': "threads" is no text and no number'
[ "$tried" -gt 30 ] || failures=1
exit $failures
