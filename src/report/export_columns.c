#include "report/export_columns.h"

#include <math.h>

#define OF(member) offsetof(struct dm_result, member)
#define PHASE(name, phase)                                                                         \
    {                                                                                              \
        "phase_" name, "phases", name, DM_COLUMN_REAL, OF(phases[phase]), DM_COLUMN_OF_RUN         \
    }

/* The first columns of the CSV are hyperfine's. In JSON, hyperfine's objects have those and
 * `times`, `exit_codes` and `parameters`. */
const struct dm_column dm_export_columns[] = {
    {"command", NULL, "command", DM_COLUMN_TEXT, OF(command), 0},
    {"mean", NULL, "mean", DM_COLUMN_REAL, OF(time.mean), 0},
    {"stddev", NULL, "stddev", DM_COLUMN_REAL, OF(time.stddev), 0},
    {"median", NULL, "median", DM_COLUMN_REAL, OF(time.median), 0},
    {"user", NULL, "user", DM_COLUMN_REAL, OF(user), 0},
    {"system", NULL, "system", DM_COLUMN_REAL, OF(system), 0},
    {"min", NULL, "min", DM_COLUMN_REAL, OF(time.min), 0},
    {"max", NULL, "max", DM_COLUMN_REAL, OF(time.max), 0},
    {"parameter_executor", NULL, "executor", DM_COLUMN_TEXT, OF(executor), 0},
    {"parameter_threads", NULL, "threads", DM_COLUMN_SMALL, OF(threads), 0},
    {"parameter_grain", NULL, "asked_grain", DM_COLUMN_GRAIN, OF(asked_grain), 0},
    {"parameter_metric", NULL, "metric", DM_COLUMN_TEXT, OF(metric), 0},
    {NULL, NULL, "radius_km", DM_COLUMN_REAL, OF(radius_km), 0},
    {NULL, NULL, "ellipsoid", DM_COLUMN_ARRAY, OF(ellipsoid), 0},
    {NULL, NULL, "instruction_set", DM_COLUMN_TEXT, OF(isa), 0},
    {"parameter_shape", NULL, "shape", DM_COLUMN_TEXT, OF(shape), 0},
    {"parameter_delay", NULL, "delay", DM_COLUMN_REAL, OF(delay), 0},
    {"parameter_format", NULL, "format", DM_COLUMN_TEXT, OF(format), DM_COLUMN_OF_RUN},
    {NULL, NULL, "unit", DM_COLUMN_TEXT, OF(unit), DM_COLUMN_OF_RUN},
    {"grain", NULL, "grain", DM_COLUMN_COUNT, OF(grain), 0},
    {"pairs", NULL, "pairs", DM_COLUMN_COUNT, OF(pairs), 0},
    {"measured_pairs", NULL, "measured_pairs", DM_COLUMN_COUNT, OF(measured), 0},
    {"tasks", NULL, "tasks", DM_COLUMN_COUNT, OF(tasks), 0},
    {"share_creating", "shares", "creating", DM_COLUMN_REAL, OF(shares.creating), 0},
    {"share_waiting", "shares", "waiting", DM_COLUMN_REAL, OF(shares.waiting), 0},
    {"share_delayed", "shares", "delayed", DM_COLUMN_REAL, OF(shares.delayed), 0},
    {"share_working", "shares", "working", DM_COLUMN_REAL, OF(shares.working), 0},
    {"sleeps", NULL, "sleeps", DM_COLUMN_REAL, OF(sleeps), 0},
    {"preemptions", NULL, "preemptions", DM_COLUMN_REAL, OF(preemptions), 0},
    {"workers_lost", NULL, "workers_lost", DM_COLUMN_SMALL, OF(lost), 0},
    {"speedup", "speedup", "value", DM_COLUMN_REAL, OF(speedup.value), DM_COLUMN_OF_TRIAL},
    {"speedup_low", "speedup", "low", DM_COLUMN_REAL, OF(speedup.low), DM_COLUMN_OF_TRIAL},
    {"speedup_high", "speedup", "high", DM_COLUMN_REAL, OF(speedup.high), DM_COLUMN_OF_TRIAL},
    PHASE("load", DM_PHASE_LOAD),
    PHASE("index", DM_PHASE_INDEX),
    PHASE("count", DM_PHASE_COUNT),
    PHASE("ask", DM_PHASE_ASK),
    PHASE("prepare", DM_PHASE_PREPARE),
    PHASE("compute", DM_PHASE_COMPUTE),
    PHASE("encode", DM_PHASE_ENCODE),
    PHASE("finish", DM_PHASE_FINISH),
    PHASE("write", DM_PHASE_WRITE),
    PHASE("total", DM_PHASE_TOTAL),
    {0},
};

bool dm_column_applies(const struct dm_column *column, const struct dm_results *results)
{
    return column->of == DM_COLUMN_OF_ALL ||
           column->of == (results->compared ? DM_COLUMN_OF_TRIAL : DM_COLUMN_OF_RUN);
}

static struct dm_column_value text_value(const char *text)
{
    bool known = text && *text;
    return (struct dm_column_value){.type = known ? DM_VALUE_TEXT : DM_VALUE_NONE, .text = text};
}

static struct dm_column_value real_value(double real)
{
    return (struct dm_column_value){.type = isfinite(real) ? DM_VALUE_REAL : DM_VALUE_NONE,
                                    .real = real};
}

static struct dm_column_value count_value(uint64_t count)
{
    return (struct dm_column_value){.type = DM_VALUE_COUNT, .count = count};
}

struct dm_column_value dm_column_value(const struct dm_column *column,
                                       const struct dm_result *result, char room[DM_GRAIN_LENGTH])
{
    const void *place = (const char *)result + column->place;
    switch (column->kind) {
    case DM_COLUMN_TEXT:
        return text_value(*(const char *const *)place);
    case DM_COLUMN_ARRAY:
        return text_value(place);
    case DM_COLUMN_REAL:
        return real_value(*(const double *)place);
    case DM_COLUMN_COUNT:
        return count_value(*(const uint64_t *)place);
    case DM_COLUMN_SMALL:
        return count_value(*(const unsigned *)place);
    case DM_COLUMN_GRAIN:
        return text_value(dm_asked_grain_text(room, *(const uint64_t *)place));
    }
    return (struct dm_column_value){.type = DM_VALUE_NONE};
}
