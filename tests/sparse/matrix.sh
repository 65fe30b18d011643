#!/bin/sh
# matrix.sh SPARSE_FILES: what Matrix, a package of R, makes of mtx. Exit status 77 without it.
set -eu
Rscript -e 'library(Matrix)' 2>/dev/null || { echo "there is no R with Matrix"; exit 77; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
"$1" "$work"
Rscript "$(dirname "$0")/matrix_reads.R" "$work"
