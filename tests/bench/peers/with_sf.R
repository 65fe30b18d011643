# sf measures on the sphere, with s2, by default; without, on the ellipsoid.
suppressMessages(library(sf))
source(file.path(Sys.getenv("PEERS"), "peer.R"))

measure <- function(s2) function(a, b) {
    suppressMessages(sf_use_s2(s2))
    a <- st_as_sf(a, coords = c("lon", "lat"), crs = 4326)
    if (missing(b)) st_distance(a) else st_distance(a, st_as_sf(b, coords = c("lon", "lat"), crs = 4326))
}

peer("sf", list("st_distance" = measure(TRUE), "st_distance, no s2" = measure(FALSE)))
