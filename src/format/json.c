/* VROOM's "matrices" object for the profile "car": durations in seconds and distances in metres,
 * as unsigned 32-bit integers. By road, the durations are those of the server.
 * https://github.com/VROOM-Project/vroom/blob/master/docs/API.md#matrices */
#include "format/rounding.h"

#include "base/try.h"

#include <stdlib.h>
#include <string.h>

enum { DURATIONS, DISTANCES, PASSES, ROW_BYTES = 3 /* brackets and line feed; see close_row() */ };

struct json {
    struct dm_encoder base;
    struct dm_rounding roundings[PASSES];
    struct dm_decimals whole;
    size_t rows;
};

/* Fail if a number could exceed 32 bits. DM_RANGE. */
static enum dm_status check(const struct dm_rounding *rounding, const char *what, double longest,
                            const char *unit, struct dm_error *error)
{
    if (dm_rounding_fits(rounding, longest, UINT32_MAX))
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_FORMAT, DM_RANGE,
                         "%s of up to %.0f %s exceed %lu, the largest number in json output", what,
                         longest, unit, (unsigned long)UINT32_MAX);
}

/* Make the encoder after all checks. */
static enum dm_status make(const struct dm_format_options *options,
                           const struct dm_subject *subject,
                           const struct dm_rounding roundings[PASSES], struct dm_encoder **encoder,
                           struct dm_error *error)
{
    struct dm_decimals whole;
    DM_TRY(dm_decimals_make((struct dm_decimals_wish){.end = ','}, options->isa, &whole, error));
    struct json *json = calloc(1, sizeof *json);
    if (!json)
        return dm_fail_memory(error, "the output format");
    json->base.pair_bound = DM_DIGITS_BOUND + ROW_BYTES;
    json->rows = subject->origins->count;
    json->whole = whole;
    memcpy(json->roundings, roundings, sizeof json->roundings);
    *encoder = &json->base;
    return DM_OK;
}

/* ---- durations at a constant speed ---- */

static enum dm_status fail_slow(double speed_kmh, double longest_m, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SPEED, DM_RANGE,
                  "at %.15g km/h, distances of up to %.0f m take more than %lu s, the largest "
                  "number in json output; use a higher speed",
                  speed_kmh, longest_m, (unsigned long)UINT32_MAX);
    dm_suggest(error, DM_FIELD_SPEED, "%.15g",
               dm_round_six_digits(longest_m * 3.6 / UINT32_MAX, DM_CEIL));
    return DM_RANGE;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    if (!(options->speed_kmh > 0)) {
        dm_fail_field(error, DM_FIELD_SPEED, DM_USAGE,
                      "json output needs a speed in km/h, because VROOM requires durations");
        dm_suggest(error, DM_FIELD_SPEED, "50");
        return DM_USAGE;
    }
    const struct dm_rounding roundings[PASSES] = {
        /* a metre at 1 km/h takes 3.6 s = 18/5 s; integers keep the factors exact */
        [DURATIONS] = dm_rounding_make(18, 5 * options->speed_kmh, options->round),
        [DISTANCES] = dm_rounding_make(1, 1, options->round),
    };
    DM_TRY(check(&roundings[DISTANCES], "distances", subject->longest, "m", error));
    if (!dm_rounding_fits(&roundings[DURATIONS], subject->longest, UINT32_MAX))
        return fail_slow(options->speed_kmh, subject->longest, error);
    return make(options, subject, roundings, encoder, error);
}

/* ---- durations by road ---- */

static enum dm_status prepare_road(const struct dm_format_options *options,
                                   const struct dm_subject *subject, struct dm_encoder **encoder,
                                   struct dm_error *error)
{
    const struct dm_rounding whole = dm_rounding_make(1, 1, options->round);
    const struct dm_rounding roundings[PASSES] = {[DURATIONS] = whole, [DISTANCES] = whole};
    DM_TRY(check(&whole, "distances", subject->longest, "m", error));
    DM_TRY(check(&whole, "durations", options->by_road->longest_s, "s", error));
    return make(options, subject, roundings, encoder, error);
}

/* ---- encoding ---- */

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)encoder;
    return segment->count * DM_DIGITS_BOUND + ROW_BYTES;
}

/* Replace the comma after the last number with the closing bracket. */
static char *close_row(char *text, bool last)
{
    text[-1] = ']';
    if (!last)
        *text++ = ',';
    *text++ = '\n';
    return text;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct json *json = (const struct json *)encoder;
    char *at = text;
    if (segment->row_begins)
        *at++ = '[';
    at = dm_put_rounded(at, &json->roundings[segment->pass], &json->whole, segment);
    if (segment->row_ends)
        at = close_row(at, segment->origin + 1 == json->rows);
    return (size_t)(at - text);
}

static void tally(const struct dm_encoder *encoder, const struct dm_segment *segment,
                  struct dm_tally *sum)
{
    const struct json *json = (const struct json *)encoder;
    dm_tally_rounded(sum, &json->roundings[segment->pass], json->whole.kernels, segment);
}

static size_t set_piece(const char *text, struct dm_bytes *pieces)
{
    pieces[0] = (struct dm_bytes){text, strlen(text)};
    return 1;
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    return set_piece(pass == DURATIONS ? "{\"matrices\":{\"car\":{\"durations\":[\n"
                                       : "\"distances\":[\n",
                     pieces);
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    return set_piece(pass == DURATIONS ? "],\n" : "]}}}\n", pieces);
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

/* All but what durations are made from. */
#define JSON_COMMON                                                                                \
    .name = "json", .extension = "json",                                                           \
    .summary = "VROOM matrices in integer seconds and metres", .shapes = DM_SHAPE_SQUARE,          \
    .unit = &dm_unit_m, .passes = PASSES, .bound = bound, .encode = encode, .begin = begin,        \
    .end = end, .dispose = dispose, .tally = tally, .by_road = &json_road

static const struct dm_format json_road = {
    JSON_COMMON,
    .uses = DM_FIELD_BIT(DM_FIELD_ROUND) | DM_FIELD_BIT(DM_FIELD_NAMES),
    .prepare = prepare_road,
    .durations = 1 << DURATIONS,
};

const struct dm_format dm_format_json = {
    JSON_COMMON,
    .uses =
        DM_FIELD_BIT(DM_FIELD_SPEED) | DM_FIELD_BIT(DM_FIELD_ROUND) | DM_FIELD_BIT(DM_FIELD_NAMES),
    .prepare = prepare,
};
