# Matrix reads mtx files and finds the entries that were written.
library(Matrix)
folder <- commandArgs(trailingOnly = TRUE)
layouts <- list.files(folder, "\\.csv$", full.names = TRUE)
stopifnot(length(layouts) > 5)
for (path in layouts) {
  head <- scan(path, list(0, 0, ""), sep = ",", nlines = 1, quiet = TRUE)
  if (max(head[[1]], head[[2]]) >= 2^31) next # readMM counts in 32 bits
  rows <- scan(path, list(0, 0, 0), sep = ",", skip = 1, quiet = TRUE)
  matrix <- readMM(sub("csv$", "mtx", path))
  stopifnot(all(dim(matrix) == c(head[[1]], head[[2]])))
  stopifnot(is(matrix, "symmetricMatrix") == (head[[3]] == "pairs"))
  entries <- as(matrix, "TsparseMatrix")
  stopifnot(length(entries@x) == length(rows[[1]]))
  found <- matrix[cbind(rows[[1]] + 1, rows[[2]] + 1)]
  stopifnot(all(abs(found - rows[[3]]) <= 5.1e-10 + 1e-15 * rows[[3]]))
}
