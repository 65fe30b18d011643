#!/bin/sh
# coverage.sh [LABELS]: builds the preset coverage, runs the tests with these labels (a regular
# expression; default: those that look at the command and the library), and prints which share of
# the lines and branches of src/ they reached. Each line of the sources that was not is in
# build/coverage/html. Workers that end by a signal, or at once when their caller is gone, leave no
# counts.
set -eu
cd "$(dirname "$0")/../.."
labels=${1:-'unit|contract|property|cli|fault|fuzz'}
cmake --preset coverage >/dev/null
cmake --build build/coverage
find build/coverage -name '*.gcda' -delete
# Left out: a limit of file sizes that the counts themselves would break, what compiles elsewhere, and
# what the pages show, for its time.
ctest --test-dir build/coverage -j "$(getconf _NPROCESSORS_ONLN)" -L "$labels" -LE 'slow|mutation|docs' \
    -E 'file_size_limit|neon' --output-on-failure || echo 'some tests failed: counts are low'
mkdir -p build/coverage/html
gcovr --root . --filter src/ --print-summary --html-details build/coverage/html/index.html \
    --csv build/coverage/coverage.csv build/coverage
