// GeographicLib's vantage point tree, which searches by any metric: here the geodesic.
#include <GeographicLib/Constants.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/NearestNeighbor.hpp>

#include "peer.hpp"

struct metres {
    const GeographicLib::Geodesic &earth;
    double operator()(const place &a, const place &b) const
    {
        double distance;
        earth.Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, distance);
        return distance;
    }
};

int main(int argc, char **argv)
{
    if (argc < 4) {
        std::printf("GeographicLib %s\n", GEOGRAPHICLIB_VERSION_STRING);
        return 0;
    }
    std::vector<place> places = load(argv[2]);
    int count = std::atoi(argv[3]) + 1; // one of them is the place itself
    metres distance{GeographicLib::Geodesic::WGS84()};
    watch timer;
    GeographicLib::NearestNeighbor<double, place, metres> tree(places, distance);
    timer.lap("build");
    std::vector<int> rows;
    double sum = 0;
    for (const place &here : places)
        sum += tree.Search(places, distance, here, rows, count);
    timer.lap("search");
    return sum < 0;
}
