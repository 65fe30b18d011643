// From C++: the neighbours in lists that free themselves.
#include <dmatrix/dmatrix.h>

#include <cstdio>
#include <stdexcept>
#include <utility>
#include <vector>

// Owns what the library has allocated; can be moved, not copied.
class neighbour_lists
{
  public:
    neighbour_lists() = default;
    neighbour_lists(neighbour_lists &&other) noexcept : lists(std::exchange(other.lists, {}))
    {
    }
    neighbour_lists &operator=(neighbour_lists &&other) noexcept
    {
        std::swap(lists, other.lists);
        return *this;
    }
    ~neighbour_lists()
    {
        dm_neighbour_lists_free(&lists);
    }

    struct neighbour {
        std::size_t destination;
        double distance;
    };

    std::vector<neighbour> of(std::size_t origin) const
    {
        std::vector<neighbour> row;
        for (auto i = lists.row_begin[origin]; i < lists.row_begin[origin + 1]; i++)
            row.push_back({static_cast<std::size_t>(lists.destinations[i]), lists.distances[i]});
        return row;
    }

    dm_neighbour_lists lists = {};
};

static neighbour_lists within(const std::vector<double> &lat, const std::vector<double> &lon,
                              double metres)
{
    if (lat.size() != lon.size())
        throw std::invalid_argument("as many longitudes as latitudes are expected");
    dm_points points = {lat.size(), lat.data(), lon.data()};
    neighbour_lists found;
    dm_error error;
    if (dm_within(&points, nullptr, metres, nullptr, &found.lists, &error) != DM_OK)
        throw std::runtime_error(error.message);
    return found;
}

int main()
{
    const std::vector<double> lat = {48.8566, 41.9028, -12.0464}, lon = {2.3522, 12.4964, -77.0428};
    const neighbour_lists found = within(lat, lon, 2e6);
    for (std::size_t origin = 0; origin < lat.size(); origin++) {
        std::printf("%zu:", origin);
        for (const auto &neighbour : found.of(origin))
            std::printf(" %zu at %.3f m", neighbour.destination, neighbour.distance);
        std::printf("\n");
    }
    try {
        within(lat, lon, -1);
    } catch (const std::exception &error) {
        std::printf("%s\n", error.what());
    }
}
