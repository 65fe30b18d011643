/* Distances by road: what each format makes of two directions that differ, of durations and of
 * pairs that have no route. */
#include "report/preview.h"
#include "testing/encoded.h"
#include "testing/testing.h"

#include <dmatrix/isa.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct dm_by_road in_km = {.quantity = DM_DISTANCE, .longest_s = 1e6};
static const struct dm_by_road in_s = {.quantity = DM_DURATION, .longest_s = 1e6};
static const struct dm_by_road with_crow = {
    .quantity = DM_DISTANCE, .crow = true, .longest_s = 1e6};

/* What an output is made of. */
struct output {
    const struct dm_format *format; /* as the registry has it */
    const struct dm_shape *shape;   /* NULL: `layout` is given */
    struct dm_layout layout;
    const size_t *destinations; /* of a sparse layout, or NULL */
    const char *const *names;   /* NULL: L0, L1, ... */
    size_t origins, count;      /* of the destinations */
    char row_delimiter;         /* of a table whose rows are kept; 0: they are not */
    double longest;
    const struct dm_by_road *by_road;
    struct dm_format_options options;
    size_t most; /* pairs of a segment; 0: as many as there are */
    made_up_pair *pair;
};

static struct dm_locations locations_of(const struct output *output, size_t count)
{
    struct dm_locations locations =
        output->names ? locations_called(output->names, count) : random_locations(count, 3);
    if (output->row_delimiter)
        give_rows(&locations, output->row_delimiter);
    return locations;
}

/* Writes the output, or says why not. */
static enum dm_status write_output(const struct output *output, struct encoded *encoded,
                                   struct dm_error *error)
{
    const struct dm_format *format = output->format->by_road;
    struct dm_layout layout = output->layout;
    if (output->shape)
        assert_int_equal(
            dm_layout_make(output->shape, output->origins, output->count, &layout, NULL), DM_OK);
    struct dm_locations origins = locations_of(output, layout.origins),
                        others = locations_of(output, layout.destinations);
    bool one = layout.shape->sets == 1;
    struct dm_subject subject = {&layout, &origins, one ? &origins : &others,
                                 output->longest > 0 ? output->longest : 1e6};
    struct dm_format_options options = output->options;
    options.by_road = output->by_road;
    struct dm_encoder *encoder = NULL;
    enum dm_status status = format->prepare(&options, &subject, &encoder, error);
    if (status == DM_OK)
        *encoded = encode_by_road(format, encoder, &layout, output->destinations,
                                  output->most > 0 ? output->most : (size_t)layout.pairs + 1,
                                  output->pair);
    else
        assert_null(encoder);
    format->dispose(encoder);
    dm_locations_free(&origins);
    dm_locations_free(&others);
    return status;
}

static struct encoded written(const struct output *output)
{
    struct encoded encoded = {0};
    struct dm_error error;
    if (write_output(output, &encoded, &error) != DM_OK)
        fail_msg("%s: %s", output->format->name, error.message);
    return encoded;
}

static void assert_written(const struct output *output, const char *wanted)
{
    struct encoded encoded = written(output);
    assert_string_equal(encoded.text, wanted);
    free(encoded.text);
}

static void assert_refused(const struct output *output, enum dm_status wanted, enum dm_field field,
                           const char *message)
{
    struct encoded encoded = {0};
    struct dm_error error;
    assert_int_equal(write_output(output, &encoded, &error), wanted);
    assert_int_equal(error.field, field);
    assert_string_equal(error.message, message);
}

/* ---- the pairs ---- */

/* Between three places. There is no way from the last to the first, nobody knows how far the crow
 * flies to itself, and two places have the same coordinates. */
static struct made_up few(size_t i, size_t j)
{
    static const struct made_up pairs[3][3] = {
        {{0, {0, 0}}, {12.5, {900.25, 10}}, {2, {60, 0}}},
        {{13, {1000, 10}}, {0, {0, (double)NAN}}, {7, {300.5, 4}}},
        {{(double)NAN, {(double)NAN, 3}}, {6.5, {250, 4}}, {0, {0, 0}}},
    };
    return pairs[i][j];
}

/* Durations as the quantity that is written. */
static struct made_up few_durations(size_t i, size_t j)
{
    struct made_up pair = few(i, j);
    pair.distance = pair.route.duration_s;
    return pair;
}

/* A way from everywhere to everywhere. */
static struct made_up whole(size_t i, size_t j)
{
    static const struct made_up pairs[2][2] = {
        {{0, {0, 0}}, {1234.5, {99.4, 0}}},
        {{1300.4, {100.5, 0}}, {0, {0, 0}}},
    };
    return pairs[i][j];
}

static struct made_up whole_durations(size_t i, size_t j)
{
    struct made_up pair = whole(i, j);
    pair.distance = pair.route.duration_s;
    return pair;
}

/* ---- all formats ---- */

static void check_that_it_holds_them(const struct dm_format *format)
{
    const struct dm_format *by_road = format->by_road;
    assert_ptr_equal(by_road->by_road, by_road);
    assert_string_equal(by_road->name, format->name);
    assert_string_equal(by_road->extension, format->extension);
    assert_int_equal(by_road->shapes, format->shapes);
    assert_int_equal(by_road->sparse, format->sparse);
    assert_ptr_equal(by_road->unit, format->unit);
    assert_int_equal(by_road->passes, format->passes);
    assert_true((by_road->uses & ~format->uses) == 0);
    assert_true(by_road->durations >> by_road->passes == 0);
    /* it writes both quantities, or the one that is asked for */
    assert_true(by_road->quantity != (by_road->routes || by_road->durations));
}

static void every_format_holds_them_or_says_why_not(void **state)
{
    (void)state;
    size_t refused = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        assert_true(((*format)->by_road != NULL) == ((*format)->not_by_road == NULL));
        refused += (*format)->by_road == NULL;
        if ((*format)->by_road)
            check_that_it_holds_them(*format);
    }
    check_that_it_holds_them(&dm_format_preview);
    assert_int_equal(refused, 2);
    assert_string_equal(dm_format_phylip.not_by_road, "its matrices are symmetric");
    assert_string_equal(dm_format_geojson.not_by_road, "its lines are great circles");
}

/* Those that have fields that can be empty, or numbers that can be NaN. */
static void only_some_have_room_for_a_missing_distance(void **state)
{
    (void)state;
    static const struct dm_format *const missing[] = {
        &dm_format_csv, &dm_format_matrix, &dm_format_npy, &dm_format_npz, &dm_format_append};
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        bool wanted = false;
        for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
            wanted |= *format == missing[i];
        if ((*format)->by_road)
            assert_int_equal((*format)->by_road->missing, wanted);
    }
    assert_true(dm_format_preview.missing);
}

/* Distances of every width; some pairs have no route, among them whole blocks. */
static struct made_up uneven(size_t i, size_t j)
{
    struct random random = {.state = 1000 * i + j + 1};
    double distance = random_between(&random, 0, 1) * pow(10, (double)random_below(&random, 9));
    bool none = i == 1 || (i == 2 && random_below(&random, 30) == 0);
    double duration = none ? (double)NAN : distance * 0.7;
    return (struct made_up){none ? (double)NAN : distance, {duration, distance / 3}};
}

static struct made_up uneven_but_whole(size_t i, size_t j)
{
    return uneven(i == 1 || i == 2 ? i + 100 : i, j);
}

static void check_cuts(const struct dm_format *format)
{
    bool rows = format->rows, cross = format->shapes & DM_SHAPE_CROSS;
    struct output output = {
        .format = format,
        .shape = rows    ? &dm_shape_paired
                 : cross ? &dm_shape_cross
                         : &dm_shape_square,
        .origins = cross ? 4 : 70,
        .count = cross ? 150 : 70,
        .row_delimiter = rows ? ',' : 0,
        .longest = 1e8,
        .by_road = format->by_road->routes ? &with_crow : &in_km,
        .options = {.unit = &dm_unit_km, .header = true, .precision = 3, .scale = 1},
        .pair = format->by_road->missing ? uneven : uneven_but_whole,
    };
    struct encoded all = written(&output);
    for (output.most = 1; output.most <= 151; output.most += output.most < 70 ? 1 : 27) {
        struct encoded cut = written(&output);
        assert_int_equal(cut.length, all.length);
        assert_memory_equal(cut.text, all.text, all.length);
        free(cut.text);
    }
    free(all.text);
}

static void no_cut_changes_a_byte(void **state)
{
    (void)state;
    size_t checked = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->by_road && !(*format)->absorb && (*format)->shapes) {
            check_cuts(*format);
            checked++;
        }
    assert_true(checked >= 6);
}

/* ---- what is missing, in blocks ---- */

enum { LONG = 3 * 64 + 5 };

/* The number that is missing in the row of this origin; the others are known. */
static size_t missing_at;

/* Bit c: column c has no number there: the distance, the duration, that of the crow. */
static unsigned missing_in;

static struct made_up with_a_gap(size_t i, size_t j)
{
    struct made_up pair = {(double)(i * LONG + j) + 0.25, {(double)(7 * j) + 0.5, 64}};
    if (j != missing_at)
        return pair;
    double *const columns[] = {&pair.distance, &pair.route.duration_s, &pair.route.crow};
    for (unsigned c = 0; c < 3; c++)
        if (missing_in >> c & 1)
            *columns[c] = j % 2 ? -(double)NAN : (double)NAN;
    return pair;
}

/* Adds the number as printf() writes it, or nothing for a NaN, and the character after it. */
static char *add_number(char *at, double number, char end)
{
    at += isnan(number) ? 0 : sprintf(at, "%.2f", number);
    *at++ = end;
    return at;
}

static char *add_csv_lines(char *at, size_t count)
{
    for (size_t j = 0; j < count; j++) {
        struct made_up pair = with_a_gap(0, j);
        at += sprintf(at, "L0,L%zu,", j);
        at = add_number(at, pair.distance, ',');
        at = add_number(at, pair.route.duration_s, ',');
        at = add_number(at, pair.route.crow, ',');
        at = add_number(at, pair.distance / pair.route.crow, '\n');
    }
    return at;
}

static char *add_matrix_row(char *at, size_t count)
{
    at += sprintf(at, "L0,");
    for (size_t j = 0; j < count; j++)
        at = add_number(at, with_a_gap(0, j).distance, j + 1 < count ? ',' : '\n');
    return at;
}

static void check_gaps(const char *isa, size_t count)
{
    static char wanted[LONG * 64];
    struct output output = {
        .shape = &dm_shape_cross,
        .origins = 1,
        .count = count,
        .by_road = &with_crow,
        .options = {.unit = &dm_unit_km, .precision = 2, .isa = isa},
        .pair = with_a_gap,
    };
    for (missing_at = 0; missing_at < count; missing_at++)
        for (missing_in = 1; missing_in < 8; missing_in++) {
            *add_csv_lines(wanted, count) = '\0';
            output.format = &dm_format_csv;
            assert_written(&output, wanted);
            *add_matrix_row(wanted, count) = '\0';
            output.format = &dm_format_matrix;
            assert_written(&output, wanted);
        }
}

/* On every instruction set; blocks have 64 numbers, and runs of fewer than 12 none. */
static void what_is_missing_is_empty_wherever_it_is(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 11, 12, 13, 63, 64, 65, 76, LONG};
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
        for (size_t i = 0; (*isa)->here() && i < sizeof counts / sizeof *counts; i++)
            check_gaps((*isa)->name, counts[i]);
}

/* Of the three places. */
static struct output of_few(const struct dm_format *format, const struct dm_unit *unit,
                            unsigned precision)
{
    return (struct output){
        .format = format,
        .shape = &dm_shape_square,
        .origins = 3,
        .count = 3,
        .by_road = &in_km,
        .options = {.unit = unit, .precision = precision, .header = true},
        .pair = few,
    };
}

/* Of the two places that have a way in both directions. */
static struct output of_whole(const struct dm_format *format)
{
    return (struct output){
        .format = format,
        .shape = &dm_shape_square,
        .origins = 2,
        .count = 2,
        .by_road = &in_km,
        .options = {.unit = &dm_unit_m, .scale = 1, .header = true},
        .pair = whole,
    };
}

/* ---- csv ---- */

static const char *const three[] = {"A", "B;b", "C,c"};

static void csv_has_both_quantities(void **state)
{
    (void)state;
    struct output output = of_few(&dm_format_csv, &dm_unit_m, 1);
    output.names = three;
    assert_written(&output, "origin,destination,distance_m,duration_s\n"
                            "A,A,0.0,0.0\nA,B;b,12.5,900.2\nA,\"C,c\",2.0,60.0\n"
                            "B;b,A,13.0,1000.0\nB;b,B;b,0.0,0.0\nB;b,\"C,c\",7.0,300.5\n"
                            "\"C,c\",A,,\n\"C,c\",B;b,6.5,250.0\n\"C,c\",\"C,c\",0.0,0.0\n");
}

/* The detour is a ratio. There is none where the crow does not fly, or nothing is known. */
static void csv_has_the_detour(void **state)
{
    (void)state;
    struct output output = of_few(&dm_format_csv, &dm_unit_km, 2);
    output.names = three;
    output.by_road = &with_crow;
    output.options.delimiter = ';';
    output.options.decimal = ',';
    assert_written(&output, "origin;destination;distance_km;duration_s;crow_km;detour\n"
                            "A;A;0,00;0,00;0,00;\n"
                            "A;\"B;b\";12,50;900,25;10,00;1,25\n"
                            "A;C,c;2,00;60,00;0,00;\n"
                            "\"B;b\";A;13,00;1000,00;10,00;1,30\n"
                            "\"B;b\";\"B;b\";0,00;0,00;;\n"
                            "\"B;b\";C,c;7,00;300,50;4,00;1,75\n"
                            "C,c;A;;;3,00;\n"
                            "C,c;\"B;b\";6,50;250,00;4,00;1,62\n"
                            "C,c;C,c;0,00;0,00;0,00;\n");
    output.options.header = false;
    output.origins = 1;
    output.shape = &dm_shape_cross;
    output.options.safe_csv = true;
    output.names = (const char *const[]){"=1", "x", "y"};
    assert_written(&output, "'=1;'=1;0,00;0,00;0,00;\n"
                            "'=1;x;12,50;900,25;10,00;1,25\n"
                            "'=1;y;2,00;60,00;0,00;\n");
}

/* Ranks begin anew with each value; a row without a destination has all delimiters. Values are
 * quoted as names are. */
static void csv_has_ranks_and_values(void **state)
{
    (void)state;
    static const uint64_t rows[] = {0, 2, 3, 4};
    static const size_t destinations[] = {1, 2, DM_NO_DESTINATION, 1};
    struct dm_values values = {.number = (uint32_t[]){1, 2, 1},
                               .count = 2,
                               .text = (char[]){"shop|x"},
                               .begin = (size_t[]){0, 4, 6},
                               .name = "kind"};
    struct output output = of_few(&dm_format_csv, &dm_unit_km, 1);
    output.shape = NULL;
    output.layout = (struct dm_layout){.shape = &dm_shape_square,
                                       .origins = 3,
                                       .destinations = 3,
                                       .pairs = 4,
                                       .row_begin = rows,
                                       .ranked = true};
    output.destinations = destinations;
    output.names = three;
    output.by_road = &with_crow;
    output.options.delimiter = '\t';
    assert_written(&output, "origin\trank\tdestination\tdistance_km\tduration_s\tcrow_km\tdetour\n"
                            "A\t1\tB;b\t12.5\t900.2\t10.0\t1.2\n"
                            "A\t2\tC,c\t2.0\t60.0\t0.0\t\n"
                            "B;b\t\t\t\t\t\t\n"
                            "C,c\t1\tB;b\t6.5\t250.0\t4.0\t1.6\n");
    output.layout.values = &values;
    output.by_road = &in_km;
    output.options.delimiter = '|';
    assert_written(&output, "origin|kind|rank|destination|distance_km|duration_s\n"
                            "A|\"|x\"|1|B;b|12.5|900.2\n"
                            "A|shop|1|C,c|2.0|60.0\n"
                            "B;b|||||\n"
                            "C,c|\"|x\"|1|B;b|6.5|250.0\n");
}

/* ---- tables ---- */

static void matrix_names_the_quantity(void **state)
{
    (void)state;
    struct output output = of_few(&dm_format_matrix, &dm_unit_km, 2);
    assert_written(&output, "distance_km,L0,L1,L2\n"
                            "L0,0.00,12.50,2.00\nL1,13.00,0.00,7.00\nL2,,6.50,0.00\n");
    output.by_road = &in_s;
    output.pair = few_durations;
    assert_written(&output, "duration_s,L0,L1,L2\n"
                            "L0,0.00,900.25,60.00\nL1,1000.00,0.00,300.50\nL2,,250.00,0.00\n");
}

/* One column, of one quantity; a blank field where there is no route, as the delimiter needs it. */
static void append_has_the_quantity(void **state)
{
    (void)state;
    static const uint64_t rows[] = {0, 1, 2, 3};
    static const size_t destinations[] = {1, DM_NO_DESTINATION, 0};
    struct output output = of_few(&dm_format_append, &dm_unit_km, 1);
    output.shape = &dm_shape_sequence;
    output.row_delimiter = ',';
    output.by_road = &in_s;
    output.pair = few_durations;
    assert_written(&output, "name,duration_s\nno place,\nL0,\nL1,900.2\nL2,300.5\nno place,\n");
    output.by_road = &in_km;
    output.pair = few;
    assert_written(&output, "name,distance_km\nno place,\nL0,\nL1,12.5\nL2,7.0\nno place,\n");
    output.shape = NULL;
    output.row_delimiter = ' ';
    output.layout = (struct dm_layout){.shape = &dm_shape_square,
                                       .origins = 3,
                                       .destinations = 3,
                                       .pairs = 3,
                                       .row_begin = rows,
                                       .ranked = true};
    output.destinations = destinations;
    struct encoded encoded = written(&output);
    assert_non_null(strstr(encoded.text, "\nL0 L1 12.5\n"));
    assert_non_null(strstr(encoded.text, "\nL2 L0 \"\"\n")); /* found, without a route */
    free(encoded.text);
}

/* The statistics of durations are those of distances, with another unit. */
static void summaries_name_the_unit(void **state)
{
    (void)state;
    static const struct dm_format *const formats[] = {&dm_format_summary,
                                                      &dm_format_summary_destinations};
    for (size_t i = 0; i < 2; i++) {
        struct output output = of_whole(formats[i]);
        output.by_road = &in_s;
        struct encoded encoded = written(&output);
        assert_non_null(strstr(encoded.text, ",count,nearest,nearest_s,mean_s,sd_s,farthest_s\n"));
        free(encoded.text);
        output.by_road = &in_km;
        encoded = written(&output);
        assert_non_null(strstr(encoded.text, ",count,nearest,nearest_m,mean_m,sd_m,farthest_m\n"));
        free(encoded.text);
    }
}

/* ---- arrays ---- */

static uint64_t bits_of(const char *text)
{
    uint64_t bits;
    memcpy(&bits, text, sizeof bits);
    return bits;
}

/* The last numbers of the file, in the order of bytes of this machine. */
static void assert_last_numbers(const struct output *output, size_t count)
{
    struct encoded encoded = written(output);
    const char *at = encoded.text + encoded.length - count * sizeof(double);
    for (size_t i = 0; i < count; i++, at += sizeof(double)) {
        double wanted = output->pair(i / output->count, i % output->count).distance;
        assert_true(bits_of(at) == bits_of((const char *)&wanted));
    }
    free(encoded.text);
}

static void npy_keeps_the_bits_of_a_nan(void **state)
{
    (void)state;
    struct output output = of_few(&dm_format_npy, &dm_unit_km, 0);
    assert_last_numbers(&output, 9);
    output.by_road = &in_s;
    output.pair = few_durations;
    assert_last_numbers(&output, 9);
    output.options.dtype = DM_F4;
    struct encoded encoded = written(&output);
    float numbers[9];
    memcpy(numbers, encoded.text + encoded.length - sizeof numbers, sizeof numbers);
    free(encoded.text);
    for (size_t i = 0; i < 9; i++)
        if (i == 6)
            assert_true(isnan(numbers[i]));
        else
            assert_true(numbers[i] == (float)few_durations(i / 3, i % 3).distance);
    output.longest = 2 * (double)FLT_MAX;
    assert_refused(&output, DM_RANGE, DM_FIELD_DTYPE,
                   "durations of up to 6.81e+38 s are too large for f4");
}

/* The pairs that a search found, in both directions. */
static struct output found(const struct dm_format *format, const struct dm_shape *shape)
{
    static const uint64_t rows[] = {0, 1, 2};
    static const size_t destinations[] = {1, 0};
    return (struct output){
        .format = format,
        .layout = {.shape = shape, .origins = 2, .destinations = 2, .pairs = 2, .row_begin = rows},
        .destinations = destinations,
        .by_road = &in_km,
        .options = {.unit = &dm_unit_m, .precision = 1},
        .pair = whole,
    };
}

static void npz_has_each_direction(void **state)
{
    (void)state;
    struct output output = found(&dm_format_npz, &dm_shape_square);
    struct encoded encoded = written(&output);
    double wanted[] = {1234.5, 1300.4};
    bool there = false;
    for (size_t i = 0; i + sizeof wanted <= encoded.length; i++)
        there |= memcmp(encoded.text + i, wanted, sizeof wanted) == 0;
    assert_true(there);
    free(encoded.text);
}

/* Never a symmetric matrix, even of pairs in one direction. */
static void mtx_is_general(void **state)
{
    (void)state;
    struct output output = found(&dm_format_mtx, &dm_shape_square);
    assert_written(&output, "%%MatrixMarket matrix coordinate real general\n"
                            "% distances in m\n2 2 2\n1 2 1234.5\n2 1 1300.4\n");
    output.by_road = &in_s;
    output.pair = whole_durations;
    assert_written(&output, "%%MatrixMarket matrix coordinate real general\n"
                            "% durations in s\n2 2 2\n1 2 99.4\n2 1 100.5\n");
    static const uint64_t rows[] = {0, 1, 1};
    output.layout = (struct dm_layout){&dm_shape_pairs, 2, 2, 1, rows, false, NULL, {0}};
    assert_written(&output, "%%MatrixMarket matrix coordinate real general\n"
                            "% durations in s\n2 2 1\n1 2 99.4\n");
}

/* ---- whole numbers ---- */

static void tsplib_is_asymmetric(void **state)
{
    (void)state;
    struct output output = of_whole(&dm_format_tsplib);
    assert_written(&output, "NAME: distances\nTYPE: ATSP\n"
                            "COMMENT: distances in m, rounded to the nearest\n"
                            "DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\n"
                            "EDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n"
                            "0 1235\n1300 0\nEOF\n");
    output.by_road = &in_s;
    output.pair = whole_durations;
    output.options.scale = 10;
    assert_written(&output, "NAME: durations\nTYPE: ATSP\n"
                            "COMMENT: durations in s times 10, rounded to the nearest\n"
                            "DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\n"
                            "EDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n"
                            "0 994\n1005 0\nEOF\n");
}

static void tsplib_refuses_what_does_not_fit(void **state)
{
    (void)state;
    struct output output = of_whole(&dm_format_tsplib);
    output.by_road = &in_s;
    output.longest = 3e9;
    assert_refused(&output, DM_RANGE, DM_FIELD_SCALE,
                   "durations of up to 3000000000.000 s multiplied by 1 exceed 2147483647, the "
                   "largest weight in tsplib output; use a smaller scale");
    output = of_whole(&dm_format_tsplib);
    output.shape = &dm_shape_pairs;
    assert_refused(&output, DM_USAGE, DM_FIELD_SHAPE,
                   "by road the two directions of a pair differ, so tsplib output needs both; use "
                   "the shape square");
}

/* Without a speed, the durations of the server. */
static void json_has_both_quantities(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        [DM_NEAREST] = "{\"matrices\":{\"car\":{\"durations\":[\n[0,99],\n[101,0]\n],\n"
                       "\"distances\":[\n[0,1235],\n[1300,0]\n]}}}\n",
        [DM_FLOOR] = "{\"matrices\":{\"car\":{\"durations\":[\n[0,99],\n[100,0]\n],\n"
                     "\"distances\":[\n[0,1234],\n[1300,0]\n]}}}\n",
        [DM_CEIL] = "{\"matrices\":{\"car\":{\"durations\":[\n[0,100],\n[101,0]\n],\n"
                    "\"distances\":[\n[0,1235],\n[1301,0]\n]}}}\n",
    };
    struct output output = of_whole(&dm_format_json);
    for (enum dm_round how = DM_NEAREST; how <= DM_CEIL; how++) {
        output.options.round = how;
        assert_written(&output, wanted[how]);
    }
    assert_true(dm_format_json.uses & DM_FIELD_BIT(DM_FIELD_SPEED));
    assert_false(dm_format_json.by_road->uses & DM_FIELD_BIT(DM_FIELD_SPEED));
    output.options.round = DM_NEAREST;
    output.options.speed_kmh = 1; /* is not used */
    assert_written(&output, wanted[DM_NEAREST]);
}

static void json_refuses_what_does_not_fit(void **state)
{
    (void)state;
    struct dm_by_road by_road = {.longest_s = 4294967295.4};
    struct output output = of_whole(&dm_format_json);
    output.by_road = &by_road;
    output.longest = 4294967295.4;
    free(written(&output).text);
    by_road.longest_s = 4294967295.5;
    assert_refused(&output, DM_RANGE, DM_FIELD_FORMAT,
                   "durations of up to 4294967296 s exceed 4294967295, the largest number in json "
                   "output");
    by_road.longest_s = 1;
    output.longest = 4294967295.5;
    assert_refused(&output, DM_RANGE, DM_FIELD_FORMAT,
                   "distances of up to 4294967296 m exceed 4294967295, the largest number in json "
                   "output");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_holds_them_or_says_why_not),
        cmocka_unit_test(only_some_have_room_for_a_missing_distance),
        cmocka_unit_test(no_cut_changes_a_byte),
        cmocka_unit_test(what_is_missing_is_empty_wherever_it_is),
        cmocka_unit_test(csv_has_both_quantities),
        cmocka_unit_test(csv_has_the_detour),
        cmocka_unit_test(csv_has_ranks_and_values),
        cmocka_unit_test(matrix_names_the_quantity),
        cmocka_unit_test(append_has_the_quantity),
        cmocka_unit_test(summaries_name_the_unit),
        cmocka_unit_test(npy_keeps_the_bits_of_a_nan),
        cmocka_unit_test(npz_has_each_direction),
        cmocka_unit_test(mtx_is_general),
        cmocka_unit_test(tsplib_is_asymmetric),
        cmocka_unit_test(tsplib_refuses_what_does_not_fit),
        cmocka_unit_test(json_has_both_quantities),
        cmocka_unit_test(json_refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
