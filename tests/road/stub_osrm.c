/* GET .../table/v1/PROFILE/lon,lat;lon,lat...?sources=0;1&destinations=... */
#include "stub_dialects.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_PATH "/table/v1/"

struct list {
    size_t *indices;
    size_t count;
};

struct osrm {
    const char *target; /* the whole path and query; messages report positions in it */
    struct stop *stops;
    size_t count;
    struct list sources, destinations;
    bool distances, durations, waypoints, hints;
    size_t bad_at;       /* position of the error, if `code` is NULL */
    const char *code;    /* code of the error; NULL for InvalidQuery */
    const char *message; /* message of the error, if `code` is set */
};

void osrm_error(struct answer *answer, int status, const char *code, const char *message)
{
    answer_code(answer, status, code);
    text_add(&answer->body, "{\"message\":\"%s\",\"code\":\"%s\"}", message, code);
}

static bool is_malformed(struct osrm *osrm, const char *at)
{
    osrm->bad_at = (size_t)(at - osrm->target);
    return false;
}

static bool is_invalid(struct osrm *osrm, const char *message)
{
    osrm->code = "InvalidOptions";
    osrm->message = message;
    return false;
}

/* Read a decimal number. strtod() alone would accept hexadecimal numbers and "inf" too. */
static bool read_decimal(const char **text, double *number)
{
    size_t length = strspn(*text, "+-.0123456789eE");
    char *end;
    *number = strtod(*text, &end);
    if (!length || end == *text || end > *text + length)
        return false;
    *text = end;
    return true;
}

/* Read lon,lat;... and return what follows, or NULL. */
static const char *read_places(struct osrm *osrm, const char *text)
{
    size_t capacity = 1;
    for (const char *separator = text; (separator = strchr(separator, ';')); separator++)
        capacity++;
    osrm->stops = must_allocate(capacity, sizeof *osrm->stops);
    for (;;) {
        double lon, lat;
        if (!read_decimal(&text, &lon) || *text != ',' || (text++, !read_decimal(&text, &lat))) {
            is_malformed(osrm, text);
            return NULL;
        }
        if (!(fabs(lon) <= 180 && fabs(lat) <= 90)) {
            is_invalid(osrm, "Coordinates are invalid");
            return NULL;
        }
        osrm->stops[osrm->count] =
            (struct stop){.place = place_at(lon, lat), .index = osrm->count, .radius = HUGE_VAL};
        osrm->count++;
        if (*text != ';')
            return text;
        text++;
    }
}

static bool read_indices(struct osrm *osrm, const char *text, const char *end, struct list *list)
{
    free(list->indices);
    *list = (struct list){.indices = must_allocate((size_t)(end - text) + 1, sizeof(size_t))};
    do {
        char *after;
        if (!isdigit((unsigned char)*text))
            return is_malformed(osrm, text);
        size_t index = strtoul(text, &after, 10);
        if (index >= osrm->count)
            return is_invalid(osrm, "Index out of bounds");
        list->indices[list->count++] = index;
        text = after;
    } while (text < end && *text == ';' && text++);
    return text == end || is_malformed(osrm, text);
}

static bool read_radiuses(struct osrm *osrm, const char *text, const char *end)
{
    size_t count = 0;
    do {
        double radius = HUGE_VAL;
        if (strncmp(text, "unlimited", 9) == 0)
            text += 9;
        else if (*text != ';' && text < end && !read_decimal(&text, &radius))
            return is_malformed(osrm, text);
        if (count < osrm->count)
            osrm->stops[count].radius = radius;
        count++;
    } while (text < end && *text == ';' && text++);
    if (text != end)
        return is_malformed(osrm, text);
    return count == osrm->count || is_invalid(osrm, "Number of radiuses does not match");
}

static bool read_annotations(struct osrm *osrm, const char *text, const char *end)
{
    osrm->distances = osrm->durations = false;
    while (text < end) {
        size_t length = strcspn(text, ",&");
        if (length == 8 && strncmp(text, "distance", length) == 0)
            osrm->distances = true;
        else if (length == 8 && strncmp(text, "duration", length) == 0)
            osrm->durations = true;
        else
            return is_malformed(osrm, text);
        text += length + 1;
    }
    return osrm->distances || osrm->durations || is_malformed(osrm, text);
}

static bool is_value(const char *value, const char *end, const char *word)
{
    return (size_t)(end - value) == strlen(word) && strncmp(value, word, strlen(word)) == 0;
}

static bool read_option(struct osrm *osrm, const char *option, const char *end)
{
    static const char *const ignored[] = {
        "approaches",     "bearings", "exclude",      "fallback_coordinate",
        "fallback_speed", "hints",    "scale_factor", "snapping",
    };
    const char *equals = memchr(option, '=', (size_t)(end - option));
    if (!equals)
        return is_malformed(osrm, option);
    const char *value = equals + 1;
    if (is_value(option, equals, "sources"))
        return is_value(value, end, "all") || read_indices(osrm, value, end, &osrm->sources);
    if (is_value(option, equals, "destinations"))
        return is_value(value, end, "all") || read_indices(osrm, value, end, &osrm->destinations);
    if (is_value(option, equals, "annotations"))
        return read_annotations(osrm, value, end);
    if (is_value(option, equals, "radiuses"))
        return read_radiuses(osrm, value, end);
    if (is_value(option, equals, "skip_waypoints")) {
        osrm->waypoints = !is_value(value, end, "true");
        return true;
    }
    if (is_value(option, equals, "generate_hints")) {
        osrm->hints = !is_value(value, end, "false");
        return true;
    }
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        if (is_value(option, equals, ignored[i]))
            return true;
    return is_malformed(osrm, option);
}

static bool read_request(struct osrm *osrm, const char *profile)
{
    const char *text = strchr(profile, '/');
    if (!text)
        return is_malformed(osrm, profile + strlen(profile));
    text = read_places(osrm, text + 1);
    if (!text)
        return false;
    if (strncmp(text, ".json", 5) == 0)
        text += 5;
    if (*text && *text != '?')
        return is_malformed(osrm, text);
    while (*text) { /* at a ? or & */
        const char *option = text + 1;
        text = option + strcspn(option, "&");
        if (!read_option(osrm, option, text))
            return false;
    }
    return true;
}

/* Return the stops with the indices of a list, or all stops if there is no list. */
static struct stop *chosen(const struct osrm *osrm, const struct list *list, size_t *count)
{
    *count = list->indices ? list->count : osrm->count;
    struct stop *stops = must_allocate(*count, sizeof *stops);
    for (size_t i = 0; i < *count; i++)
        stops[i] = osrm->stops[list->indices ? list->indices[i] : i];
    return stops;
}

static void add_waypoints(struct text *text, const char *name, const struct osrm *osrm,
                          const struct stop *stops, size_t count, bool snaps)
{
    text_add(text, ",\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        const struct snap *snap = &stops[i].snap;
        text_add(text, "%s{", i ? "," : "");
        if (osrm->hints)
            text_add(text, "\"hint\":%s,", snap->hint);
        if (snaps) {
            text_add(text, "\"distance\":");
            text_add_number(text, snap->metres, 9);
            text_add(text, ",");
        }
        text_add(text, "\"name\":%s,\"location\":[", snap->name);
        text_add_number(text, snap->lon, 6);
        text_add(text, ",");
        text_add_number(text, snap->lat, 6);
        text_add(text, "]}");
    }
    text_add(text, "]");
}

static void add_table(struct text *text, const struct osrm *osrm, const struct block *block,
                      const struct fault *fault)
{
    const struct quantity distance = {true, 1, 1}, duration = {false, 1, 1};
    bool snaps = !fault || fault->kind != FAULT_NO_SNAPS;
    text_add(text, "{\"code\":\"Ok\"");
    if (osrm->distances) {
        text_add(text, ",\"distances\":");
        block_add_table(text, block, fault, &distance);
    }
    if (osrm->waypoints)
        add_waypoints(text, "destinations", osrm, block->destinations, block->destination_count,
                      snaps);
    if (osrm->durations) {
        text_add(text, ",\"durations\":");
        block_add_table(text, block, fault, &duration);
    }
    if (osrm->waypoints)
        add_waypoints(text, "sources", osrm, block->origins, block->origin_count, snaps);
    text_add(text, "}");
}

static void answer_block(const struct rules *rules, const struct osrm *osrm, struct block *block,
                         const struct fault *fault, struct answer *answer)
{
    if (block->origin_count * block->destination_count > rules->limit[DIALECT_OSRM]) {
        osrm_error(answer, 400, "TooBig", "Too many table coordinates");
        return;
    }
    const struct stop *lost = block_snap(block, &rules->table, fault);
    if (lost) {
        char message[80];
        snprintf(message, sizeof message, "Could not find a matching segment for coordinate %zu",
                 lost->index);
        osrm_error(answer, 400, "NoSegment", message);
        return;
    }
    block_route(block, rules);
    answer_code(answer, 200, "Ok");
    add_table(&answer->body, osrm, block, fault);
}

static void answer_table(const struct rules *rules, struct osrm *osrm, const char *profile,
                         const struct fault *fault, struct answer *answer)
{
    if (read_request(osrm, profile)) {
        struct block block = {0};
        block.origins = chosen(osrm, &osrm->sources, &block.origin_count);
        block.destinations = chosen(osrm, &osrm->destinations, &block.destination_count);
        answer->origins = block.origin_count;
        answer->destinations = block.destination_count;
        answer_block(rules, osrm, &block, fault, answer);
        block_free(&block);
    } else if (osrm->code) {
        osrm_error(answer, 400, osrm->code, osrm->message);
    } else {
        char message[80];
        snprintf(message, sizeof message, "Query string malformed close to position %zu",
                 osrm->bad_at);
        osrm_error(answer, 400, "InvalidQuery", message);
    }
    free(osrm->stops);
    free(osrm->sources.indices);
    free(osrm->destinations.indices);
}

void osrm_answer(const struct rules *rules, const char *target, const struct fault *fault,
                 struct answer *answer)
{
    const char *table = strstr(target, TABLE_PATH);
    struct osrm osrm = {.target = target, .durations = true, .waypoints = true, .hints = true};
    if (table) {
        answer_table(rules, &osrm, table + strlen(TABLE_PATH), fault, answer);
        return;
    }
    char message[100];
    int length = (int)strcspn(target + 1, "/?");
    for (int i = 0; i < length; i++)
        if (!isalnum((unsigned char)target[1 + i]))
            length = i;
    snprintf(message, sizeof message, "Service %.*s not found!", length < 40 ? length : 40,
             target + 1);
    osrm_error(answer, 400, "InvalidService", message);
}
