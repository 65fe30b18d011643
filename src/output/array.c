#include "output/memory.h"

#include <string.h>

static void room(struct dm_output *output, struct dm_band *band)
{
    const struct dm_array_output *array = (const struct dm_array_output *)output;
    band->distances = array->distances + band->begin;
    band->destinations = array->destinations ? array->destinations + band->begin : NULL;
}

static enum dm_status keep(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    (void)output;
    (void)band;
    (void)error;
    return DM_OK;
}

static enum dm_status copy(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    const struct dm_array_output *array = (const struct dm_array_output *)output;
    size_t pairs = (size_t)(band->end - band->begin);
    (void)error;
    memcpy(array->distances + band->begin, band->distances, pairs * sizeof *array->distances);
    if (array->destinations)
        memcpy(array->destinations + band->begin, band->destinations,
               pairs * sizeof *array->destinations);
    return DM_OK;
}

static const struct dm_output_ops shared_ops = {.take = keep, .room = room};
static const struct dm_output_ops copying_ops = {.take = copy};

struct dm_array_output dm_array_output(double *distances, size_t *destinations, bool shared)
{
    return (struct dm_array_output){
        {.ops = shared ? &shared_ops : &copying_ops}, distances, destinations};
}
