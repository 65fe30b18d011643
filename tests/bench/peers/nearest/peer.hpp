// The parts that the peers in C++ share; run.sh says how a peer is called.
#ifndef PEER_HPP
#define PEER_HPP

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

struct place {
    double lat_deg, lon_deg;
};

// Read name,latitude,longitude, whose names have neither commas nor quotes.
inline std::vector<place> load(const char *path)
{
    std::vector<place> places;
    char line[256];
    std::FILE *file = std::fopen(path, "r");
    if (!file || !std::fgets(line, sizeof line, file)) {
        std::perror(path);
        std::exit(1);
    }
    while (std::fgets(line, sizeof line, file)) {
        char *field = std::strchr(line, ',');
        place here;
        if (!field)
            continue;
        here.lat_deg = std::strtod(field + 1, &field);
        here.lon_deg = std::strtod(field + 1, nullptr);
        places.push_back(here);
    }
    std::fclose(file);
    return places;
}

// Prints the seconds of each phase.
class watch {
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

public:
    void lap(const char *phase)
    {
        auto now = std::chrono::steady_clock::now();
        std::printf("%s %.9f\n", phase, std::chrono::duration<double>(now - began).count());
        std::fflush(stdout);
        began = std::chrono::steady_clock::now();
    }
};

#endif
