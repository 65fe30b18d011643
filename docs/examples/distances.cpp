// From C++: vectors in, a vector out, an exception where it cannot be; and a stream into any
// function.
#include <dmatrix/dmatrix.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <vector>

static dm_points points_of(const std::vector<double> &lat, const std::vector<double> &lon)
{
    if (lat.size() != lon.size())
        throw std::invalid_argument("as many longitudes as latitudes are expected");
    return {lat.size(), lat.data(), lon.data()};
}

static std::vector<double> distances(const std::vector<double> &lat, const std::vector<double> &lon,
                                     const dm_matrix_options &options = {})
{
    dm_points points = points_of(lat, lon);
    std::vector<double> metres(lat.size() * lat.size());
    dm_error error;
    if (dm_distance_matrix(&points, nullptr, &options, metres.data(), &error) != DM_OK)
        throw std::runtime_error(error.message);
    return metres;
}

// Exceptions must not pass through the library: they go round it.
struct stream {
    std::function<void(const dm_segment &)> take;
    std::exception_ptr thrown;
};

static dm_status take(void *context, const dm_segment *segment, dm_error *)
{
    stream *to = static_cast<stream *>(context);
    try {
        to->take(*segment);
        return DM_OK;
    } catch (...) {
        to->thrown = std::current_exception();
        return DM_STOPPED;
    }
}

static void for_each_piece(const std::vector<double> &lat, const std::vector<double> &lon,
                           const std::function<void(const dm_segment &)> &function)
{
    dm_points points = points_of(lat, lon);
    stream to = {function, nullptr};
    dm_sink sink = {take, &to};
    dm_error error;
    dm_status status = dm_distance_stream(&points, nullptr, nullptr, &sink, &error);
    if (to.thrown)
        std::rethrow_exception(to.thrown);
    if (status != DM_OK)
        throw std::runtime_error(error.message);
}

int main()
{
    const std::vector<double> lat = {48.8566, 41.9028}, lon = {2.3522, 12.4964};
    dm_matrix_options geodesic = {};
    geodesic.metric = &dm_metric_geodesic;
    for (double metres : distances(lat, lon, geodesic))
        std::printf("%.3f ", metres);
    try {
        distances({151.2}, {-33.9});
    } catch (const std::exception &error) {
        std::printf("\n%s\n", error.what());
    }
    try {
        for_each_piece(lat, lon, [](const dm_segment &segment) {
            if (segment.origin == 1)
                throw std::runtime_error("one row is enough");
            std::printf("row %zu of %zu\n", segment.origin, segment.count);
        });
    } catch (const std::exception &error) {
        std::printf("%s\n", error.what());
    }
}
