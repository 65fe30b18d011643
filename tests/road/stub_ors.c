/* POST .../v2/matrix/PROFILE {"locations":[[lon,lat]..],"sources":[0],"destinations":["1"],
 * "metrics":["distance","duration"],"units":"m"} */
#include "stub_dialects.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH_RADIUS 2000.0 /* metres */

void ors_error(struct answer *answer, int status, const char *code, const char *message)
{
    answer_code(answer, status, code);
    text_add(&answer->body,
             "{\"error\":{\"code\":%s,\"message\":\"%s\"},\"info\":{\"engine\":{\"version\":"
             "\"stub\"}}}",
             code, message);
}

static struct stop *read_locations(const json_t *array, size_t *count)
{
    *count = json_array_size(array);
    struct stop *stops = must_allocate(*count, sizeof *stops);
    for (size_t i = 0; i < *count; i++) {
        const json_t *location = json_array_get(array, i);
        const json_t *lon = json_array_get(location, 0), *lat = json_array_get(location, 1);
        stops[i] = (struct stop){.index = i, .radius = SEARCH_RADIUS};
        if (!stop_place(&stops[i], lon, lat)) {
            free(stops);
            return NULL;
        }
    }
    return stops;
}

/* Read 3 or "3". */
static bool read_index(const json_t *value, size_t count, size_t *index)
{
    const char *text = json_string_value(value);
    char *end = "";
    long long number = json_is_integer(value) ? json_integer_value(value)
                       : text && *text        ? strtoll(text, &end, 10)
                                              : -1;
    *index = (size_t)number;
    return !*end && number >= 0 && (size_t)number < count;
}

/* Return the stops with these indices, or all if `indices` is missing or ["all"]. Return NULL if an
 * index is invalid. */
static struct stop *chosen(const struct stop *stops, size_t count, const json_t *indices,
                           size_t *chosen_count)
{
    const char *word = json_string_value(json_array_get(indices, 0));
    bool all = !indices || (word && strcmp(word, "all") == 0);
    *chosen_count = all ? count : json_array_size(indices);
    if (!*chosen_count)
        return NULL;
    struct stop *result = must_allocate(*chosen_count, sizeof *result);
    for (size_t i = 0; i < *chosen_count; i++) {
        size_t index = i;
        if (!all && !read_index(json_array_get(indices, i), count, &index)) {
            free(result);
            return NULL;
        }
        result[i] = stops[index];
    }
    return result;
}

static bool asks_for(const json_t *metrics, const char *metric)
{
    size_t i;
    json_t *value;
    json_array_foreach(metrics, i, value)
    {
        const char *name = json_string_value(value);
        if (name && strcmp(name, metric) == 0)
            return true;
    }
    return false;
}

static void add_places(struct text *text, const char *name, const struct stop *stops, size_t count)
{
    text_add(text, "\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        const struct snap *snap = &stops[i].snap;
        if (i)
            text_add(text, ",");
        if (!snap->found) {
            text_add(text, "null");
            continue;
        }
        text_add(text, "{\"location\":[");
        text_add_number(text, snap->lon, 6);
        text_add(text, ",");
        text_add_number(text, snap->lat, 6);
        text_add(text, "],\"snapped_distance\":");
        text_add_number(text, snap->metres, 2);
        text_add(text, "}");
    }
    text_add(text, "],");
}

static void add_table(struct text *text, const struct block *block, const json_t *request,
                      const struct fault *fault)
{
    const char *units = json_string_value(json_object_get(request, "units"));
    const json_t *metrics = json_object_get(request, "metrics");
    double metres = units && strcmp(units, "km") == 0   ? 1000
                    : units && strcmp(units, "mi") == 0 ? 1609.344
                                                        : 1;
    const struct quantity distance = {true, 1 / metres, 2}, duration = {false, 1, 2};
    text_add(text, "{");
    if (!metrics || asks_for(metrics, "duration")) {
        text_add(text, "\"durations\":");
        block_add_table(text, block, fault, &duration);
        text_add(text, ",");
    }
    if (asks_for(metrics, "distance")) {
        text_add(text, "\"distances\":");
        block_add_table(text, block, fault, &distance);
        text_add(text, ",");
    }
    add_places(text, "destinations", block->destinations, block->destination_count);
    add_places(text, "sources", block->origins, block->origin_count);
    text_add(text, "\"metadata\":{\"attribution\":\"openrouteservice.org, OpenStreetMap "
                   "contributors\",\"service\":\"matrix\"}}");
}

static void answer_block(const struct rules *rules, struct block *block, const json_t *request,
                         const struct fault *fault, struct answer *answer)
{
    if (block->origin_count * block->destination_count > rules->limit[DIALECT_ORS]) {
        char message[160];
        snprintf(message, sizeof message,
                 "Request parameters exceed the server configuration limits. Only a total of %zu "
                 "routes are allowed.",
                 rules->limit[DIALECT_ORS]);
        ors_error(answer, 400, "6004", message);
        return;
    }
    block_snap(block, &rules->table, fault); /* cells of a place without a road are null */
    block_route(block, rules);
    answer_code(answer, 200, "Ok");
    add_table(&answer->body, block, request, fault);
}

void ors_answer(const struct rules *rules, const json_t *request, const struct fault *fault,
                struct answer *answer)
{
    struct block block = {0};
    size_t count;
    if (!json_is_object(request)) {
        ors_error(answer, 400, "6000", "Failed to parse request");
        return;
    }
    struct stop *stops = read_locations(json_object_get(request, "locations"), &count);
    if (!stops || !count) {
        ors_error(answer, 400, "6003", "Parameter 'locations' has incorrect value or format.");
        free(stops);
        return;
    }
    block.origins = chosen(stops, count, json_object_get(request, "sources"), &block.origin_count);
    block.destinations =
        chosen(stops, count, json_object_get(request, "destinations"), &block.destination_count);
    free(stops);
    if (!block.origins || !block.destinations) {
        ors_error(answer, 400, "6003",
                  block.origins ? "Parameter 'destinations' has incorrect value or format."
                                : "Parameter 'sources' has incorrect value or format.");
    } else {
        answer->origins = block.origin_count;
        answer->destinations = block.destination_count;
        answer_block(rules, &block, request, fault, answer);
    }
    block_free(&block);
}
