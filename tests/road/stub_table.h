/* Distances and durations between places, from a recording or computed. */
#ifndef STUB_TABLE_H
#define STUB_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Coordinates in millionths of a degree. */
struct place {
    long lon, lat;
};

/* The nearest point on a road. */
struct snap {
    bool found;
    double metres;           /* distance from the place */
    double lon, lat;         /* degrees */
    const char *name, *hint; /* JSON strings, with their quotes */
};

/* Metres and seconds; both NaN if there is no route. */
struct route {
    double distance, duration;
};

struct recorded_place {
    struct place place;
    struct snap snap;
    char *name, *hint;
};

struct table {
    bool computed;
    double unreachable; /* share of the computed pairs without a route */
    double snap_metres; /* metres to the computed road; negative for 0 to 50, by the place */
    json_t *exchanges;
    struct recorded_place *places;
    struct route *routes; /* count x count */
    size_t count;
};

struct place place_at(double lon, double lat);

/* Return a hash of an ordered pair of places; README.md defines it. */
unsigned long long pair_hash(struct place from, struct place to);

/* Read a recording, and its places in the order of its table. Print what is wrong and return false
 * if that fails. */
bool table_load(struct table *table, const char *exchanges_path, const char *places_path);

struct snap table_snap(const struct table *table, struct place place);
struct route table_route(const struct table *table, struct place from, struct place to);

/* Return the recorded exchange with this path and query, or NULL. */
const json_t *table_exchange(const struct table *table, const char *request);

void table_free(struct table *table);

#endif
