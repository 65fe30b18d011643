/* Rows of a table as CSV: the fields that are quoted, and the texts of the locations. */
#include "load/kept_rows.h"
#include "testing/testing.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static struct dm_kept_rows begin(char delimiter, bool quotes, char wanted)
{
    const struct dm_dialect dialect = {delimiter, quotes};
    return dm_kept_rows_begin(&dialect, wanted);
}

static void put(struct dm_kept_rows *rows, const char *text)
{
    assert_true(dm_kept_rows_field(rows, text, strlen(text)));
}

static void assert_text(const struct dm_kept_rows *rows, const char *wanted)
{
    assert_int_equal(rows->used, strlen(wanted));
    assert_memory_equal(rows->text, wanted, rows->used);
}

static void fields_are_quoted_where_needed(void **state)
{
    (void)state;
    static const struct {
        char delimiter;
        bool quotes;
        char wanted;
        const char *field, *text;
    } ways[] = {
        {',', true, 0, "plain", "plain,\n"},
        {',', true, 0, "", ",\n"},
        {',', true, 0, "007", "007,\n"},
        {',', true, 0, "a b", "a b,\n"},
        {',', true, 0, "a;b", "a;b,\n"},
        {',', true, 0, "a,b", "\"a,b\",\n"},
        {',', true, 0, " x", "\" x\",\n"},
        {',', true, 0, "x\t", "\"x\t\",\n"},
        {',', true, 0, "\"", "\"\"\"\",\n"},
        {',', true, 0, "5\" or 6\" pipe", "\"5\"\" or 6\"\" pipe\",\n"},
        {',', true, 0, "a\r\nb", "\"a\r\nb\",\n"},
        {',', true, 0, "a\nb", "\"a\nb\",\n"},
        {',', true, ';', "a,b", "a,b;\n"},
        {',', true, ';', "a;b", "\"a;b\";\n"},
        {'\t', true, 0, "a,b", "a,b\t\n"},
        {' ', true, 0, "", "\"\" \"\"\n"},
        {' ', true, 0, "a b", "\"a b\" \"\"\n"},
        {',', true, ' ', "a", "a \"\"\n"},
        /* Quotes are characters like any other. */
        {'\t', false, 0, "5\" pipe", "5\" pipe\t\n"},
        {'\t', false, '\t', "\"5", "\"5\t\n"},
        {'\t', false, ',', "5\" pipe", "\"5\"\" pipe\",\n"},
        {'\t', false, ',', "a,b", "\"a,b\",\n"},
        {' ', false, 0, "5\"", "\"5\"\"\" \"\"\n"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct dm_kept_rows rows = begin(ways[i].delimiter, ways[i].quotes, ways[i].wanted);
        put(&rows, ways[i].field);
        assert_true(dm_kept_rows_end(&rows));
        assert_text(&rows, ways[i].text);
        dm_kept_rows_free(&rows);
    }
}

static void short_rows_are_filled_up(void **state)
{
    (void)state;
    struct dm_kept_rows rows = begin(',', true, 0);
    assert_true(dm_kept_rows_pad(&rows, 0));
    put(&rows, "a");
    assert_true(dm_kept_rows_pad(&rows, 1));
    assert_true(dm_kept_rows_pad(&rows, 3));
    put(&rows, "b");
    assert_true(dm_kept_rows_pad(&rows, 2) && dm_kept_rows_end(&rows));
    assert_true(dm_kept_rows_pad(&rows, 2) && dm_kept_rows_end(&rows));
    assert_text(&rows, "a,,,b,\n,,\n");
    dm_kept_rows_free(&rows);
}

static void add(struct dm_kept_rows *rows, const char *text, bool is_location)
{
    put(rows, text);
    assert_true(dm_kept_rows_end(rows));
    if (is_location)
        assert_true(dm_kept_rows_take_location(rows));
}

/* The text of each location, and of what follows the last, separated by |. */
static void assert_texts(struct dm_kept_rows *rows, const char *header, const char *wanted)
{
    struct dm_locations locations = {.count = rows->count};
    char texts[256];
    size_t used = 0;
    assert_true(dm_kept_rows_close(rows));
    dm_kept_rows_finish(rows, &locations);
    for (size_t i = 0; i <= locations.count; i++) {
        size_t length = locations.row_begin[i + 1] - locations.row_begin[i];
        memcpy(texts + used, locations.rows + locations.row_begin[i], length);
        used += length;
        texts[used++] = '|';
    }
    texts[used] = '\0';
    assert_string_equal(texts, wanted);
    assert_string_equal(locations.row_header, header);
    assert_int_equal(locations.row_delimiter, ',');
    assert_null(rows->text);
    dm_locations_free(&locations);
}

static void rows_without_a_location_go_with_the_next(void **state)
{
    (void)state;
    struct dm_kept_rows rows = begin(',', true, 0);
    put(&rows, "name");
    assert_true(dm_kept_rows_end(&rows) && dm_kept_rows_take_header(&rows));
    add(&rows, "x", false);
    add(&rows, "y", false);
    add(&rows, "A", true);
    add(&rows, "B", true);
    add(&rows, "z", false);
    add(&rows, "C", true);
    add(&rows, "end", false);
    assert_texts(&rows, "name,\n", "x,\ny,\nA,\n|B,\n|z,\nC,\n|end,\n|");
}

static void there_may_be_locations_alone(void **state)
{
    (void)state;
    struct dm_kept_rows rows = begin(',', true, 0);
    add(&rows, "A", true);
    assert_texts(&rows, "", "A,\n||");
}

static void rows_of_discarded_locations_stay(void **state)
{
    (void)state;
    /* The bits say which of five are discarded. */
    static const char *const wanted[][2] = {
        {"00000", "A,\n|B,\n|C,\n|D,\n|E,\n||"}, {"10000", "A,\nB,\n|C,\n|D,\n|E,\n||"},
        {"01100", "A,\n|B,\nC,\nD,\n|E,\n||"},   {"00011", "A,\n|B,\n|C,\n|D,\nE,\n|"},
        {"11011", "A,\nB,\nC,\n|D,\nE,\n|"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct dm_kept_rows rows = begin(',', true, 0);
        double lat[5];
        for (size_t k = 0; k < 5; k++) {
            add(&rows, (char[]){(char)('A' + k), '\0'}, true);
            lat[k] = wanted[i][0][k] == '1' ? (double)NAN : 1;
        }
        dm_kept_rows_skip_nan(&rows, lat);
        assert_texts(&rows, "", wanted[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_quoted_where_needed),
        cmocka_unit_test(short_rows_are_filled_up),
        cmocka_unit_test(rows_without_a_location_go_with_the_next),
        cmocka_unit_test(there_may_be_locations_alone),
        cmocka_unit_test(rows_of_discarded_locations_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
