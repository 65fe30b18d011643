/* VROOM's object of matrices for the profile "car": durations in seconds and distances in metres,
 * unsigned numbers of 32 bits.
 * https://github.com/VROOM-Project/vroom/blob/master/docs/API.md#matrices */
#include "format/rounding.h"

#include <stdlib.h>
#include <string.h>

enum { DURATIONS, DISTANCES, PASSES, ROW_BYTES = 3 /* brackets, a line feed; see close_row() */ };

struct json {
    struct dm_encoder base;
    struct dm_rounding roundings[PASSES];
    struct dm_decimals whole;
    size_t rows;
};

/* One has to be there, and all numbers must be 32 bits wide. */
static enum dm_status check(const struct dm_format_options *options, const struct json *json,
                            double longest_m, struct dm_error *error)
{
    if (!dm_rounding_fits(&json->roundings[DISTANCES], longest_m, UINT32_MAX))
        return dm_fail_field(error, DM_FIELD_FORMAT, DM_RANGE,
                             "distances may be as long as %.0f m here, which is more than %lu, the "
                             "largest number of the format json",
                             longest_m, (unsigned long)UINT32_MAX);
    if (dm_rounding_fits(&json->roundings[DURATIONS], longest_m, UINT32_MAX))
        return DM_OK;
    dm_fail_field(error, DM_FIELD_SPEED, DM_RANGE,
                  "distances may be as long as %.0f m here: with %.15g km/h that takes more "
                  "than %lu s, the largest number of the format json; a higher speed fits",
                  longest_m, options->speed_kmh, (unsigned long)UINT32_MAX);
    dm_suggest(error, DM_FIELD_SPEED, "%.15g",
               dm_six_digits(longest_m * 3.6 / UINT32_MAX, DM_CEIL));
    return DM_RANGE;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    if (!(options->speed_kmh > 0)) {
        dm_fail_field(error, DM_FIELD_SPEED, DM_USAGE,
                      "the format json needs a speed in km/h: VROOM takes no distances without "
                      "durations");
        dm_suggest(error, DM_FIELD_SPEED, "50");
        return DM_USAGE;
    }
    struct json *json = calloc(1, sizeof *json);
    if (!json)
        return dm_fail_memory(error, "the output format");
    json->base.pair_bound = DM_DIGITS_BOUND + ROW_BYTES;
    json->rows = subject->origins->count;
    /* a metre at 1 km/h takes 3.6 s; these factors are whole */
    json->roundings[DURATIONS] = dm_rounding_make(18, 5 * options->speed_kmh, options->round);
    json->roundings[DISTANCES] = dm_rounding_make(1, 1, options->round);
    enum dm_status status = check(options, json, subject->longest, error);
    if (status == DM_OK)
        status = dm_decimals_make(0, ',', options->isa, &json->whole, error);
    if (status == DM_OK)
        *encoder = &json->base;
    else
        free(json);
    return status;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)encoder;
    return segment->count * DM_DIGITS_BOUND + ROW_BYTES;
}

/* The comma behind the last number becomes the bracket. */
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

static size_t frame(const char *text, struct dm_bytes *pieces)
{
    pieces[0] = (struct dm_bytes){text, strlen(text)};
    return 1;
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    return frame(pass == DURATIONS ? "{\"matrices\":{\"car\":{\"durations\":[\n"
                                   : "\"distances\":[\n",
                 pieces);
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    return frame(pass == DURATIONS ? "],\n" : "]}}}\n", pieces);
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_json = {
    .name = "json",
    .extension = "json",
    .summary = "VROOM's matrices: seconds and metres in whole numbers",
    .shapes = DM_SHAPE_SQUARE,
    .uses = DM_FIELD_BIT(DM_FIELD_SPEED) | DM_FIELD_BIT(DM_FIELD_ROUND),
    .unit = &dm_unit_m,
    .passes = PASSES,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .dispose = dispose,
};
