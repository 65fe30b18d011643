#include "output/memory.h"

#include <string.h>

static enum dm_status take(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    double *to = ((struct dm_array_output *)output)->distances + band->begin;
    (void)error;
    if (band->distances != to)
        memcpy(to, band->distances, (size_t)(band->end - band->begin) * sizeof *to);
    return DM_OK;
}

static double *room(struct dm_output *output, uint64_t begin)
{
    return ((struct dm_array_output *)output)->distances + begin;
}

static const struct dm_output_ops shared_ops = {.take = take, .room = room};
static const struct dm_output_ops copying_ops = {.take = take};

struct dm_array_output dm_array_output(double *distances, bool shared)
{
    return (struct dm_array_output){{.ops = shared ? &shared_ops : &copying_ops}, distances};
}
