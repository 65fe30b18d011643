#include "plot/measurements.h"

#include "base/number.h"
#include "base/text.h"
#include "base/try.h"
#include "plot/duration.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* dmatrix tells them in the result itself; hyperfine in "parameters", those that vary. */
static const struct {
    const char *own, *varied;
} parameter_names[DM_PARAMETER_COUNT] = {
    [DM_PARAMETER_EXECUTOR] = {"executor", "executor"},
    [DM_PARAMETER_THREADS] = {"threads", "threads"},
    [DM_PARAMETER_GRAIN] = {"asked_grain", "grain"},
    [DM_PARAMETER_METRIC] = {"metric", "metric"},
    [DM_PARAMETER_SHAPE] = {"shape", "shape"},
    [DM_PARAMETER_DELAY] = {"delay", "delay"},
};
static const char *const share_names[DM_SHARE_COUNT] = {"working", "delayed", "waiting",
                                                        "creating"};

/* Beyond these, something else than the time of a run is meant, and arithmetic would get rough. */
static const double SECONDS_MAX = 1e9, SPEEDUP_MAX = 1e9, PAIRS_MAX = 9e18;
static const double NOTHING = 1e-12; /* and what is less */
enum { THREADS_MAX = 1000000, TEXT_MAX = 400 };

/* Where the reader is, for messages: "timings.json: results[3]". */
struct reading {
    const char *shown; /* the file */
    size_t index;      /* of the result */
    struct dm_error *error;
};

static enum dm_status fail_member(const struct reading *reading, const char *name, const char *what)
{
    return dm_fail(reading->error, DM_DATA, "%s: results[%zu]: \"%s\" %s", reading->shown,
                   reading->index, name, what);
}

/* Whether a character, of so many bytes, is one that Unicode has set apart to be none, such as
 * U+FFFE: neither XML nor cairo takes them. */
static bool is_no_character(const char *text, size_t bytes)
{
    const unsigned char *c = (const unsigned char *)text;
    if (bytes == 3)
        return (c[0] == 0xEF && c[1] == 0xBF && c[2] >= 0xBE) ||
               (c[0] == 0xEF && c[1] == 0xB7 && c[2] >= 0x90 && c[2] <= 0xAF);
    return bytes == 4 && (c[1] & 0x0F) == 0x0F && c[2] == 0xBF && c[3] >= 0xBE;
}

/* Puts a copy of the text that can be drawn on one line to *copy: blanks for line ends, \xNN for
 * other control characters, and nothing but the ends of what is very long. */
static enum dm_status copy_text(const char *text, char **copy, struct dm_error *error)
{
    size_t length = strlen(text), used = 0;
    char *clean = malloc(4 * (size_t)TEXT_MAX + 16);
    if (!clean)
        return dm_fail_memory(error, "the names of the results");
    for (size_t i = 0; i < length;) {
        if (length > TEXT_MAX && i >= TEXT_MAX / 2 && i < length - TEXT_MAX / 2) {
            i = length - TEXT_MAX / 2;
            while (i < length && ((unsigned char)text[i] & 0xC0) == 0x80)
                i++;
            used += (size_t)sprintf(clean + used, "…");
            continue;
        }
        size_t bytes = dm_printable(text + i, length - i);
        if (is_no_character(text + i, bytes)) {
            clean[used++] = '?';
        } else if (bytes > 0) {
            memcpy(clean + used, text + i, bytes);
            used += bytes;
        } else if (text[i] == '\n' || text[i] == '\t' || text[i] == '\r') {
            clean[used++] = ' ';
        } else {
            used += (size_t)sprintf(clean + used, "\\x%02X", (unsigned char)text[i]);
        }
        i += bytes > 0 ? bytes : 1;
    }
    clean[used] = '\0';
    *copy = clean;
    return DM_OK;
}

/* A number from 0 to `max`. Where it is not there or null, *number stays, unless it is `needed`. */
static enum dm_status read_number(const struct reading *reading, const json_t *object,
                                  const char *name, bool needed, double max, double *number)
{
    const json_t *member = json_object_get(object, name);
    if (!member || json_is_null(member))
        return needed ? fail_member(reading, name, "is missing") : DM_OK;
    if (!json_is_number(member))
        return fail_member(reading, name, "is not a number");
    double value = json_number_value(member);
    if (!(value >= 0))
        return fail_member(reading, name, "is negative");
    if (value > max)
        return fail_member(reading, name, "is too large to be drawn");
    *number = value < NOTHING ? 0 : value;
    return DM_OK;
}

static enum dm_status read_times(const struct reading *reading, const json_t *object,
                                 struct dm_measurement *result)
{
    const json_t *times = json_object_get(object, "times");
    if (!times)
        return fail_member(reading, "times", "is missing");
    if (!json_is_array(times) || json_array_size(times) == 0)
        return fail_member(reading, "times", "is not a list of the times of runs");
    result->runs = json_array_size(times);
    for (size_t i = 0; i < result->runs; i++) {
        const json_t *time = json_array_get(times, i);
        if (!json_is_number(time) || !(json_number_value(time) >= 0))
            return fail_member(reading, "times", "has other things in it than times");
    }
    return DM_OK;
}

/* A delay is told in seconds, 0 where there is none. */
static void put_number(char *text, size_t size, enum dm_parameter parameter, double value)
{
    char delay[DM_DURATION_LENGTH];
    if (parameter == DM_PARAMETER_DELAY)
        snprintf(text, size, "%s", dm_tick_text(delay, value, dm_time_unit_of(value)));
    else
        snprintf(text, size, "%.12g", value);
}

static enum dm_status read_parameter(const struct reading *reading, const json_t *object,
                                     const json_t *varied, enum dm_parameter parameter, char **text)
{
    char digits[DM_DURATION_LENGTH];
    const json_t *value = json_object_get(object, parameter_names[parameter].own);
    if (!value || json_is_null(value))
        value = json_object_get(varied, parameter_names[parameter].varied);
    if (!value || json_is_null(value))
        return DM_OK;
    if (json_is_string(value))
        return copy_text(json_string_value(value), text, reading->error);
    if (!json_is_number(value))
        return fail_member(reading, parameter_names[parameter].varied, "is no text and no number");
    if (parameter == DM_PARAMETER_DELAY && json_number_value(value) == 0)
        return DM_OK;
    put_number(digits, sizeof digits, parameter, json_number_value(value));
    return copy_text(digits, text, reading->error);
}

static enum dm_status read_parameters(const struct reading *reading, const json_t *object,
                                      struct dm_measurement *result)
{
    const json_t *varied = json_object_get(object, "parameters");
    enum dm_status status = DM_OK;
    if (varied && !json_is_null(varied) && !json_is_object(varied))
        return fail_member(reading, "parameters", "is not an object");
    for (int i = 0; i < DM_PARAMETER_COUNT && status == DM_OK; i++)
        status =
            read_parameter(reading, object, varied, (enum dm_parameter)i, &result->parameters[i]);
    const char *threads = result->parameters[DM_PARAMETER_THREADS];
    uint64_t number;
    if (threads && dm_integer_parse(threads, THREADS_MAX, &number))
        result->threads = (unsigned)number;
    return status;
}

/* Rounded numbers need not add up to 1: here they do. Those of a run, which has phases, are about
 * computing alone, not about the time that is drawn. */
static enum dm_status read_shares(const struct reading *reading, const json_t *object,
                                  struct dm_measurement *result)
{
    const json_t *shares = json_object_get(object, "shares");
    enum dm_status status = DM_OK;
    double sum = 0;
    if (!shares || json_is_null(shares) || json_object_get(object, "phases"))
        return DM_OK;
    if (!json_is_object(shares))
        return fail_member(reading, "shares", "is not an object");
    for (int i = 0; i < DM_SHARE_COUNT && status == DM_OK; i++) {
        status = read_number(reading, shares, share_names[i], false, 1.01, &result->shares[i]);
        sum += result->shares[i];
    }
    result->has_shares = sum > 0;
    for (int i = 0; i < DM_SHARE_COUNT && sum > 0; i++)
        result->shares[i] /= sum;
    return status;
}

static enum dm_status read_speedup(const struct reading *reading, const json_t *object,
                                   struct dm_measurement *result)
{
    const json_t *speedup = json_object_get(object, "speedup");
    if (!speedup || json_is_null(speedup))
        return DM_OK;
    if (json_is_number(speedup)) /* of version 0.1 */
        return read_number(reading, object, "speedup", false, SPEEDUP_MAX, &result->speedup);
    if (!json_is_object(speedup))
        return fail_member(reading, "speedup", "is not an object");
    DM_TRY(read_number(reading, speedup, "value", false, SPEEDUP_MAX, &result->speedup));
    DM_TRY(read_number(reading, speedup, "low", false, SPEEDUP_MAX, &result->speedup_low));
    return read_number(reading, speedup, "high", false, SPEEDUP_MAX, &result->speedup_high);
}

static enum dm_status read_pairs(const struct reading *reading, const json_t *object,
                                 struct dm_measurement *result)
{
    double pairs = 0;
    enum dm_status status = read_number(reading, object, "pairs", false, PAIRS_MAX, &pairs);
    double measured = pairs;
    if (status == DM_OK)
        status = read_number(reading, object, "measured_pairs", false, PAIRS_MAX, &measured);
    if (status != DM_OK)
        return status;
    result->pairs = (uint64_t)pairs;
    result->scaled = measured < pairs;
    return DM_OK;
}

static enum dm_status read_result(const struct reading *reading, const json_t *object,
                                  struct dm_measurement *result)
{
    if (!json_is_object(object))
        return dm_fail(reading->error, DM_DATA, "%s: results[%zu] is not an object", reading->shown,
                       reading->index);
    const json_t *command = json_object_get(object, "command");
    if (!json_is_string(command))
        return fail_member(reading, "command", command ? "is not a text" : "is missing");
    enum dm_status status = copy_text(json_string_value(command), &result->command, reading->error);
    if (status == DM_OK)
        status = read_number(reading, object, "mean", true, SECONDS_MAX, &result->mean_s);
    if (status == DM_OK)
        status = read_number(reading, object, "stddev", false, SECONDS_MAX, &result->stddev_s);
    if (status == DM_OK)
        status = read_speedup(reading, object, result);
    if (status == DM_OK)
        status = read_times(reading, object, result);
    if (status == DM_OK)
        status = read_pairs(reading, object, result);
    if (status == DM_OK)
        status = read_parameters(reading, object, result);
    if (status == DM_OK)
        status = read_shares(reading, object, result);
    return status;
}

bool dm_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void number_parameter(struct dm_measurements *measurements, int parameter)
{
    unsigned next = 0;
    for (size_t i = 0; i < measurements->count; i++) {
        struct dm_measurement *result = &measurements->results[i], *first = measurements->results;
        while (first < result &&
               !dm_same_text(first->parameters[parameter], result->parameters[parameter]))
            first++;
        result->numbers[parameter] = first < result ? first->numbers[parameter] : next++;
    }
}

static enum dm_status read_results(const char *shown, const json_t *document,
                                   struct dm_measurements *measurements, struct dm_error *error)
{
    const json_t *results = json_object_get(document, "results");
    size_t count = json_array_size(results); /* 0 too where it is no list, or not there */
    struct reading reading = {.shown = shown, .error = error};
    if (count == 0)
        return dm_fail(error, DM_DATA,
                       "%s: has no results (dmatrix --export-json and hyperfine --export-json "
                       "write a list \"results\" of what they timed)",
                       shown);
    if (count > DM_MEASUREMENTS_MAX)
        return dm_fail(error, DM_RANGE, "%s: %zu results are too many for a picture (up to %d)",
                       shown, count, DM_MEASUREMENTS_MAX);
    measurements->results = calloc(count, sizeof *measurements->results);
    if (!measurements->results)
        return dm_fail_memory(error, "the results");
    measurements->count = count;
    for (enum dm_status status = DM_OK; reading.index < count; reading.index++) {
        status = read_result(&reading, json_array_get(results, reading.index),
                             &measurements->results[reading.index]);
        if (status != DM_OK)
            return status;
    }
    for (int i = 0; i < DM_PARAMETER_COUNT; i++)
        number_parameter(measurements, i);
    return DM_OK;
}

static enum dm_status load(const char *shown, FILE *file, json_t **document, struct dm_error *error)
{
    json_error_t why;
    errno = 0;
    *document = json_loadf(file, JSON_DECODE_INT_AS_REAL, &why);
    if (*document)
        return DM_OK;
    if (ferror(file))
        return dm_fail(error, DM_IO, "%s: cannot read: %s", shown, strerror(errno));
    return dm_fail(error, DM_DATA, "%s:%d: is not JSON: %s", shown, why.line, why.text);
}

enum dm_status dm_measurements_read(const char *path, struct dm_measurements *measurements,
                                    struct dm_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    const char *shown = standard ? "standard input" : path;
    struct dm_measurements found = {0};
    json_t *document = NULL;
    FILE *file = standard ? stdin : fopen(path, "r");
    if (!file)
        return dm_fail(error, DM_IO, "%s: cannot open: %s", shown, strerror(errno));
    enum dm_status status = load(shown, file, &document, error);
    if (!standard)
        fclose(file);
    if (status == DM_OK)
        status = read_results(shown, document, &found, error);
    json_decref(document);
    if (status == DM_OK)
        *measurements = found;
    else
        dm_measurements_free(&found);
    return status;
}

void dm_measurements_free(struct dm_measurements *measurements)
{
    for (size_t i = 0; i < measurements->count; i++) {
        free(measurements->results[i].command);
        for (int j = 0; j < DM_PARAMETER_COUNT; j++)
            free(measurements->results[i].parameters[j]);
    }
    free(measurements->results);
    *measurements = (struct dm_measurements){0};
}
