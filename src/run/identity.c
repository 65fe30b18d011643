#define _POSIX_C_SOURCE 200809L /* open_memstream() */
#include "run/identity.h"

#include "base/crc.h"
#include "base/memory_stream.h"
#include "base/number.h"
#include "base/text.h"
#include "metric/degrees.h"

#include <dmatrix/version.h>

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

static void put_line(FILE *stream, const char *key, const char *format, ...) DM_PRINTF(3, 4);

static void put_line(FILE *stream, const char *key, const char *format, ...)
{
    va_list arguments;
    fprintf(stream, "%s=", key);
    va_start(arguments, format);
    vfprintf(stream, format, arguments);
    va_end(arguments);
    fputc('\n', stream);
}

/* Put a number of an option, as somebody may have typed it; nothing if it is 0, which is "not
 * given". */
static void put_number(FILE *stream, enum dm_field field, double number, const char *unit)
{
    char text[DM_SHORTEST_LENGTH];
    if (number != 0)
        put_line(stream, dm_field_name(field), "%s%s", dm_number_shortest(text, number), unit);
    else
        put_line(stream, dm_field_name(field), "%s", "");
}

/* Put the text of an option; NULL: it is not given. */
static void put_word(FILE *stream, enum dm_field field, const char *word)
{
    char quoted[DM_QUOTED_LENGTH];
    bool plain = !word || dm_is_plain_word(word);
    put_line(stream, dm_field_name(field), "%s",
             !word   ? ""
             : plain ? word
                     : dm_quote(quoted, word, strlen(word)));
}

static void put_search(FILE *stream, const struct dm_search_options *search,
                       const struct dm_unit *unit)
{
    static const char *const unmatched[] = {
        [DM_UNMATCHED_DROP] = "drop", [DM_UNMATCHED_KEEP] = "keep"};
    static const char *const symmetric[] = {
        [DM_SYMMETRIC_NO] = NULL, [DM_SYMMETRIC_UNION] = "union", [DM_SYMMETRIC_MUTUAL] = "mutual"};
    const struct dm_unit *within_unit = search->within_unit ? search->within_unit : unit;
    char within[DM_SHORTEST_LENGTH];
    put_line(stream, dm_field_name(DM_FIELD_NEAREST), "%" PRIu64, search->nearest);
    if (search->limited)
        put_line(stream, dm_field_name(DM_FIELD_WITHIN), "%s%s",
                 dm_number_shortest(within, search->within), within_unit->name);
    else
        put_word(stream, DM_FIELD_WITHIN, NULL);
    put_word(stream, DM_FIELD_UNMATCHED, unmatched[search->unmatched]);
    put_word(stream, DM_FIELD_SYMMETRIC, symmetric[search->symmetric]);
}

/* Put the separators in use. What --append leaves open follows its rows, which are another line. */
static void put_separators(FILE *stream, const struct dm_format *format,
                           const struct dm_format_options *options)
{
    const char usual_delimiter = format->rows ? '\0' : ',',
               usual_decimal = format->rows ? '\0' : '.';
    const char delimiter[] = {options->delimiter ? options->delimiter : usual_delimiter, '\0'};
    const char decimal[] = {options->decimal ? options->decimal : usual_decimal, '\0'};
    put_line(stream, dm_field_name(DM_FIELD_FORMAT_DELIMITER), "%s", delimiter);
    put_line(stream, dm_field_name(DM_FIELD_FORMAT_DECIMAL), "%s", decimal);
}

static void put_format(FILE *stream, const struct dm_format *format,
                       const struct dm_format_options *options)
{
    static const char *const dtypes[] = {[DM_F8] = "f8", [DM_F4] = "f4"};
    static const char *const rounds[] = {
        [DM_NEAREST] = "nearest", [DM_FLOOR] = "floor", [DM_CEIL] = "ceil"};
    put_line(stream, dm_field_name(DM_FIELD_PRECISION), "%u", options->precision);
    put_line(stream, dm_field_name(DM_FIELD_FORMAT_HEADER), "%s",
             options->header ? "a header" : "no header");
    put_word(stream, DM_FIELD_SAFE_CSV, options->safe_csv ? "yes" : "no");
    put_word(stream, DM_FIELD_DTYPE, dtypes[options->dtype]);
    put_number(stream, DM_FIELD_SCALE, options->scale, "");
    put_word(stream, DM_FIELD_ROUND, rounds[options->round]);
    put_number(stream, DM_FIELD_SPEED, options->speed_kmh, "");
    put_separators(stream, format, options);
}

/* Put the radius as the option takes it; nothing if it is the default. */
static void put_radius(FILE *stream, double radius_m)
{
    bool given = radius_m != 0 && radius_m != DM_EARTH_RADIUS_M;
    put_number(stream, DM_FIELD_RADIUS, given ? radius_m : 0, "m");
}

/* The same of the ellipsoid. */
static void put_ellipsoid(FILE *stream, const struct dm_ellipsoid *ellipsoid)
{
    char axis[DM_SHORTEST_LENGTH], flattening[DM_SHORTEST_LENGTH];
    const struct dm_ellipsoid *usual = &dm_ellipsoid_wgs84;
    bool given =
        ellipsoid->a_m != 0 && (ellipsoid->a_m != usual->a_m || ellipsoid->rf != usual->rf);
    if (given)
        put_line(stream, dm_field_name(DM_FIELD_ELLIPSOID), "%s,%s",
                 dm_number_shortest(axis, ellipsoid->a_m),
                 dm_number_shortest(flattening, ellipsoid->rf));
    else
        put_word(stream, DM_FIELD_ELLIPSOID, NULL);
}

static void put_options(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    const struct dm_metric_options *metric = &options->metric_options;
    put_word(stream, DM_FIELD_BY, options->load.by);
    put_word(stream, DM_FIELD_PER, options->load.per);
    put_word(stream, DM_FIELD_FORMAT, options->format->name);
    put_search(stream, &options->search, report->unit);
    put_word(stream, DM_FIELD_SHAPE, report->shape->name); /* format or search may have chosen it */
    put_word(stream, DM_FIELD_METRIC, options->metric->name);
    put_radius(stream, metric->radius_m);
    put_ellipsoid(stream, &metric->ellipsoid);
    put_word(stream, DM_FIELD_UNIT, report->unit->name);
    put_format(stream, options->format, &options->format_options);
    if (options->shard.shards > 0)
        put_line(stream, dm_field_name(DM_FIELD_SHARD), "%" PRIu64 "/%" PRIu64,
                 options->shard.shard, options->shard.shards);
    else
        put_word(stream, DM_FIELD_SHARD, NULL);
}

/* Return the CRC of what was there before, followed by an array. */
static uint32_t crc_of(uint32_t before, const void *array, size_t bytes)
{
    return array ? dm_crc(before, array, bytes) : before;
}

static uint32_t crc_of_rows(const struct dm_locations *places)
{
    size_t offsets = places->count + 2;
    if (!places->rows)
        return 0;
    uint32_t crc = crc_of(0, places->rows, places->row_begin[offsets - 1]);
    crc = crc_of(crc, places->row_begin, offsets * sizeof *places->row_begin);
    crc = crc_of(crc, places->row_header, strlen(places->row_header));
    const char marks[] = {places->row_decimal, places->row_delimiter, places->rows_plain};
    return crc_of(crc, marks, sizeof marks);
}

static uint32_t crc_of_values(const struct dm_locations *places)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++) {
        const struct dm_values *values = &places->values[i];
        crc = crc_of(crc, values->number, places->count * sizeof *values->number);
        crc = crc_of(crc, values->text, values->begin ? values->begin[values->count] : 0);
        crc = crc_of(crc, values->begin, (values->count + 1) * sizeof *values->begin);
        crc = crc_of(crc, values->name, strlen(values->name));
    }
    return crc;
}

/* The functions of the mathematical library that distances depend on may differ in their last bits
 * from those of another system. Square roots are exact everywhere. */
static uint32_t crc_of_functions(void)
{
    uint32_t crc = 0;
    for (int i = 0; i < 256; i++) {
        double degrees = i * 0.7031 - 90, x = degrees / 64, y = 1.3 - x * x;
        struct dm_sine_cosine reduced = dm_sine_cosine_deg(degrees);
        const double values[] = {reduced.sine, reduced.cosine, sin(x),      cos(x),
                                 tan(x),       asin(sin(x)),   atan2(x, y), hypot(x, y)};
        crc = dm_crc(crc, values, sizeof values);
    }
    return crc;
}

void dm_identity_put_coordinates(FILE *stream, const char *set, const struct dm_locations *places)
{
    size_t bytes = places->count * sizeof *places->lat_deg;
    uint32_t crc = crc_of(crc_of(0, places->lat_deg, bytes), places->lon_deg, bytes);
    fprintf(stream, "%s=%zu\n", set, places->count);
    fprintf(stream, "coordinates of %s=%08" PRIx32 "\n", set, crc);
}

/* What was read counts, not the bytes of the file: a change in a column that is not used changes
 * nothing. A CRC-32 detects every change within four bytes, and others but for one in 2^32. */
static void put_places(FILE *stream, const char *set, const struct dm_locations *places)
{
    size_t count = places->count;
    uint32_t names = crc_of(0, places->names, places->name_begin ? places->name_begin[count] : 0);
    names = crc_of(names, places->name_begin, (count + 1) * sizeof *places->name_begin);
    dm_identity_put_coordinates(stream, set, places);
    fprintf(stream, "names of %s=%08" PRIx32 "\n", set, names);
    fprintf(stream, "rows of %s=%08" PRIx32 "\n", set, crc_of_rows(places));
    fprintf(stream, "values of %s=%08" PRIx32 "\n", set, crc_of_values(places));
}

char *dm_identity_make(const struct dm_run_options *options, const struct dm_places *places,
                       const struct dm_report *report)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    put_line(stream, "version", "%s", dm_version());
    put_line(stream, "arithmetic", "%s", report->isa->fused ? "fused" : "separate");
    fprintf(stream, "mathematical library=%08" PRIx32 "\n", crc_of_functions());
    put_line(stream, "files", "%d", options->destinations ? 2 : 1);
    put_options(stream, options, report);
    put_places(stream, "origins", places->origins);
    if (places->destinations != places->origins)
        put_places(stream, "destinations", places->destinations);
    return dm_memory_stream_end(stream, &text);
}

/* ---- checking ---- */

/* Cut a line in two for a message. */
static struct dm_identity_line cut(const char *text)
{
    struct dm_identity_line line = {0};
    size_t length = strcspn(text, "\n"), key = strcspn(text, "=\n");
    size_t begin = key + (key < length);
    snprintf(line.key, sizeof line.key, "%.*s", (int)key, text);
    snprintf(line.value, sizeof line.value, "%.*s", (int)(length - begin), text + begin);
    return line;
}

static enum dm_field field_of(const char *key)
{
    for (int field = 1; field < DM_FIELD_COUNT; field++)
        if (strcmp(dm_field_name((enum dm_field)field), key) == 0)
            return (enum dm_field)field;
    return DM_FIELD_NONE;
}

/* Return true if the value is what the option takes. */
static bool is_of_option(enum dm_field field, const char *value)
{
    return field != DM_FIELD_FORMAT_HEADER && field != DM_FIELD_SAFE_CSV && *value != '\0' &&
           *value != '"' && strcmp(value, "0") != 0;
}

static enum dm_status fail_option(enum dm_field field, const struct dm_identity_line *line,
                                  const struct dm_identity_line *other, const char *unfinished,
                                  struct dm_error *error)
{
    dm_fail_field(error, field, DM_USAGE,
                  "%s was begun with %s, not with %s; remove it to start anew", unfinished,
                  *other->value ? other->value : "the default",
                  *line->value ? line->value : "the default");
    if (is_of_option(field, other->value))
        dm_suggest(error, field, "%s", other->value);
    return DM_USAGE;
}

enum dm_field dm_identity_option(const struct dm_identity_line *line,
                                 const struct dm_identity_line *other)
{
    enum dm_field field = field_of(other->key);
    bool same_key = strcmp(line->key, other->key) == 0;
    bool is_option = same_key && field != DM_FIELD_ORIGINS && field != DM_FIELD_DESTINATIONS;
    return is_option ? field : DM_FIELD_NONE;
}

static enum dm_status fail_different(const struct dm_identity_line *line,
                                     const struct dm_identity_line *other, const char *unfinished,
                                     struct dm_error *error)
{
    enum dm_field field = dm_identity_option(line, other);
    bool same_key = strcmp(line->key, other->key) == 0;
    if (same_key && strcmp(other->key, "version") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was begun by version %s, this is %s; finish it with that one, or remove "
                       "it to start anew",
                       unfinished, other->value, line->value);
    if (same_key && strcmp(other->key, "arithmetic") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was begun with %s multiplication and addition, this processor has them "
                       "%s, so that the last digits could differ; go on where it was begun, or "
                       "remove it to start anew",
                       unfinished, other->value, line->value);
    if (same_key && strcmp(other->key, "mathematical library") == 0)
        return dm_fail(error, DM_USAGE,
                       "%s was begun on a system with another mathematical library, so that the "
                       "last digits could differ; go on where it was begun, or remove it to start "
                       "anew",
                       unfinished);
    if (same_key && strcmp(other->key, DM_IDENTITY_ANSWERS) == 0)
        return dm_fail(error, DM_USAGE,
                       "%s has the answers for %s, not for %s; remove it to start anew", unfinished,
                       other->value, line->value);
    if (same_key && strcmp(other->key, "server options") == 0)
        return dm_fail_field(
            error, DM_FIELD_EXTRAS, DM_USAGE,
            "%s was begun with other options of the server; give the same ones, or "
            "remove it to start anew",
            unfinished);
    if (field != DM_FIELD_NONE)
        return fail_option(field, line, other, unfinished, error);
    return dm_fail(error, DM_USAGE,
                   "%s was begun with other places: the %s are not the same; remove it to start "
                   "anew",
                   unfinished, same_key ? line->key : "files");
}

bool dm_identity_differs(const char *identity, const char *other, struct dm_identity_line *line,
                         struct dm_identity_line *other_line)
{
    while (*identity || *other) {
        size_t length = strcspn(identity, "\n");
        if (length != strcspn(other, "\n") || strncmp(identity, other, length) != 0) {
            *line = cut(identity);
            *other_line = cut(other);
            return true;
        }
        identity += length + (identity[length] != '\0');
        other += length + (other[length] != '\0');
    }
    return false;
}

enum dm_status dm_identity_check(const char *identity, const char *other, const char *unfinished,
                                 struct dm_error *error)
{
    struct dm_identity_line line, other_line;
    return dm_identity_differs(identity, other, &line, &other_line)
               ? fail_different(&line, &other_line, unfinished, error)
               : DM_OK;
}
