/* TSPLIB 95: a travelling salesman problem with explicit weights, either all of them or those above
 * the diagonal; by road an asymmetric one, with all of them. Reinelt, TSPLIB 95, sections 1.1
 * and 1.2. http://comopt.ifi.uni-heidelberg.de/software/TSPLIB95/tsp95.pdf */
#include "format/rounding.h"

#include "base/try.h"
#include "format/quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The greatest weight that LKH reads: INT_MAX / 2 / PRECISION, which is 100 unless its parameter
 * file has another (ReadProblem.c of LKH 3). */
enum { LKH_DEFAULT = INT32_MAX / 2 / 100, LKH_MAX = INT32_MAX / 2 };
_Static_assert(LKH_DEFAULT == 10737418 && LKH_MAX == 1073741823, "the caution mentions it");

enum { HEADER_BYTES = 512, DIGITS = 15 /* decimal digits that a double always preserves */ };

struct tsplib {
    struct dm_encoder base;
    struct dm_rounding rounding;
    struct dm_decimals whole;
    char header[HEADER_BYTES];
};

/* Replace the locale's decimal separator, which may have several bytes, with a point. */
static void use_decimal_point(char *number)
{
    char *point = number + strspn(number, "0123456789");
    const char *rest = point + strcspn(point, "0123456789e");
    if (rest == point)
        return;
    *point = '.';
    memmove(point + 1, rest, strlen(rest) + 1);
}

/* Write the unit, scale and rounding, with which a reader can recover the numbers. */
static void write_comment(char *text, size_t size, const struct dm_format_options *options)
{
    const struct dm_quantity_words words = dm_quantity_words(options);
    static const char *const ways[] = {
        [DM_NEAREST] = "to the nearest", [DM_FLOOR] = "down", [DM_CEIL] = "up"};
    char scale[32];
    snprintf(scale, sizeof scale, "%.*g", DIGITS, options->scale);
    use_decimal_point(scale);
    bool unscaled = options->scale == 1;
    snprintf(text, size, "%ss in %s%s%s, rounded %s", words.name, words.unit,
             unscaled ? "" : " times ", unscaled ? "" : scale, ways[options->round]);
}

static void write_header(struct tsplib *tsplib, const struct dm_format_options *options,
                         const struct dm_subject *subject)
{
    const struct dm_layout *layout = subject->layout;
    const struct dm_quantity_words words = dm_quantity_words(options);
    char comment[128];
    write_comment(comment, sizeof comment, options);
    snprintf(tsplib->header, sizeof tsplib->header,
             "NAME: %ss\n"
             "TYPE: %s\n"
             "COMMENT: %s\n"
             "DIMENSION: %llu\n"
             "EDGE_WEIGHT_TYPE: EXPLICIT\n"
             "EDGE_WEIGHT_FORMAT: %s\n"
             "EDGE_WEIGHT_SECTION\n",
             words.name, options->by_road ? "ATSP" : "TSP", comment,
             (unsigned long long)layout->origins,
             layout->shape->bit == DM_SHAPE_PAIRS ? "UPPER_ROW" : "FULL_MATRIX");
}

static enum dm_status fail_range(const struct dm_format_options *options,
                                 const struct dm_subject *subject, struct dm_error *error)
{
    const struct dm_quantity_words words = dm_quantity_words(options);
    dm_fail_field(error, DM_FIELD_SCALE, DM_RANGE,
                  "%ss of up to %.3f %s multiplied by %.*g exceed %d, the largest weight in "
                  "tsplib output; use a smaller scale",
                  words.name, subject->longest, words.unit, DIGITS, options->scale, INT32_MAX);
    dm_suggest(error, DM_FIELD_SCALE, "%.*g", DIGITS,
               dm_round_six_digits(INT32_MAX / subject->longest, DM_FLOOR));
    return DM_RANGE;
}

/* TSPLIB has no form of asymmetric problems that leaves out one half. */
static enum dm_status fail_pairs(struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                  "by road the two directions of a pair differ, so tsplib output needs both; use "
                  "the shape square");
    dm_suggest(error, DM_FIELD_SHAPE, "square");
    return DM_USAGE;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    if (options->by_road && subject->layout->shape->bit == DM_SHAPE_PAIRS)
        return fail_pairs(error);
    struct dm_rounding rounding = dm_rounding_make(options->scale, 1, options->round);
    if (!dm_rounding_fits(&rounding, subject->longest, INT32_MAX))
        return fail_range(options, subject, error);
    struct dm_decimals whole;
    DM_TRY(dm_decimals_make((struct dm_decimals_wish){.end = ' '}, options->isa, &whole, error));
    struct tsplib *tsplib = calloc(1, sizeof *tsplib);
    if (!tsplib)
        return dm_fail_memory(error, "the output format");
    tsplib->base.pair_bound = DM_DIGITS_BOUND;
    tsplib->whole = whole;
    tsplib->rounding = rounding;
    write_header(tsplib, options, subject);
    *encoder = &tsplib->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    return segment->count * encoder->pair_bound;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct tsplib *tsplib = (const struct tsplib *)encoder;
    char *end = dm_put_rounded(text, &tsplib->rounding, &tsplib->whole, segment);
    if (segment->row_ends)
        end[-1] = '\n';
    return (size_t)(end - text);
}

static void tally(const struct dm_encoder *encoder, const struct dm_segment *segment,
                  struct dm_tally *sum)
{
    const struct tsplib *tsplib = (const struct tsplib *)encoder;
    dm_tally_rounded(sum, &tsplib->rounding, tsplib->whole.kernels, segment);
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct tsplib *tsplib = (const struct tsplib *)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){tsplib->header, strlen(tsplib->header)};
    return 1;
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){"EOF\n", 4};
    return 1;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_tsplib = {
    .name = "tsplib",
    .extension = "tsp",
    .summary = "TSPLIB 95 in integers: FULL_MATRIX, or UPPER_ROW for pairs",
    .shapes = DM_SHAPE_SQUARE | DM_SHAPE_PAIRS,
    .usual = &dm_shape_square,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_SCALE) |
            DM_FIELD_BIT(DM_FIELD_ROUND) | DM_FIELD_BIT(DM_FIELD_NAMES),
    .passes = 1,
    .from_one = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .dispose = dispose,
    .usual_unit = &dm_unit_m,
    .tally = tally,
    .trusted = LKH_DEFAULT,
    .caution = "LKH needs PRECISION = 1 in its parameter file, and reads weights of up to "
               "1,073,741,823",
    .by_road = &dm_format_tsplib,
    .quantity = true,
};
