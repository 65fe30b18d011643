/* What a format writes, of names and distances made from the input, is read back. */
#include "fuzz/fuzz.h"
#include "fuzz/read_back.h"
#include "testing/encoded.h"

#include <math.h>
#include <string.h>

enum { LOCATIONS = 7, DISTANCES = 16 };

static double distances[DISTANCES];

static double distance(size_t origin, size_t destination)
{
    return distances[(origin * 5 + destination * 3) % DISTANCES];
}

static size_t count_of(const void *const *registered)
{
    size_t count = 0;
    while (registered[count])
        count++;
    return count;
}

/* Up to seven locations with names of up to 63 bytes, some of them at a pole or on the
 * antimeridian.
 */
static struct dm_locations locations_from(struct input *input, size_t count)
{
    struct dm_locations locations = {.count = count};
    locations.names = calloc(LOCATIONS, 64);
    locations.name_begin = calloc(count + 1, sizeof *locations.name_begin);
    locations.lat_deg = calloc(count + 1, sizeof *locations.lat_deg);
    locations.lon_deg = calloc(count + 1, sizeof *locations.lon_deg);
    CLAIM(locations.names && locations.name_begin && locations.lat_deg && locations.lon_deg);
    for (size_t i = 0; i < count; i++) {
        size_t end = locations.name_begin[i];
        for (size_t left = take(input) % 64; left > 0; left--)
            locations.names[end++] = (char)take(input);
        locations.name_begin[i + 1] = end;
    }
    for (size_t i = 0; i < count; i++) {
        locations.lat_deg[i] = (double)(take(input) % 181) - 90;
        locations.lon_deg[i] = (double)(take(input) % 73) * 5 - 180 + (double)(take(input) % 5);
        locations.lon_deg[i] = fmin(locations.lon_deg[i], 180);
    }
    return locations;
}

/* Any double from 0 to the longest, most of them of a size that people have. */
static double distance_from(struct input *input, double longest)
{
    uint64_t bits = 0;
    double value;
    unsigned kind = take(input);
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | take(input);
    memcpy(&value, &bits, sizeof value);
    if (kind % 4 == 1)
        value = (double)(bits >> 40) / 1000;
    if (kind % 4 == 2)
        value = (double)(bits & 0xffff) + 0.5;
    if (kind % 4 == 3)
        value = (double)bits / 1e14;
    value = fabs(value);
    return value <= longest ? value : longest;
}

static struct dm_format_options options_from(struct input *input)
{
    static const double scales[] = {1, 10, 0.001, 123.456};
    static const char delimiters[8] = {0, ',', ';', '\t', ' ', '|', ':', '5'};
    unsigned how = take(input), more = take(input);
    size_t units = count_of((const void *const *)dm_units());
    unsigned separators = take(input);
    return (struct dm_format_options){.precision = how % (DM_PRECISION_MAX + 1),
                                      .header = how & 16,
                                      .safe_csv = how & 32,
                                      .dtype = how & 64 ? DM_F4 : DM_F8,
                                      .scale = scales[more % 4],
                                      .round = (enum dm_round)(more / 4 % 3),
                                      .unit = dm_units()[more / 16 % units],
                                      .speed_kmh = 3.6 * (1 + more % 7),
                                      .delimiter = delimiters[separators % 8],
                                      .decimal = separators & 8 ? ',' : 0};
}

/* The longest distance that the format takes. */
static double longest_of(const struct dm_format *format, const struct dm_format_options *options)
{
    if (format->uses & DM_FIELD_BIT(DM_FIELD_ROUND))
        return 2e9 / fmax(options->scale, 1);
    return options->dtype == DM_F4 ? 3e38 : 1e300;
}

/* Whether fields and numbers can be told apart. */
static bool are_separators(const struct dm_format_options *options)
{
    char delimiter = options->delimiter ? options->delimiter : ',';
    return delimiter != '5' && (delimiter != ',' || options->decimal != ',');
}

static void write_and_read(const struct dm_format *format, const struct dm_shape *shape,
                           const struct dm_format_options *options, size_t most,
                           const struct dm_locations *locations)
{
    struct dm_layout layout;
    struct dm_encoder *encoder;
    struct dm_error error;
    CLAIM(dm_layout_make(shape, locations->count, locations->count, &layout, NULL) == DM_OK);
    struct dm_subject subject = {&layout, locations, locations, longest_of(format, options)};
    enum dm_status status = format->prepare(options, &subject, &encoder, &error);
    if (format->uses & DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) && !are_separators(options)) {
        CLAIM(status == DM_USAGE);
        return;
    }
    CLAIM(status == DM_OK);
    struct encoded encoded = encode_all(format, encoder, &layout, most, distance);
    struct written written = {options, &layout, locations, locations, distance};
    read_back(format, encoded.text, encoded.length, &written);
    free(encoded.text);
    format->dispose(encoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    unsigned which = take(&input), sizes = take(&input);
    const struct dm_format *format =
        dm_formats()[which % count_of((const void *const *)dm_formats())];
    const struct dm_shape *shape =
        dm_shapes()[which / 16 % count_of((const void *const *)dm_shapes())];
    if (!(format->shapes & shape->bit) || format->absorb) /* a summary does not have the pairs */
        return 0;
    struct dm_format_options options = options_from(&input);
    for (size_t i = 0; i < DISTANCES; i++)
        distances[i] = distance_from(&input, longest_of(format, &options));
    if (!(format->uses & DM_FIELD_BIT(DM_FIELD_SAFE_CSV)))
        options.safe_csv = false;
    struct dm_locations locations = locations_from(&input, 1 + sizes % LOCATIONS);
    if (format->rows)
        give_rows(&locations, options.delimiter);
    write_and_read(format, shape, &options, 1 + sizes / 8, &locations);
    dm_locations_free(&locations);
    return 0;
}
