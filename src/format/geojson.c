/* GeoJSON (RFC 7946): a line on the map for each pair, with the names and the distance as its
 * properties. The line is a great circle whatever the metric: it is only for looking at.
 *
 * Each feature is on a line of its own. The comma and the line feed before a feature belong to it,
 * so that a segment knows from its position alone whether it needs the comma. */
#include "base/try.h"
#include "format/digits.h"
#include "format/great_circle.h"
#include "format/json_names.h"
#include "format/rank.h"
#include "format/values_name.h"
#include "format/whole.h"

#include <dmatrix/format.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The texts of a feature, in their order. */
static const char before_feature[] = ",\n{\"type\":\"Feature\",\"properties\":{\"origin\":";
static const char before_destination[] = "\"destination\":";
static const char no_destination[] = "null,";
static const char before_rank[] = "\"rank\":";
static const char before_no_line[] = ",\"geometry\":null}";
static const char before_one_part[] = ",\"geometry\":{\"type\":\"LineString\",\"coordinates\":";
static const char before_parts[] = ",\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[";
static const char after_line[] = "]}}";

enum {
    DISTANCE_NAME_LENGTH = 32, /* "distance_km": */
    RANK_BYTES = sizeof before_rank + 20 + 1,
    POSITION_BYTES = sizeof "[-180.1234567,-89.1234567],", /* with the bracket after the last */
    /* all that does not depend on the pair; the longest texts */
    FEATURE_BYTES = sizeof before_feature + sizeof before_destination + sizeof no_destination +
                    RANK_BYTES + DISTANCE_NAME_LENGTH + DM_DIGITS_BOUND + sizeof before_parts +
                    sizeof "[],[]" + sizeof after_line
};

struct geojson {
    struct dm_encoder base;
    const struct dm_layout *layout;
    const struct dm_locations *origins, *destinations;
    struct dm_labels origin_labels, destination_labels; /* share memory if both are one set */
    struct dm_labels value_name, values;                /* of dm_layout.values; else zero */
    struct dm_decimals decimals;
    char distance_name[DISTANCE_NAME_LENGTH]; /* in quotes, with a colon */
    bool ranked;          /* the pairs of a row are in the order of their distances */
    size_t feature_bytes; /* upper bound of a feature, without the names */
};

/* ---- preparing ---- */

static void dispose(struct dm_encoder *encoder)
{
    struct geojson *geojson = (struct geojson *)encoder;
    if (!geojson)
        return;
    if (geojson->destination_labels.text != geojson->origin_labels.text)
        dm_labels_free(&geojson->destination_labels);
    dm_labels_free(&geojson->origin_labels);
    dm_labels_free(&geojson->value_name);
    dm_labels_free(&geojson->values);
    free(geojson);
}

static enum dm_status check_coordinates(const struct dm_subject *subject, struct dm_error *error)
{
    if (subject->origins->coordinates == DM_GEOGRAPHIC &&
        subject->destinations->coordinates == DM_GEOGRAPHIC)
        return DM_OK;
    dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                  "geojson needs longitude and latitude, but this metric takes x and y in metres; "
                  "choose a metric of the Earth, and name the coordinate reference system of x and "
                  "y, such as EPSG:25832");
    dm_suggest(error, DM_FIELD_METRIC, "geodesic");
    dm_suggest(error, DM_FIELD_CRS, "%s", "");
    return DM_USAGE;
}

/* Extend the box, west, south, east and north, so that it contains all locations. */
static void extend(double box[4], const struct dm_locations *locations)
{
    for (size_t i = 0; i < locations->count; i++) {
        box[0] = fmin(box[0], locations->lon_deg[i]);
        box[1] = fmin(box[1], locations->lat_deg[i]);
        box[2] = fmax(box[2], locations->lon_deg[i]);
        box[3] = fmax(box[3], locations->lat_deg[i]);
    }
}

/* Return an upper bound of the positions of a line: no line is longer than the way along a meridian
 * and a parallel of the box around all places. So the bound of a pair is constant, and yet small
 * where the places are close: 4 positions within a town, 183 around the Earth. */
static size_t most_positions(const struct dm_subject *subject)
{
    const size_t ends = DM_LINE_POSITIONS_MAX - DM_LINE_STEPS_MAX;
    double box[4] = {180, 90, -180, -90};
    extend(box, subject->origins);
    extend(box, subject->destinations);
    return dm_line_steps(box[2] - box[0] + box[3] - box[1]) + ends;
}

/* Fail because a feature would have two properties of that name: readers keep one of them. */
static enum dm_status fail_taken(const char *name, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_FORMAT, DM_DATA,
                  "geojson output has a property %s of its own, so it cannot have the column of "
                  "that name; give the column another name",
                  name);
    dm_suggest(error, DM_FIELD_FORMAT, "%s", dm_format_csv.name);
    return DM_DATA;
}

/* Make the name of the property with the destinations' values, and the values. */
static enum dm_status make_values(struct geojson *geojson, const struct dm_format_options *options,
                                  struct dm_error *error)
{
    struct dm_values *values = (struct dm_values *)geojson->layout->values; /* only read */
    struct dm_label_style style = dm_label_json;
    if (!values)
        return DM_OK;
    const dm_flag *stop = options->stop;
    const char *name = dm_values_name(values);
    if (dm_values_name_is_taken(values, options->unit))
        return fail_taken(name, error);
    size_t begin[] = {0, strlen(name)};
    const struct dm_locations one = {.count = 1, .names = (char *)name, .name_begin = begin};
    const struct dm_locations all = {
        .count = values->count, .names = values->text, .name_begin = values->begin};
    DM_TRY(dm_labels_make(&all, &style, stop, &geojson->values, error));
    style.end = ':';
    return dm_labels_make(&one, &style, stop, &geojson->value_name, error);
}

static enum dm_status make_labels(struct geojson *geojson, const dm_flag *stop,
                                  struct dm_error *error)
{
    DM_TRY(dm_labels_make(geojson->origins, &dm_label_json, stop, &geojson->origin_labels, error));
    if (geojson->destinations != geojson->origins)
        return dm_labels_make(geojson->destinations, &dm_label_json, stop,
                              &geojson->destination_labels, error);
    geojson->destination_labels = geojson->origin_labels;
    return DM_OK;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    DM_TRY(check_coordinates(subject, error));
    struct geojson *geojson = calloc(1, sizeof *geojson);
    if (!geojson)
        return dm_fail_memory(error, "the output format");
    geojson->layout = subject->layout;
    geojson->origins = subject->origins;
    geojson->destinations = subject->destinations;
    geojson->ranked = subject->layout->ranked;
    geojson->feature_bytes = FEATURE_BYTES + most_positions(subject) * POSITION_BYTES;
    snprintf(geojson->distance_name, sizeof geojson->distance_name,
             "\"distance_%s\":", options->unit->name);
    enum dm_status status =
        dm_decimals_make((struct dm_decimals_wish){.precision = options->precision, .end = '}'},
                         options->isa, &geojson->decimals, error);
    if (status == DM_OK)
        status = make_labels(geojson, options->stop, error);
    if (status == DM_OK)
        status = make_values(geojson, options, error);
    if (status != DM_OK) {
        dispose(&geojson->base);
        return status;
    }
    geojson->feature_bytes += geojson->value_name.longest + geojson->values.longest;
    geojson->base.pair_bound = geojson->feature_bytes + geojson->origin_labels.longest +
                               geojson->destination_labels.longest;
    *encoder = &geojson->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct geojson *geojson = (const struct geojson *)encoder;
    const struct dm_labels *destinations = &geojson->destination_labels;
    size_t bytes = segment->count * (geojson->feature_bytes +
                                     dm_label_length(&geojson->origin_labels, segment->origin));
    if (!segment->destinations)
        return bytes + dm_labels_length(destinations, segment->first, segment->count);
    for (size_t i = 0; i < segment->count; i++)
        if (segment->destinations[i] != DM_NO_DESTINATION)
            bytes += dm_label_length(destinations, segment->destinations[i]);
    return bytes;
}

/* ---- writing ---- */

static char *put_text(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

/* Write a coordinate with up to seven decimals, 1 cm on the Earth, without zeros at the end. RFC
 * 7946, section 11.2, has six as an example of a reasonable precision. */
static char *put_degrees(char *at, double degrees)
{
    enum { DECIMALS = 7 };
    const uint64_t power = 10000000;
    uint64_t units = (uint64_t)llround(fabs(degrees) * (double)power);
    if (degrees < 0 && units > 0)
        *at++ = '-';
    at = dm_put_whole(at, units / power);
    uint64_t rest = units % power;
    if (rest == 0)
        return at;
    *at = '.';
    for (int i = DECIMALS; i > 0; i--, rest /= 10)
        at[i] = (char)('0' + rest % 10);
    at += DECIMALS;
    while (*at == '0')
        at--;
    return at + 1;
}

/* Write positions as an array: [[lon,lat],[lon,lat]] */
static char *put_positions(char *at, const struct dm_position *positions, size_t count)
{
    *at++ = '[';
    for (size_t i = 0; i < count; i++) {
        *at++ = '[';
        at = put_degrees(at, positions[i].lon_deg);
        *at++ = ',';
        at = put_degrees(at, positions[i].lat_deg);
        *at++ = ']';
        *at++ = ',';
    }
    at[-1] = ']';
    return at;
}

static struct dm_position position_of(const struct dm_locations *locations, size_t index)
{
    return (struct dm_position){locations->lon_deg[index], locations->lat_deg[index]};
}

static char *put_line(char *at, const struct geojson *geojson, size_t origin, size_t destination)
{
    struct dm_line line;
    if (destination == DM_NO_DESTINATION)
        return put_text(at, before_no_line);
    dm_line_draw(position_of(geojson->origins, origin),
                 position_of(geojson->destinations, destination), &line);
    if (line.cut == 0) {
        at = put_text(at, before_one_part);
        at = put_positions(at, line.at, line.count);
        return put_text(at, after_line + 1);
    }
    at = put_text(at, before_parts);
    at = put_positions(at, line.at, line.cut);
    *at++ = ',';
    at = put_positions(at, line.at + line.cut, line.count - line.cut);
    return put_text(at, after_line);
}

/* Return true if the segment begins with the first pair of all. */
static bool is_first(const struct dm_layout *layout, const struct dm_segment *segment)
{
    size_t row = segment->origin;
    return segment->row_begins &&
           (layout->row_begin ? layout->row_begin[row]
                              : layout->shape->before(row, layout->destinations)) == 0;
}

static char *put_names(char *at, const struct geojson *geojson, size_t origin, size_t destination)
{
    at = dm_put_label(at, &geojson->origin_labels, origin);
    at = put_text(at, before_destination);
    return destination == DM_NO_DESTINATION
               ? put_text(at, no_destination)
               : dm_put_label(at, &geojson->destination_labels, destination);
}

/* Write the value of a destination as a property. */
static char *put_value(char *at, const struct geojson *geojson, size_t destination)
{
    if (!geojson->layout->values || destination == DM_NO_DESTINATION)
        return at;
    at = dm_put_label(at, &geojson->value_name, 0);
    return dm_put_label(at, &geojson->values, geojson->layout->values->number[destination] - 1);
}

/* Write the place of a destination in the row, from 1. */
static char *put_rank(char *at, size_t rank, size_t destination)
{
    at = put_text(at, before_rank);
    at = destination == DM_NO_DESTINATION ? put_text(at, "null") : dm_put_whole(at, rank);
    *at++ = ',';
    return at;
}

/* Write the distance and the bracket after the properties. JSON has no NaN and no infinity. */
static char *put_distance(char *at, const struct geojson *geojson, const struct dm_digits *digits,
                          size_t index)
{
    at = put_text(at, geojson->distance_name);
    return isfinite(digits->numbers[index]) ? dm_digits_put(at, digits, index)
                                            : put_text(at, "null}");
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct geojson *geojson = (const struct geojson *)encoder;
    bool first = is_first(geojson->layout, segment);
    size_t rank = 0;
    char *at = text;
    struct dm_digits digits;
    for (size_t i = 0; i < segment->count; i++) {
        size_t destination = dm_segment_destination(segment, i);
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, &geojson->decimals, segment->distances + i, segment->count - i);
        at = put_text(at, first && i == 0 ? before_feature + 1 : before_feature);
        at = put_names(at, geojson, segment->origin, destination);
        at = put_value(at, geojson, destination);
        if (geojson->ranked) {
            rank = dm_next_rank(geojson->layout, segment, i, rank);
            at = put_rank(at, rank, destination);
        }
        at = put_distance(at, geojson, &digits, i % DM_DIGITS_BLOCK);
        at = put_line(at, geojson, segment->origin, destination);
    }
    return (size_t)(at - text);
}

static size_t set_piece(const char *text, struct dm_bytes *pieces)
{
    pieces[0] = (struct dm_bytes){text, strlen(text)};
    return 1;
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    (void)pass;
    return set_piece("{\"type\":\"FeatureCollection\",\"features\":[", pieces);
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    (void)pass;
    return set_piece("\n]}\n", pieces);
}

const struct dm_format dm_format_geojson = {
    .name = "geojson",
    .extension = "geojson",
    .summary = "a line on the map per pair, for QGIS, kepler.gl and web maps",
    .shapes = DM_SHAPE_ALL,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION),
    .passes = 1,
    .unmatched = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .dispose = dispose,
    .sparse = DM_SHAPE_PAIRS | DM_SHAPE_SQUARE | DM_SHAPE_CROSS,
    .whole = true,
    .not_by_road = "its lines are great circles",
};
