# Matrix reads mtx files of a search and finds the entries that NAME.csv has of each: row, column and
# distance.
library(Matrix)
folder <- commandArgs(trailingOnly = TRUE)
paths <- list.files(folder, "\\.mtx$", full.names = TRUE)
stopifnot(length(paths) > 20)
for (path in paths) {
  rows <- scan(sub("mtx$", "csv", path), list(0, 0, 0), sep = ",", quiet = TRUE)
  matrix <- readMM(path)
  stopifnot(is(matrix, "symmetricMatrix") == grepl("-pairs", path))
  entries <- as(as(matrix, "generalMatrix"), "TsparseMatrix")
  stopifnot(length(entries@x) == length(rows[[1]]))
  found <- matrix[cbind(rows[[1]], rows[[2]])]
  stopifnot(all(abs(found - rows[[3]]) <= 5.1e-13 + 1e-15 * rows[[3]]))
}
