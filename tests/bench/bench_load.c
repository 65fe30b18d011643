/* Loading a CSV file of a million rows: ns a row, beside libcsv alone. */
#include "bench/bench.h"
#include "testing/testing.h"

#include <csv.h>
#include <string.h>

enum { ROWS = 1000000, ROUNDS = 9 };

static char *path, *text;
static size_t length;

static void make_file(const char *folder)
{
    struct random random = {1};
    path = path_in(folder, "million.csv");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,country,latitude,longitude\n");
    for (size_t i = 0; i < ROWS; i++)
        fprintf(file, "city%07zu,XX,%.5f,%.5f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    assert_int_equal(fclose(file), 0);
    text = read_file(path, &length);
}

static void load(void *context)
{
    (void)context;
    struct dm_load_options options = {0};
    struct dm_locations locations;
    struct dm_load_notes notes;
    assert_int_equal(dm_load_csv(path, &options, &locations, &notes, NULL), DM_OK);
    assert_int_equal(locations.count, ROWS);
    dm_locations_free(&locations);
}

static void on_row(int terminator, void *data)
{
    (void)terminator;
    (void)data;
}

static void ignore_field(void *field, size_t field_length, void *data)
{
    (void)field;
    (void)field_length;
    (void)data;
}

static void read_field(void *field, size_t field_length, void *data)
{
    (void)field_length;
    *(double *)data += strtod(field, NULL);
}

static void parse(void (*on_field)(void *, size_t, void *))
{
    struct csv_parser parser;
    double sum = 0;
    assert_int_equal(csv_init(&parser, CSV_APPEND_NULL), 0);
    assert_int_equal(csv_parse(&parser, text, length, on_field, on_row, &sum), length);
    csv_fini(&parser, on_field, on_row, &sum);
    csv_free(&parser);
}

static void parse_only(void *context)
{
    (void)context;
    parse(ignore_field);
}

static void parse_and_convert(void *context)
{
    (void)context;
    parse(read_field);
}

int main(void)
{
    char *folder = make_folder();
    make_file(folder);
    printf("%d rows, %.1f MB, times a row\n", ROWS, (double)length / 1e6);
    static struct bench benches[] = {
        {"libcsv alone, from memory, fields ignored", parse_only, NULL, ROWS, {0}},
        {"libcsv alone, strtod() for each field", parse_and_convert, NULL, ROWS, {0}},
        {"dm_load_csv(), from the file", load, NULL, ROWS, {0}},
    };
    bench_run(benches, sizeof benches / sizeof *benches, ROUNDS);
    printf("a million rows load in %.3f s (median %.3f s)\n", benches[2].ns[0] / 1e3,
           benches[2].ns[ROUNDS / 2] / 1e3);
    free(text);
    free(path);
    remove_folder(folder);
    return 0;
}
