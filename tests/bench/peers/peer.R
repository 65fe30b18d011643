# The frame of a peer in R, as peer.py is in Python: a call takes a data frame with lon and lat, and
# another or none, and gives a matrix in metres.
load <- function(path) {
    rows <- read.csv(path, encoding = "UTF-8")
    list(names = rows[[1]], points = data.frame(lon = as.numeric(rows[[4]]), lat = as.numeric(rows[[3]])))
}

timed <- function(work) {
    began <- Sys.time()
    work()
    as.numeric(difftime(Sys.time(), began, units = "secs"))
}

# The better of two, since the first also waits for memory that the second gets back; of a matrix that
# takes minutes, one.
square <- function(call, points) {
    times <- if (nrow(points) <= 20000) 2 else 1
    cat("seconds", min(replicate(times, timed(function() call(points)))), "\n")
}

# data.table's fwrite() is the fast way to a CSV in R.
write <- function(call, names, points, path) {
    seconds <- timed(function() {
        matrix <- call(points)
        pairs <- which(lower.tri(matrix), arr.ind = TRUE)
        data.table::fwrite(data.table::data.table(
            origin = names[pairs[, 2]], destination = names[pairs[, 1]],
            distance_km = round(matrix[pairs] / 1000, 6)), path)
    })
    cat("seconds", seconds, "\n")
}

paired <- function(call, origins, destinations) {
    for (i in seq_len(nrow(origins)))
        cat(sprintf("%.17g\n", as.numeric(call(origins[i, ], destinations[i, ]))), sep = "")
}

peer <- function(package, calls) {
    arguments <- commandArgs(TRUE)
    if (arguments[1] == "version") {
        cat(package, " ", as.character(packageVersion(package)), ", R ", as.character(getRversion()), "\n", sep = "")
        return(invisible())
    }
    call <- calls[[arguments[1]]]
    given <- load(arguments[3])
    switch(arguments[2],
        square = square(call, given$points),
        csv = write(call, given$names, given$points, arguments[4]),
        paired = paired(call, given$points, load(arguments[4])$points))
}
