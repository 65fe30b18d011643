suppressMessages(library(geosphere))
source(file.path(Sys.getenv("PEERS"), "peer.R"))

measure <- function(fun) function(a, b) if (missing(b)) distm(a, fun = fun) else distm(a, b, fun = fun)

peer("geosphere", list(distHaversine = measure(distHaversine), distGeo = measure(distGeo)))
