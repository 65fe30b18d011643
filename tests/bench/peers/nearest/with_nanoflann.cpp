// nanoflann's k-d tree over unit vectors, with its default leaves. It searches by chords, which are
// converted to kilometres afterwards.
#include <nanoflann.hpp>

#include "peer.hpp"

#include <cmath>
#include <cstdint>

struct cloud {
    std::vector<double> xyz;
    std::size_t kdtree_get_point_count() const { return xyz.size() / 3; }
    double kdtree_get_pt(std::size_t i, std::size_t axis) const { return xyz[3 * i + axis]; }
    template <class Box> bool kdtree_get_bbox(Box &) const { return false; }
};

int main(int argc, char **argv)
{
    using tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, cloud>,
                                                     cloud, 3, std::uint32_t>;
    if (argc < 4) {
        std::printf("nanoflann %x.%x.%x\n", NANOFLANN_VERSION >> 8 & 15, NANOFLANN_VERSION >> 4 & 15,
                    NANOFLANN_VERSION & 15);
        return 0;
    }
    std::vector<place> places = load(argv[2]);
    std::size_t count = std::strtoul(argv[3], nullptr, 10) + 1; // one of them is the place itself
    watch timer;
    cloud points;
    points.xyz.reserve(3 * places.size());
    for (const place &here : places) {
        double lat = here.lat_deg * M_PI / 180, lon = here.lon_deg * M_PI / 180;
        points.xyz.insert(points.xyz.end(), {std::cos(lat) * std::cos(lon),
                                             std::cos(lat) * std::sin(lon), std::sin(lat)});
    }
    tree index(3, points); // builds itself, from version 1.4 on
    timer.lap("build");
    std::vector<std::uint32_t> rows(count * places.size());
    std::vector<double> km(count * places.size());
    for (std::size_t i = 0; i < places.size(); i++)
        index.knnSearch(&points.xyz[3 * i], count, &rows[count * i], &km[count * i]);
    for (double &distance : km)
        distance = 2 * 6371.0088 * std::asin(std::fmin(std::sqrt(distance) / 2, 1));
    timer.lap("search");
}
