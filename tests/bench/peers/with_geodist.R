library(geodist)
source(file.path(Sys.getenv("PEERS"), "peer.R"))

measure <- function(name) function(a, b) {
    if (missing(b)) geodist(a, measure = name, quiet = TRUE) else geodist(a, b, measure = name, quiet = TRUE)
}

peer("geodist", list(haversine = measure("haversine"), geodesic = measure("geodesic"), cheap = measure("cheap")))
