#include "testing/faulty.h"

static enum dm_status faulty_open(const struct dm_executor_options *options,
                                  struct dm_executor **executor, struct dm_error *error)
{
    enum dm_status status = dm_executor_serial.open(options, executor, error);
    if (status == DM_OK)
        (*executor)->ops = &faulty_executor;
    return status;
}

static void faulty_close(struct dm_executor *executor)
{
    dm_executor_serial.close(executor);
}

struct dm_executor_ops faulty_executor = {
    .name = "faulty", .open = faulty_open, .close = faulty_close};
