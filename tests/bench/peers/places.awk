# Places spread over the world, the same in every run: with -v n=N, a list of them; with -v from=FILE
# -v to=FILE, pairs of them that are hard to measure, whose names say why.
function place(i) {
    lat = sprintf("%.6f", 180 * ((i * 0.7548776662) % 1) - 90) + 0
    lon = sprintf("%.6f", 360 * ((i * 0.5698402910) % 1) - 180) + 0
}

function opposite(x) { return x > 0 ? x - 180 : x + 180 }

function line(name, lat, lon) { return sprintf("%s,XX,%.9f,%.9f", name, lat, lon) }

function pair(name, lat1, lon1, lat2, lon2) {
    print line(name, lat1, lon1) >from
    print line(name, lat2, lon2) >to
}

BEGIN {
    header = "name,country,latitude,longitude"
    if (n) {
        print header
        for (i = 1; i <= n; i++) {
            place(i)
            print line("place " i, lat, lon)
        }
        exit
    }
    print header >from
    print header >to
    for (i = 1; i <= 200; i++) {
        place(i)
        pair("same place", lat, lon, lat, lon)
        pair("1 mm to 20 cm", lat / 2, lon, lat / 2 + i * 9e-9, lon)
        pair("over the world", lat, lon, -lat / 3, -lon / 5)
        pair("over the dateline", lat, 180 - i * 1e-6, lat, -180 + i * 1e-6)
        pair("to a pole", lat, lon, i % 2 ? 90 : -90, 0)
        pair("on a pole", 90, lon, 90, lat)
        pair("antipodes", lat, lon, -lat, opposite(lon))
        pair("nearly antipodes", lat / 2, lon / 2, -lat / 2 + i * 0.002, opposite(lon / 2) + (lon > 0 ? 1 : -1) * i * 0.0025)
    }
}
