#include "base/stop.h"
#include "output/memory.h"

static enum dm_status take(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    const struct dm_function_output *function = (const struct dm_function_output *)output;
    const struct dm_sink *sink = function->sink;
    struct dm_segment segment;
    struct dm_band_walk walk = dm_band_walk_begin(function->layout, band, band->begin, band->end);
    (void)dm_fail(error, DM_STOPPED, "ended by the sink"); /* the default message */
    while (dm_band_walk_next(&walk, &segment)) {
        if (dm_stop_asked(function->stop))
            return dm_fail(error, DM_STOPPED, "stopped by the stop flag");
        enum dm_status status = sink->take(sink->context, &segment, error);
        if (status != DM_OK)
            return status;
    }
    return DM_OK;
}

static const struct dm_output_ops ops = {.take = take};

struct dm_function_output dm_function_output(const struct dm_layout *layout,
                                             const struct dm_sink *sink, const dm_flag *stop)
{
    return (struct dm_function_output){{.ops = &ops}, layout, sink, stop};
}
