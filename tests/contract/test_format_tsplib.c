/* TSPLIB files, read back by a reader made from the rules of TSPLIB 95: a specification part of
 * "KEYWORD: VALUE" in any order, then data parts that a keyword alone begins, then EOF. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 9, VALUE = 128 };

/* What was read. Weights that a file has only once are filled in on both sides. */
struct problem {
    char name[VALUE], type[VALUE], comment[VALUE], weight_type[VALUE], weight_format[VALUE];
    long dimension;
    long weights[NODES][NODES];
    size_t count; /* of weights in the file */
    bool ended;
};

/* Takes a line of the specification part apart; false where it is none. */
static bool take_specification(const char *line, size_t length, const char *keyword, char *value)
{
    size_t letters = strlen(keyword);
    if (length <= letters || memcmp(line, keyword, letters) != 0)
        return false;
    const char *at = line + letters, *end = line + length;
    while (at < end && *at == ' ')
        at++;
    if (at == end || *at != ':')
        return false;
    at++;
    while (at < end && *at == ' ')
        at++;
    assert_true(end - at > 0 && end - at < VALUE);
    memcpy(value, at, (size_t)(end - at));
    value[end - at] = '\0';
    return true;
}

/* Blanks and line ends are the same in a data part. */
static const char *take_weight(const char *at, long *weight)
{
    char *end;
    *weight = strtol(at, &end, 10);
    assert_true(end != at && (*end == ' ' || *end == '\n'));
    return end;
}

static const char *take_weights(const char *at, struct problem *problem)
{
    bool full = strcmp(problem->weight_format, "FULL_MATRIX") == 0;
    assert_true(full || strcmp(problem->weight_format, "UPPER_ROW") == 0);
    for (long i = 0; i < problem->dimension; i++) {
        for (long j = full ? 0 : i + 1; j < problem->dimension; j++) {
            at = take_weight(at, &problem->weights[i][j]);
            if (!full)
                problem->weights[j][i] = problem->weights[i][j];
            problem->count++;
        }
    }
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

static struct problem read_problem(const char *text)
{
    struct problem problem = {0};
    char dimension[VALUE];
    for (const char *at = text; *at;) {
        const char *end = strchr(at, '\n');
        assert_non_null(end);
        size_t length = (size_t)(end - at);
        assert_false(problem.ended);
        if (length == 3 && memcmp(at, "EOF", 3) == 0) {
            problem.ended = true;
        } else if (length == 19 && memcmp(at, "EDGE_WEIGHT_SECTION", 19) == 0) {
            assert_true(problem.dimension > 0 && problem.dimension <= NODES);
            at = take_weights(end, &problem);
            continue;
        } else if (take_specification(at, length, "DIMENSION", dimension)) {
            problem.dimension = strtol(dimension, NULL, 10);
        } else {
            assert_true(
                take_specification(at, length, "NAME", problem.name) ||
                take_specification(at, length, "TYPE", problem.type) ||
                take_specification(at, length, "COMMENT", problem.comment) ||
                take_specification(at, length, "EDGE_WEIGHT_TYPE", problem.weight_type) ||
                take_specification(at, length, "EDGE_WEIGHT_FORMAT", problem.weight_format));
        }
        at = end + 1;
    }
    return problem;
}

/* The same in both directions; some of them halves. */
static double distance(size_t i, size_t j)
{
    static const double known[] = {
        0.49999999999999994, 0.5, 1.5, 2.5, 0.25, 1234.75, 0.001, 2147483.5};
    size_t low = i < j ? i : j, high = i < j ? j : i;
    return low == high ? 0 : known[(low + high * high) % (sizeof known / sizeof *known)];
}

static double wanted(size_t i, size_t j, const struct dm_format_options *options)
{
    double exact = distance(i, j) * options->scale;
    return options->round == DM_NEAREST ? round(exact)
           : options->round == DM_FLOOR ? floor(exact)
                                        : ceil(exact);
}

static enum dm_status prepare(const struct dm_layout *layout, const struct dm_locations *locations,
                              const struct dm_format_options *options, double longest,
                              struct dm_encoder **encoder, struct dm_error *error)
{
    struct dm_subject subject = {layout, locations, locations, longest};
    return dm_format_tsplib.prepare(options, &subject, encoder, error);
}

static struct problem encode(const struct dm_shape *shape, size_t nodes,
                             const struct dm_format_options *options)
{
    struct dm_locations locations = random_locations(nodes, 5);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    assert_int_equal(dm_layout_make(shape, nodes, nodes, &layout, NULL), DM_OK);
    assert_int_equal(prepare(&layout, &locations, options, 2147483.5, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_tsplib, encoder, &layout, 4, distance);
    struct problem problem = read_problem(encoded.text);
    free(encoded.text);
    dm_format_tsplib.dispose(encoder);
    dm_locations_free(&locations);
    return problem;
}

static void assert_problem(const struct problem *problem, size_t nodes,
                           const struct dm_format_options *options)
{
    assert_string_equal(problem->type, "TSP");
    assert_string_equal(problem->weight_type, "EXPLICIT");
    assert_true(*problem->name != '\0');
    assert_true(problem->ended);
    assert_int_equal(problem->dimension, nodes);
    for (size_t i = 0; i < nodes; i++) {
        for (size_t j = 0; j < nodes; j++) {
            assert_true(problem->weights[i][j] == problem->weights[j][i]);
            assert_true((double)problem->weights[i][j] == wanted(i, j, options));
            assert_true(problem->weights[i][j] <= INT32_MAX);
        }
    }
}

static void both_forms_can_be_read_back(void **state)
{
    (void)state;
    static const double scales[] = {1, 10, 999, 0.1};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        for (enum dm_round how = DM_NEAREST; how <= DM_CEIL; how++) {
            struct dm_format_options options = {
                .unit = &dm_unit_km, .scale = scales[s], .round = how};
            for (size_t nodes = 1; nodes <= NODES; nodes++) {
                struct problem full = encode(&dm_shape_square, nodes, &options);
                assert_string_equal(full.weight_format, "FULL_MATRIX");
                assert_int_equal(full.count, nodes * nodes);
                assert_problem(&full, nodes, &options);
                struct problem half = encode(&dm_shape_pairs, nodes, &options);
                assert_string_equal(half.weight_format, "UPPER_ROW");
                assert_int_equal(half.count, nodes * (nodes - 1) / 2);
                assert_problem(&half, nodes, &options);
            }
        }
    }
}

static void comment_says_what_the_weights_are(void **state)
{
    (void)state;
    struct dm_format_options options = {.unit = &dm_unit_km, .scale = 1};
    struct problem problem = encode(&dm_shape_pairs, 2, &options);
    assert_string_equal(problem.comment, "distances in km, rounded to the nearest");
    options = (struct dm_format_options){.unit = &dm_unit_m, .scale = 0.1, .round = DM_FLOOR};
    problem = encode(&dm_shape_pairs, 2, &options);
    assert_string_equal(problem.comment, "distances in m times 0.1, rounded down");
    options.scale = 123.456;
    options.round = DM_CEIL;
    problem = encode(&dm_shape_pairs, 2, &options);
    assert_string_equal(problem.comment, "distances in m times 123.456, rounded up");
}

/* The file is the same in a program that has set one. */
static void comment_does_not_depend_on_the_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    static const struct {
        double scale;
        const char *comment;
    } known[] = {{0.25, "distances in km times 0.25, rounded to the nearest"},
                 {100, "distances in km times 100, rounded to the nearest"},
                 {1.5e-20, "distances in km times 1.5e-20, rounded to the nearest"},
                 {1e-9, "distances in km times 1e-09, rounded to the nearest"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct dm_format_options options = {.unit = &dm_unit_km, .scale = known[i].scale};
        struct problem problem = encode(&dm_shape_pairs, 2, &options);
        assert_string_equal(problem.comment, known[i].comment);
    }
    setlocale(LC_ALL, "C");
}

/* The last distance that fits, and the next. */
static void weights_beyond_32_bits_are_refused(void **state)
{
    (void)state;
    static const struct {
        enum dm_round round;
        double fits;
    } limits[] = {
        {DM_NEAREST, 2147483647.4999998}, {DM_FLOOR, 2147483647.9999998}, {DM_CEIL, 2147483647.0}};
    struct dm_locations locations = random_locations(2, 5);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct dm_format_options options = {
            .unit = &dm_unit_km, .scale = 1024, .round = limits[i].round};
        struct dm_encoder *encoder = NULL;
        struct dm_error error;
        double fits = limits[i].fits / 1024, next = nextafter(fits, INFINITY);
        assert_int_equal(prepare(&layout, &locations, &options, next, &encoder, &error), DM_RANGE);
        assert_null(encoder);
        assert_int_equal(prepare(&layout, &locations, &options, fits, &encoder, &error), DM_OK);
        dm_format_tsplib.dispose(encoder);
    }
    dm_locations_free(&locations);
}

/* And the largest scale that is suggested does fit. */
static void suggests_a_scale_that_fits(void **state)
{
    (void)state;
    struct dm_locations locations = random_locations(2, 5);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    static const double longest[] = {20015.115, 3e12, 0.125, 2147483648.0};
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct dm_format_options options = {.unit = &dm_unit_km, .scale = 1e12, .round = DM_CEIL};
        struct dm_encoder *encoder = NULL;
        struct dm_error error;
        assert_int_equal(prepare(&layout, &locations, &options, longest[i], &encoder, &error),
                         DM_RANGE);
        assert_int_equal(error.field, DM_FIELD_SCALE);
        assert_int_equal(error.suggestions[0].field, DM_FIELD_SCALE);
        options.scale = strtod(error.suggestions[0].value, NULL);
        assert_true(options.scale * longest[i] > 0.99999 * INT32_MAX);
        assert_int_equal(prepare(&layout, &locations, &options, longest[i], &encoder, &error),
                         DM_OK);
        dm_format_tsplib.dispose(encoder);
    }
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_can_be_read_back),
        cmocka_unit_test(comment_says_what_the_weights_are),
        cmocka_unit_test(comment_does_not_depend_on_the_locale),
        cmocka_unit_test(weights_beyond_32_bits_are_refused),
        cmocka_unit_test(suggests_a_scale_that_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
