#include "stub_table.h"

#include "stub_text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define RADIUS 6371000.0 /* metres */
#define METRES_PER_DEGREE (RADIUS * PI / 180)
#define LONGEST_SNAP 50.0 /* metres */
#define CROOKEDNESS 1.3   /* least ratio of the road to the great circle */
#define METRES_PER_SECOND (50 / 3.6)
#define WHOLE_TABLE "whole table"

struct place place_at(double lon, double lat)
{
    return (struct place){lround(lon * 1e6), lround(lat * 1e6)};
}

/* The last step of splitmix64: every bit of the result depends on every bit of the value. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static uint64_t place_hash(struct place place)
{
    return mix(((uint64_t)place.lon << 32) ^ (uint32_t)place.lat);
}

unsigned long long pair_hash(struct place from, struct place to)
{
    return mix(place_hash(from) * 3 + place_hash(to));
}

/* Map a hash to 0 <= x < 1. */
static double fraction(uint64_t hash)
{
    return (double)(hash >> 11) / 9007199254740992.0;
}

static double to_tenths(double value)
{
    return floor(value * 10 + 0.5) / 10;
}

static double great_circle(struct place from, struct place to)
{
    double degree = PI / 180, north = (double)from.lat / 1e6 * degree,
           other_north = (double)to.lat / 1e6 * degree;
    double half_height = sin((other_north - north) / 2);
    double half_width = sin((double)(to.lon - from.lon) / 1e6 * degree / 2);
    double square =
        half_height * half_height + cos(north) * cos(other_north) * half_width * half_width;
    return 2 * RADIUS * asin(sqrt(square < 1 ? square : 1));
}

static struct route computed_route(const struct table *table, struct place from, struct place to)
{
    uint64_t hash = pair_hash(from, to);
    double straight = great_circle(from, to);
    if (straight > 0 && fraction(mix(hash)) < table->unreachable)
        return (struct route){NAN, NAN};
    double distance = to_tenths(CROOKEDNESS * straight * (1 + 0.1 * fraction(hash)));
    return (struct route){distance, to_tenths(distance / METRES_PER_SECOND)};
}

/* Put the road due south of the place, or due north if the south pole is too near. */
static struct snap computed_snap(const struct table *table, struct place place)
{
    double metres = table->snap_metres;
    if (metres < 0)
        metres = LONGEST_SNAP * fraction(place_hash(place));
    double lat = (double)place.lat / 1e6, height = metres / METRES_PER_DEGREE;
    return (struct snap){.found = true,
                         .metres = metres,
                         .lon = (double)place.lon / 1e6,
                         .lat = lat - height < -90 ? lat + height : lat - height,
                         .name = "\"\"",
                         .hint = "\"stub\""};
}

/* Return the index of a recorded place, or table->count if there is none within 1e-6 degrees. */
static size_t find_place(const struct table *table, struct place place)
{
    size_t i = 0;
    while (i < table->count && (labs(table->places[i].place.lon - place.lon) > 1 ||
                                labs(table->places[i].place.lat - place.lat) > 1))
        i++;
    return i;
}

struct snap table_snap(const struct table *table, struct place place)
{
    if (table->computed)
        return computed_snap(table, place);
    size_t i = find_place(table, place);
    return i < table->count ? table->places[i].snap : (struct snap){.found = false};
}

struct route table_route(const struct table *table, struct place from, struct place to)
{
    if (table->computed)
        return computed_route(table, from, to);
    size_t row = find_place(table, from), column = find_place(table, to);
    return row < table->count && column < table->count ? table->routes[row * table->count + column]
                                                       : (struct route){NAN, NAN};
}

const json_t *table_exchange(const struct table *table, const char *request)
{
    size_t i;
    json_t *exchange;
    json_array_foreach(table->exchanges, i, exchange)
    {
        const char *recorded = json_string_value(json_object_get(exchange, "request"));
        if (recorded && strcmp(recorded, request) == 0)
            return exchange;
    }
    return NULL;
}

/* Read rows of name,lat,lon below a header. */
static bool load_places(struct table *table, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[512];
    if (!file) {
        perror(path);
        return false;
    }
    bool header = true;
    while (fgets(line, sizeof line, file)) {
        double lat, lon;
        char *comma = strchr(line, ',');
        bool is_place = comma && sscanf(comma, ",%lf,%lf", &lat, &lon) == 2;
        if (is_place) {
            struct recorded_place *places =
                realloc(table->places, (table->count + 1) * sizeof *places);
            if (!places)
                break;
            table->places = places;
            table->places[table->count++] = (struct recorded_place){.place = place_at(lon, lat)};
        } else if (!header) {
            fprintf(stderr, "%s: not name,lat,lon: %s", path, line);
            break;
        }
        header = false;
    }
    bool whole = feof(file);
    fclose(file);
    return whole;
}

static double number_or_nan(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool load_snaps(struct table *table, const json_t *sources)
{
    for (size_t i = 0; i < table->count; i++) {
        const json_t *source = json_array_get(sources, i);
        const json_t *location = json_object_get(source, "location");
        struct recorded_place *place = &table->places[i];
        place->name = json_dumps(json_object_get(source, "name"), JSON_ENCODE_ANY);
        place->hint = json_dumps(json_object_get(source, "hint"), JSON_ENCODE_ANY);
        if (!place->name || !place->hint)
            return false;
        place->snap = (struct snap){.found = true,
                                    .metres = number_or_nan(json_object_get(source, "distance")),
                                    .lon = number_or_nan(json_array_get(location, 0)),
                                    .lat = number_or_nan(json_array_get(location, 1)),
                                    .name = place->name,
                                    .hint = place->hint};
    }
    return true;
}

static void load_routes(struct table *table, const json_t *body)
{
    const json_t *distances = json_object_get(body, "distances"),
                 *durations = json_object_get(body, "durations");
    size_t count = table->count;
    table->routes = must_allocate(count * count, sizeof *table->routes);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            table->routes[i * count + j] = (struct route){
                number_or_nan(json_array_get(json_array_get(distances, i), j)),
                number_or_nan(json_array_get(json_array_get(durations, i), j)),
            };
}

static const json_t *whole_table(const json_t *exchanges)
{
    size_t i;
    json_t *exchange;
    json_array_foreach(exchanges, i, exchange)
    {
        const char *name = json_string_value(json_object_get(exchange, "name"));
        if (name && strcmp(name, WHOLE_TABLE) == 0)
            return json_object_get(exchange, "body");
    }
    return NULL;
}

bool table_load(struct table *table, const char *exchanges_path, const char *places_path)
{
    json_error_t error;
    table->exchanges = json_load_file(exchanges_path, 0, &error);
    if (!table->exchanges) {
        fprintf(stderr, "%s:%d: %s\n", exchanges_path, error.line, error.text);
        return false;
    }
    if (!load_places(table, places_path))
        return false;
    const json_t *body = whole_table(table->exchanges);
    if (json_array_size(json_object_get(body, "distances")) != table->count ||
        !load_snaps(table, json_object_get(body, "sources"))) {
        fprintf(stderr, "%s: no exchange '%s' of the %zu places in %s\n", exchanges_path,
                WHOLE_TABLE, table->count, places_path);
        return false;
    }
    load_routes(table, body);
    return true;
}

void table_free(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->places[i].name);
        free(table->places[i].hint);
    }
    free(table->places);
    free(table->routes);
    json_decref(table->exchanges);
}
