#include "fuzz/read_back.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <ctype.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

struct text {
    const char *at, *end;
};

static bool has_pair(const struct dm_layout *layout, size_t origin, size_t destination)
{
    switch (layout->shape->bit) {
    case DM_SHAPE_PAIRS:
        return destination > origin;
    case DM_SHAPE_PAIRED:
        return destination == origin;
    case DM_SHAPE_SEQUENCE:
        return destination == origin + 1;
    default:
        return true;
    }
}

/* Passes by what must stand there. */
static void expect(struct text *text, const char *wanted)
{
    size_t length = strlen(wanted);
    CLAIM((size_t)(text->end - text->at) >= length && memcmp(text->at, wanted, length) == 0);
    text->at += length;
}

static void expect_end(const struct text *text)
{
    CLAIM(text->at == text->end);
}

/* ---- csv and matrix ---- */

static char delimiter_of(const struct written *written)
{
    return written->options->delimiter ? written->options->delimiter : ',';
}

/* A field of RFC 4180, and the character behind it. Returns its length. */
static size_t read_field(struct text *text, char delimiter, char *field, char *behind)
{
    size_t length = 0;
    bool quoted = text->at < text->end && *text->at == '"';
    for (text->at += quoted;; text->at++) {
        CLAIM(text->at < text->end);
        if (quoted && *text->at == '"' && *++text->at != '"')
            break;
        if (!quoted && (*text->at == delimiter || *text->at == '\n'))
            break;
        CLAIM(quoted || (*text->at != '"' && *text->at != '\r'));
        field[length++] = *text->at;
    }
    *behind = *text->at++;
    CLAIM(*behind == delimiter || *behind == '\n');
    return length;
}

/* Whether the name, as it was read, is the one that was written. A spreadsheet must not take it for
 * a formula where that was asked for; then, and only then, it may have an apostrophe before. */
static bool is_name(const struct written *written, const struct dm_locations *locations, size_t i,
                    const char *read, size_t read_length)
{
    size_t length;
    const char *name = dm_location_name(locations, i, &length);
    bool guarded = read_length == length + 1 && *read == '\'';
    if (written->options->safe_csv && length > 0 && strchr("=+-@\t\r", *name) && *name)
        CLAIM(guarded);
    if (guarded && written->options->safe_csv && !isalnum((unsigned char)*name))
        return memcmp(read + 1, name, length) == 0;
    return read_length == length && memcmp(read, name, length) == 0;
}

static void expect_name(struct text *text, const struct written *written,
                        const struct dm_locations *locations, size_t i, char wanted_behind)
{
    static char field[1 << 16];
    char behind;
    size_t length = read_field(text, delimiter_of(written), field, &behind);
    CLAIM(is_name(written, locations, i, field, length));
    CLAIM(behind == wanted_behind);
}

/* From 2^63 on, where doubles have no decimals, there is an exponent. `mark`: with the decimal mark
 * of the options. */
static void expect_number(struct text *text, const struct written *written, size_t i, size_t j,
                          bool mark)
{
    char number[64];
    double wanted = written->distance(i, j);
    if (wanted < 0x1p63)
        snprintf(number, sizeof number, "%.*f", (int)written->options->precision, wanted);
    else
        snprintf(number, sizeof number, "%.16e", wanted);
    char *point = strchr(number, '.');
    if (point && written->options->decimal && mark)
        *point = written->options->decimal;
    expect(text, number);
}

static void read_csv(struct text *text, const struct written *written)
{
    char header[64], comma = delimiter_of(written);
    snprintf(header, sizeof header, "origin%cdestination%cdistance_%s\n", comma, comma,
             written->options->unit->name);
    if (written->options->header)
        expect(text, header);
    for (size_t i = 0; i < written->layout->origins; i++) {
        for (size_t j = 0; j < written->layout->destinations; j++) {
            if (!has_pair(written->layout, i, j))
                continue;
            expect_name(text, written, written->origins, i, comma);
            expect_name(text, written, written->destinations, j, comma);
            expect_number(text, written, i, j, true);
            expect(text, "\n");
        }
    }
}

static void read_matrix(struct text *text, const struct written *written)
{
    const size_t columns = written->layout->destinations;
    const char comma[] = {delimiter_of(written), '\0'};
    char corner[32];
    snprintf(corner, sizeof corner, "distance_%s%s", written->options->unit->name, comma);
    if (written->options->header) {
        expect(text, corner);
        for (size_t j = 0; j < columns; j++)
            expect_name(text, written, written->destinations, j, j + 1 < columns ? *comma : '\n');
    }
    for (size_t i = 0; i < written->layout->origins; i++) {
        expect_name(text, written, written->origins, i, *comma);
        for (size_t j = 0; j < columns; j++) {
            expect_number(text, written, i, j, true);
            expect(text, j + 1 < columns ? comma : "\n");
        }
    }
}

/* Skips a row of the table that has no location. */
static void skip_row(struct text *text, char delimiter)
{
    static char field[1 << 16];
    char behind;
    size_t length = read_field(text, delimiter, field, &behind);
    CLAIM(length == 8 && memcmp(field, "no place", 8) == 0 && behind == delimiter);
    CLAIM(read_field(text, delimiter, field, &behind) == 0 && behind == '\n');
}

/* The rows of give_rows(). */
static void read_append(struct text *text, const struct written *written)
{
    const struct dm_locations *locations = written->origins;
    bool sequence = written->layout->shape->bit == DM_SHAPE_SEQUENCE;
    char header[64], comma = delimiter_of(written);
    snprintf(header, sizeof header, "name%cdistance_%s\n", comma, written->options->unit->name);
    if (written->options->header)
        expect(text, header);
    for (size_t i = 0; i < locations->count; i++) {
        if (i % 3 == 0)
            skip_row(text, comma);
        expect_name(text, written, locations, i, comma);
        if (sequence && i == 0)
            expect(text, comma == ' ' ? "\"\"" : "");
        else
            expect_number(text, written, sequence ? i - 1 : i, i, true);
        expect(text, "\n");
    }
    skip_row(text, comma);
}

/* ---- npy ---- */

static void read_npy(struct text *text, const struct written *written)
{
    const bool single = written->options->dtype == DM_F4;
    const uint64_t pairs = written->layout->pairs;
    char shape[64], header[512] = "";
    CLAIM(text->end - text->at >= 10 && memcmp(text->at, "\x93NUMPY\x01\x00", 8) == 0);
    size_t length = (unsigned char)text->at[8] + 256 * (size_t)(unsigned char)text->at[9];
    CLAIM(length < sizeof header && (size_t)(text->end - text->at) >= 10 + length);
    memcpy(header, text->at + 10, length);
    CLAIM((10 + length) % 64 == 0 && header[length - 1] == '\n');
    if (written->layout->shape->bit & (DM_SHAPE_SQUARE | DM_SHAPE_CROSS))
        snprintf(shape, sizeof shape, "(%u, %u)", (unsigned)written->layout->origins,
                 (unsigned)written->layout->destinations);
    else
        snprintf(shape, sizeof shape, "(%u,)", (unsigned)pairs);
    CLAIM(strstr(header, single ? "'descr': '<f4'" : "'descr': '<f8'"));
    CLAIM(strstr(header, "'fortran_order': False") && strstr(header, shape));
    text->at += 10 + length;
    for (size_t i = 0; i < written->layout->origins; i++) {
        for (size_t j = 0; j < written->layout->destinations; j++) {
            if (!has_pair(written->layout, i, j))
                continue;
            double wanted = written->distance(i, j), eight;
            float four, rounded = (float)wanted;
            size_t size = single ? sizeof four : sizeof eight;
            CLAIM((size_t)(text->end - text->at) >= size);
            CLAIM(memcmp(text->at, single ? (void *)&rounded : (void *)&wanted, size) == 0);
            text->at += size;
        }
    }
}

/* ---- integers: tsplib and json ---- */

static long long rounded(double exact, enum dm_round how)
{
    return (long long)(how == DM_NEAREST ? round(exact)
                       : how == DM_FLOOR ? floor(exact)
                                         : ceil(exact));
}

static void read_tsplib(struct text *text, const struct written *written)
{
    const char *weights = strstr(text->at, "EDGE_WEIGHT_SECTION\n");
    char dimension[32];
    CLAIM(weights);
    snprintf(dimension, sizeof dimension, "DIMENSION: %u\n", (unsigned)written->layout->origins);
    CLAIM(strstr(text->at, dimension) && strstr(text->at, dimension) < weights);
    CLAIM(strstr(text->at,
                 written->layout->shape->bit == DM_SHAPE_PAIRS ? "UPPER_ROW\n" : "FULL_MATRIX\n"));
    text->at = weights + strlen("EDGE_WEIGHT_SECTION\n");
    for (size_t i = 0; i < written->layout->origins; i++) {
        for (size_t j = 0; j < written->layout->destinations; j++) {
            if (!has_pair(written->layout, i, j))
                continue;
            char *behind;
            long long weight = strtoll(text->at, &behind, 10);
            CLAIM(behind > text->at && isspace((unsigned char)*behind));
            CLAIM(weight == rounded(written->distance(i, j) * written->options->scale,
                                    written->options->round));
            text->at = behind;
        }
    }
    while (isspace((unsigned char)*text->at))
        text->at++;
    expect(text, "EOF\n");
}

static void expect_json(const json_t *matrix, const struct written *written, double times)
{
    CLAIM(json_array_size(matrix) == written->layout->origins);
    for (size_t i = 0; i < written->layout->origins; i++) {
        const json_t *row = json_array_get(matrix, i);
        CLAIM(json_array_size(row) == written->layout->destinations);
        for (size_t j = 0; j < written->layout->destinations; j++) {
            const json_t *number = json_array_get(row, j);
            CLAIM(json_is_integer(number));
            CLAIM(json_integer_value(number) ==
                  rounded(written->distance(i, j) * times, written->options->round));
        }
    }
}

static void read_json(struct text *text, const struct written *written)
{
    json_error_t error;
    json_t *root =
        json_loadb(text->at, (size_t)(text->end - text->at), JSON_REJECT_DUPLICATES, &error);
    const json_t *car = json_object_get(json_object_get(root, "matrices"), "car");
    CLAIM(root && json_object_size(car) == 2);
    expect_json(json_object_get(car, "distances"), written, 1);
    expect_json(json_object_get(car, "durations"), written, 3.6 / written->options->speed_kmh);
    json_decref(root);
    text->at = text->end;
}

/* ---- geojson ---- */

/* The name, with U+FFFD for what is not UTF-8. */
static void expect_string(const json_t *value, const struct dm_locations *locations, size_t i)
{
    size_t length, left;
    const char *name = dm_location_name(locations, i, &length);
    const char *read = json_string_value(value);
    CLAIM(read);
    left = json_string_length(value);
    while (length > 0) {
        size_t bytes = dm_utf8_length(name, length), passed = bytes > 0 ? bytes : 1;
        const char *wanted = bytes > 0 ? name : "\xEF\xBF\xBD";
        bytes = bytes > 0 ? bytes : 3;
        CLAIM(left >= bytes && memcmp(read, wanted, bytes) == 0);
        read += bytes;
        left -= bytes;
        name += passed;
        length -= passed;
    }
    CLAIM(left == 0);
}

static void expect_part(const json_t *part)
{
    CLAIM(json_array_size(part) >= 2);
    for (size_t i = 0; i < json_array_size(part); i++) {
        const json_t *position = json_array_get(part, i);
        const json_t *lon = json_array_get(position, 0), *lat = json_array_get(position, 1);
        CLAIM(json_array_size(position) == 2 && json_is_number(lon) && json_is_number(lat));
        CLAIM(fabs(json_number_value(lon)) <= 180 && fabs(json_number_value(lat)) <= 90);
    }
}

static void expect_line(const json_t *geometry)
{
    const json_t *parts = json_object_get(geometry, "coordinates");
    const char *type = json_string_value(json_object_get(geometry, "type"));
    CLAIM(type && json_object_size(geometry) == 2);
    if (strcmp(type, "LineString") == 0) {
        expect_part(parts);
        return;
    }
    CLAIM(strcmp(type, "MultiLineString") == 0 && json_array_size(parts) == 2);
    expect_part(json_array_get(parts, 0));
    expect_part(json_array_get(parts, 1));
}

static void expect_feature(const json_t *feature, const struct written *written, size_t i, size_t j)
{
    char name[64];
    const json_t *properties = json_object_get(feature, "properties");
    double wanted = written->distance(i, j);
    double half = 0.5 * pow(10, -(double)written->options->precision);
    snprintf(name, sizeof name, "distance_%s", written->options->unit->name);
    const json_t *number = json_object_get(properties, name);
    CLAIM(json_object_size(properties) == 3 && json_is_number(number));
    CLAIM(fabs(json_number_value(number) - wanted) <= half * 1.0000001 + wanted * 0x1p-52);
    expect_string(json_object_get(properties, "origin"), written->origins, i);
    expect_string(json_object_get(properties, "destination"), written->destinations, j);
    expect_line(json_object_get(feature, "geometry"));
}

static void read_geojson(struct text *text, const struct written *written)
{
    json_t *root = json_loadb(text->at, (size_t)(text->end - text->at),
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    const json_t *features = json_object_get(root, "features");
    size_t at = 0;
    CLAIM(root && json_array_size(features) == written->layout->pairs);
    for (size_t i = 0; i < written->layout->origins; i++)
        for (size_t j = 0; j < written->layout->destinations; j++)
            if (has_pair(written->layout, i, j))
                expect_feature(json_array_get(features, at++), written, i, j);
    json_decref(root);
    text->at = text->end;
}

/* ---- phylip ---- */

static void read_phylip(struct text *text, const struct written *written)
{
    char count[32];
    snprintf(count, sizeof count, "%u\n", (unsigned)written->layout->origins);
    expect(text, count);
    for (size_t i = 0; i < written->layout->origins; i++) {
        const char *label = text->at;
        while (text->at < text->end && *text->at != ' ') {
            CLAIM((unsigned char)*text->at > ' ' && !strchr("()[]{}:;,'\"#", *text->at));
            text->at++;
        }
        CLAIM(text->at > label);
        for (size_t j = 0; j < written->layout->destinations; j++) {
            expect(text, " ");
            expect_number(text, written, i, j, false);
        }
        expect(text, "\n");
    }
}

void read_back(const struct dm_format *format, const char *bytes, size_t length,
               const struct written *written)
{
    static const struct {
        const struct dm_format *format;
        void (*read)(struct text *, const struct written *);
    } readers[] = {{&dm_format_csv, read_csv},       {&dm_format_matrix, read_matrix},
                   {&dm_format_npy, read_npy},       {&dm_format_tsplib, read_tsplib},
                   {&dm_format_phylip, read_phylip}, {&dm_format_json, read_json},
                   {&dm_format_append, read_append}, {&dm_format_geojson, read_geojson}};
    struct text text = {bytes, bytes + length};
    size_t i = 0;
    while (readers[i].format != format)
        CLAIM(++i < sizeof readers / sizeof *readers);
    readers[i].read(&text, written);
    expect_end(&text);
}
