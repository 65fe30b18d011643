#include "cli/slurm.h"

#include "base/number.h"
#include "base/text.h"
#include "base/try.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLE "SLURM_ARRAY_TASK_"
#define INSTEAD "--shard=auto needs an array such as --array=1-8 (or write the part: --shard=3/8)"

/* The tasks of an array, and which of them this is. */
struct array {
    uint64_t id, min, max, step;
    uint64_t count; /* 0: unknown */
};

static enum dm_status read_number(const char *variable, uint64_t *number, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    const char *text = getenv(variable);
    if (!text || !*text)
        return dm_fail(error, DM_USAGE,
                       "%s is not set: --shard=auto works in a job array of Slurm (sbatch "
                       "--array=1-8); elsewhere, write the part: --shard=3/8",
                       variable);
    if (!dm_integer_parse(text, INT64_MAX, number))
        return dm_fail(error, DM_USAGE, "%s is %s, not a whole number; write the part: --shard=3/8",
                       variable, dm_quote(quoted, text, strlen(text)));
    return DM_OK;
}

static enum dm_status read_array(struct array *array, struct dm_error *error)
{
    const char *count = getenv(VARIABLE "COUNT");
    *array = (struct array){0};
    DM_TRY(read_number(VARIABLE "ID", &array->id, error));
    DM_TRY(read_number(VARIABLE "MIN", &array->min, error));
    DM_TRY(read_number(VARIABLE "MAX", &array->max, error));
    DM_TRY(read_number(VARIABLE "STEP", &array->step, error));
    return count && *count ? read_number(VARIABLE "COUNT", &array->count, error) : DM_OK;
}

/* Return true if the task is one of MIN, MIN + STEP, ... MAX. */
static bool has_task(const struct array *array)
{
    return array->step > 0 && array->min <= array->id && array->id <= array->max &&
           (array->id - array->min) % array->step == 0;
}

enum dm_status dm_slurm_shard(struct dm_shard *shard, struct dm_error *error)
{
    struct array array;
    DM_TRY(read_array(&array, error));
    if (!has_task(&array))
        return dm_fail(error, DM_USAGE,
                       VARIABLE "ID is %" PRIu64 ", which is not in the array %" PRIu64 "-%" PRIu64
                                ":%" PRIu64 " of " VARIABLE "MIN, MAX and STEP; write the part: "
                                "--shard=3/8",
                       array.id, array.min, array.max, array.step);
    uint64_t steps = (array.max - array.min) / array.step; /* one less than the tasks */
    if (steps >= DM_SHARDS_MAX)
        return dm_fail(error, DM_USAGE,
                       "the job array has more than %d tasks, the most parts of an output; "
                       "use a shorter one",
                       DM_SHARDS_MAX);
    if (array.count > 0 && array.count != steps + 1)
        return dm_fail(error, DM_USAGE,
                       "the job array has gaps: %" PRIu64 " tasks (" VARIABLE "COUNT) from %" PRIu64
                       " to %" PRIu64 " in steps of %" PRIu64 "; " INSTEAD,
                       array.count, array.min, array.max, array.step);
    *shard =
        (struct dm_shard){.shard = (array.id - array.min) / array.step + 1, .shards = steps + 1};
    return DM_OK;
}
