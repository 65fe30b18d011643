/* POST .../sources_to_targets {"sources":[{"lat":..,"lon":..}..],"targets":[..],"costing":".."} */
#include "stub_dialects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEARCH_CUTOFF 35000.0 /* metres; default of the request's search_cutoff */
#define METRES_PER_MILE 1609.344

void valhalla_error(struct answer *answer, int status, const char *code, const char *message)
{
    answer_code(answer, status, code);
    text_add(&answer->body,
             "{\"error_code\":%s,\"error\":\"%s\",\"status_code\":%d,\"status\":\"%s\"}", code,
             message, status, http_reason(status));
}

/* Return the stops of an array, or NULL if it is not an array of locations or is empty. */
static struct stop *read_stops(const json_t *array, size_t *count)
{
    *count = json_array_size(array);
    if (!*count)
        return NULL;
    struct stop *stops = must_allocate(*count, sizeof *stops);
    for (size_t i = 0; i < *count; i++) {
        const json_t *location = json_array_get(array, i);
        const json_t *lon = json_object_get(location, "lon"),
                     *lat = json_object_get(location, "lat"),
                     *cutoff = json_object_get(location, "search_cutoff");
        stops[i] = (struct stop){.index = i,
                                 .radius = json_is_number(cutoff) ? json_number_value(cutoff)
                                                                  : SEARCH_CUTOFF};
        if (!stop_place(&stops[i], lon, lat)) {
            free(stops);
            return NULL;
        }
    }
    return stops;
}

static void add_places(struct text *text, const struct stop *stops, size_t count)
{
    text_add(text, "[");
    for (size_t i = 0; i < count; i++) {
        text_add(text, "%s{\"lon\":", i ? "," : "");
        text_add_number(text, stops[i].snap.lon, 6);
        text_add(text, ",\"lat\":");
        text_add_number(text, stops[i].snap.lat, 6);
        text_add(text, "}");
    }
    text_add(text, "]");
}

static void add_objects(struct text *text, const struct block *block, const struct fault *fault,
                        const struct quantity *distance, const struct quantity *duration)
{
    text_add(text, "[");
    for (size_t row = 0; row < block_rows(block, fault); row++) {
        text_add(text, row ? ",[" : "[");
        for (size_t column = 0; column < block_row_cells(block, fault, row); column++) {
            text_add(text, "%s{\"distance\":", column ? "," : "");
            block_add_cell(text, block, fault, distance, row, column);
            text_add(text, ",\"time\":");
            block_add_cell(text, block, fault, duration, row, column);
            text_add(text, ",\"to_index\":%zu,\"from_index\":%zu}", column, row);
        }
        text_add(text, "]");
    }
    text_add(text, "]");
}

static void add_table(struct text *text, const struct block *block, const json_t *request,
                      const struct fault *fault)
{
    const char *units = json_string_value(json_object_get(request, "units"));
    bool miles = units && (strcmp(units, "miles") == 0 || strcmp(units, "mi") == 0);
    const struct quantity distance = {true, 1 / (miles ? METRES_PER_MILE : 1000), 3},
                          duration = {false, 1, 0};
    if (json_is_false(json_object_get(request, "verbose"))) {
        text_add(text, "{\"sources_to_targets\":{\"durations\":");
        block_add_table(text, block, fault, &duration);
        text_add(text, ",\"distances\":");
        block_add_table(text, block, fault, &distance);
        text_add(text, "}");
    } else {
        text_add(text, "{\"sources\":");
        add_places(text, block->origins, block->origin_count);
        text_add(text, ",\"targets\":");
        add_places(text, block->destinations, block->destination_count);
        text_add(text, ",\"sources_to_targets\":");
        add_objects(text, block, fault, &distance, &duration);
    }
    text_add(text, ",\"units\":\"%s\",\"algorithm\":\"costmatrix\"}",
             miles ? "miles" : "kilometers");
}

static void answer_block(const struct rules *rules, struct block *block, const json_t *request,
                         const struct fault *fault, struct answer *answer)
{
    if (block->origin_count * block->destination_count > rules->limit[DIALECT_VALHALLA]) {
        char code[16];
        snprintf(code, sizeof code, "%d", rules->too_big_code);
        valhalla_error(answer, 400, code,
                       rules->too_big_code == 150 ? "Exceeded max locations"
                                                  : "Path distance exceeds the max distance limit");
        return;
    }
    if (block_snap(block, &rules->table, fault)) {
        valhalla_error(answer, 400, "171", "No suitable edges near location");
        return;
    }
    block_route(block, rules);
    if (!block_has_route(block)) {
        valhalla_error(answer, 400, "442", "No path could be found for input");
        return;
    }
    /* Valhalla truncates to whole seconds. */
    for (size_t i = 0; i < block->origin_count * block->destination_count; i++)
        block->routes[i].duration = floor(block->routes[i].duration);
    answer_code(answer, 200, "Ok");
    add_table(&answer->body, block, request, fault);
}

void valhalla_answer(const struct rules *rules, const json_t *request, const struct fault *fault,
                     struct answer *answer)
{
    struct block block = {0};
    if (!json_is_object(request)) {
        valhalla_error(answer, 400, "100", "Failed to parse json request");
        return;
    }
    block.origins = read_stops(json_object_get(request, "sources"), &block.origin_count);
    block.destinations = read_stops(json_object_get(request, "targets"), &block.destination_count);
    if (!block.origins) {
        valhalla_error(answer, 400, "131", "Failed to parse source");
    } else if (!block.destinations) {
        valhalla_error(answer, 400, "132", "Failed to parse target");
    } else if (!json_is_string(json_object_get(request, "costing"))) {
        valhalla_error(answer, 400, "124", "No edge/node costing provided");
    } else {
        answer->origins = block.origin_count;
        answer->destinations = block.destination_count;
        answer_block(rules, &block, request, fault, answer);
    }
    block_free(&block);
}
