#include "output/output.h"

#include "base/clock.h"

enum dm_status dm_output_write(struct dm_output *output, struct iovec *bytes, size_t count,
                               struct dm_error *error)
{
    struct dm_band band = {.bytes = bytes, .count = count};
    return output->ops->take(output, &band, error);
}

enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    enum dm_status status = output->ops->finish ? output->ops->finish(output, error) : DM_OK;
    output->write_ns += dm_clock_ns() - begin;
    return status;
}

void dm_output_close(struct dm_output *output)
{
    if (output && output->ops->close)
        output->ops->close(output);
}
