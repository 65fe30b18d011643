#include "testing/encoded.h"

#include "base/crc.h"
#include "load/kept_rows.h"
#include "testing/testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Adds bytes, and a 0 behind them that does not count. */
static void add(struct encoded *encoded, const char *bytes, size_t count)
{
    size_t needed = encoded->length + count + 1;
    if (needed > encoded->room) {
        encoded->room = 2 * needed;
        encoded->text = realloc(encoded->text, encoded->room);
        assert_non_null(encoded->text);
    }
    if (count > 0)
        memcpy(encoded->text + encoded->length, bytes, count);
    encoded->length += count;
    encoded->text[encoded->length] = '\0';
}

/* Adds what stands before or after the pairs of a pass. Returns the number of its pieces. */
static size_t put_frame(struct encoded *encoded,
                        size_t (*frame)(struct dm_encoder *, unsigned, struct dm_bytes *),
                        struct dm_encoder *encoder, unsigned pass)
{
    struct dm_bytes pieces[DM_FRAME_PIECES];
    size_t count = frame ? frame(encoder, pass, pieces) : 0;
    assert_true(count <= DM_FRAME_PIECES);
    for (size_t i = 0; i < count; i++)
        add(encoded, pieces[i].at, pieces[i].count);
    return count;
}

/* The pairs that an output is made of. */
struct pairs {
    const struct dm_layout *layout;
    const size_t *destinations; /* of a sparse layout, or NULL */
    size_t most;                /* of a segment */
    made_up_distance *distance; /* NULL: by road */
    made_up_pair *pair;         /* by road, or NULL */
};

/* Makes up distances and, for a format that wants them, routes. */
static void make_up(const struct dm_format *format, const struct dm_segment *segment,
                    const struct pairs *pairs, double *distances, struct dm_route *routes)
{
    bool durations = format->durations >> segment->pass & 1;
    for (size_t i = 0; i < segment->count; i++) {
        size_t destination = dm_segment_destination(segment, i);
        if (pairs->distance) {
            distances[i] = pairs->distance(segment->origin, destination);
            continue;
        }
        struct made_up pair = {(double)NAN, {(double)NAN, (double)NAN}};
        if (destination != DM_NO_DESTINATION)
            pair = pairs->pair(segment->origin, destination);
        distances[i] = durations ? pair.route.duration_s : pair.distance;
        routes[i] = (struct dm_route){
            .duration_s = pair.route.duration_s,
            .crow = pair.route.crow,
            .detour = pair.route.crow > 0 ? pair.distance / pair.route.crow : (double)NAN};
    }
}

static void put_segment(struct encoded *encoded, const struct dm_format *format,
                        struct dm_encoder *encoder, struct dm_segment *segment,
                        const struct pairs *pairs)
{
    double *distances = malloc((segment->count + 1) * sizeof *distances);
    struct dm_route *routes = malloc((segment->count + 1) * sizeof *routes);
    assert_non_null(distances);
    assert_non_null(routes);
    make_up(format, segment, pairs, distances, routes);
    size_t bound = format->bound(encoder, segment);
    char *text = malloc(bound + 1); /* no larger, so that sanitizers see what is written behind */
    assert_non_null(text);
    segment->distances = distances;
    segment->routes = pairs->pair && format->routes ? routes : NULL;
    memset(text, '#', bound + 1);
    size_t length = format->encode(encoder, segment, text);
    assert_true(length <= bound);
    assert_int_equal(text[bound], '#');
    if (segment->count == 1)
        assert_true(bound <= encoder->pair_bound);
    encoder->pass_crc = dm_crc(encoder->pass_crc, text, length);
    encoder->pass_bytes += length;
    add(encoded, text, length);
    free(text);
    free(routes);
    free(distances);
}

static void put_pass(struct encoded *encoded, const struct dm_format *format,
                     struct dm_encoder *encoder, const struct pairs *pairs, unsigned pass)
{
    const struct dm_layout *layout = pairs->layout;
    encoder->pass_crc = 0;
    encoder->pass_bytes = 0;
    for (uint64_t pair = 0; pair < layout->pairs; pair += pairs->most) {
        struct dm_segment segment;
        uint64_t left = layout->pairs - pair, at = pair;
        struct dm_walk walk =
            dm_walk_begin(layout, pair, pair + (pairs->most < left ? pairs->most : left));
        while (dm_walk_next(&walk, &segment)) {
            segment.pass = pass;
            segment.destinations = pairs->destinations ? pairs->destinations + at : NULL;
            put_segment(encoded, format, encoder, &segment, pairs);
            at += segment.count;
        }
    }
}

static struct encoded put_passes(const struct dm_format *format, struct dm_encoder *encoder,
                                 const struct pairs *pairs)
{
    struct encoded encoded = {0};
    for (unsigned pass = 0; pass < format->passes; pass++) {
        put_frame(&encoded, format->begin, encoder, pass);
        put_pass(&encoded, format, encoder, pairs, pass);
        if (!format->absorb)
            put_frame(&encoded, format->end, encoder, pass);
    }
    add(&encoded, NULL, 0);
    return encoded;
}

struct encoded encode_all(const struct dm_format *format, struct dm_encoder *encoder,
                          const struct dm_layout *layout, size_t most, made_up_distance *distance)
{
    return put_passes(format, encoder, &(struct pairs){layout, NULL, most, distance, NULL});
}

struct encoded encode_sparse(const struct dm_format *format, struct dm_encoder *encoder,
                             const struct dm_layout *layout, const size_t *destinations,
                             size_t most, made_up_distance *distance)
{
    return put_passes(format, encoder, &(struct pairs){layout, destinations, most, distance, NULL});
}

struct encoded encode_by_road(const struct dm_format *format, struct dm_encoder *encoder,
                              const struct dm_layout *layout, const size_t *destinations,
                              size_t most, made_up_pair *pair)
{
    return put_passes(format, encoder, &(struct pairs){layout, destinations, most, NULL, pair});
}

struct encoded sum_up(const struct dm_format *format, struct dm_encoder *encoder,
                      const struct dm_layout *layout, const size_t *destinations, size_t most,
                      made_up_distance *distance)
{
    const struct pairs pairs = {layout, destinations, most, distance, NULL};
    struct encoded records = {0}, encoded = {0};
    put_frame(&encoded, format->begin, encoder, 0);
    put_pass(&records, format, encoder, &pairs, 0);
    format->absorb(encoder, records.text, records.length);
    put_frame(&encoded, format->end, encoder, 0);
    while (put_frame(&encoded, format->more, encoder, 0) > 0) {
    }
    add(&encoded, NULL, 0);
    free(records.text);
    return encoded;
}

static void give_row(struct dm_kept_rows *rows, const char *text, size_t length)
{
    assert_true(dm_kept_rows_field(rows, text, length) && dm_kept_rows_end(rows));
}

void give_rows(struct dm_locations *locations, char delimiter)
{
    const struct dm_dialect dialect = {delimiter ? delimiter : ',', true};
    struct dm_kept_rows rows = dm_kept_rows_begin(&dialect, 0);
    give_row(&rows, "name", 4);
    assert_true(dm_kept_rows_take_header(&rows));
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        if (i % 3 == 0)
            give_row(&rows, "no place", 8);
        give_row(&rows, name, length);
        assert_true(dm_kept_rows_take_location(&rows));
    }
    give_row(&rows, "no place", 8);
    assert_true(dm_kept_rows_close(&rows));
    dm_kept_rows_finish(&rows, locations);
}
