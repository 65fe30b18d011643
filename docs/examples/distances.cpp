// From C++: vectors in, a vector out, an exception where it cannot be.
#include <dmatrix/dmatrix.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

static std::vector<double> distances(const std::vector<double> &lat, const std::vector<double> &lon,
                                     const dm_matrix_options &options = {})
{
    if (lat.size() != lon.size())
        throw std::invalid_argument("as many longitudes as latitudes are expected");
    std::vector<double> metres(lat.size() * lat.size());
    dm_points points = {lat.size(), lat.data(), lon.data()};
    dm_error error;
    if (dm_distance_matrix(&points, nullptr, &options, metres.data(), &error) != DM_OK)
        throw std::runtime_error(error.message);
    return metres;
}

int main()
{
    dm_matrix_options geodesic = {};
    geodesic.metric = &dm_metric_geodesic;
    for (double metres : distances({48.8566, 41.9028}, {2.3522, 12.4964}, geodesic))
        std::printf("%.3f ", metres);
    try {
        distances({151.2}, {-33.9});
    } catch (const std::exception &error) {
        std::printf("\n%s\n", error.what());
    }
}
