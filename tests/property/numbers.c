#include "property/numbers.h"

#include "testing/testing.h"
#include "testing/world.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The first distance of a text cannot stand before this. */
static const char *beginning(const struct dm_format *format, const char *text)
{
    const char *begin = text;
    if (format == &dm_format_tsplib)
        begin = strstr(text, "EDGE_WEIGHT_SECTION\n");
    else if (format == &dm_format_json)
        begin = strstr(text, "\"distances\"");
    else if (format == &dm_format_phylip)
        begin = strchr(text, '\n'); /* after the number of locations */
    assert_non_null(begin);
    return begin;
}

static struct numbers read_text(const struct dm_format *format, const char *text)
{
    struct numbers numbers = {.all = malloc((strlen(text) + 1) * sizeof(double))};
    assert_non_null(numbers.all);
    for (const char *at = beginning(format, text); *at;) {
        assert_int_not_equal(*at, '-');
        if (isdigit((unsigned char)*at)) {
            char *end;
            numbers.all[numbers.count++] = strtod(at, &end);
            at = end;
        } else {
            at++;
        }
    }
    return numbers;
}

/* The distance of each feature; its line has numbers, too. */
static struct numbers read_geojson(const char *text)
{
    static const char before[] = "\"distance_";
    struct numbers numbers = {.all = malloc((strlen(text) + 1) * sizeof(double))};
    assert_non_null(numbers.all);
    for (const char *at = text; (at = strstr(at, before)); at++)
        numbers.all[numbers.count++] = strtod(strchr(at, ':') + 1, NULL);
    return numbers;
}

static struct numbers read_npy(const char *bytes, size_t length)
{
    size_t header = 10 + (size_t)(unsigned char)bytes[8] + 256 * (size_t)(unsigned char)bytes[9];
    bool single = strstr(bytes + 10, "'<f4'") != NULL;
    size_t size = single ? sizeof(float) : sizeof(double);
    struct numbers numbers = {.count = (length - header) / size};
    numbers.all = malloc((numbers.count + 1) * sizeof(double));
    assert_non_null(numbers.all);
    for (size_t i = 0; i < numbers.count; i++) {
        float number;
        if (single)
            memcpy(&number, bytes + header + i * size, size);
        else
            memcpy(&numbers.all[i], bytes + header + i * size, size);
        if (single)
            numbers.all[i] = (double)number;
    }
    return numbers;
}

struct numbers numbers_of(const struct dm_run_options *options)
{
    size_t length;
    struct dm_report report = must_run(options);
    char *bytes = read_file(options->output, &length);
    struct numbers numbers = options->format == &dm_format_npy ? read_npy(bytes, length)
                             : options->format == &dm_format_geojson
                                 ? read_geojson(bytes)
                                 : read_text(options->format, bytes);
    assert_int_equal(numbers.count, report.pairs);
    free(bytes);
    dm_report_free(&report);
    return numbers;
}
