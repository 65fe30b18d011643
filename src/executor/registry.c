#include <dmatrix/executor.h>

#include "base/registry.h"

DM_REGISTRY("executor", struct dm_executor_ops, dm_executors, dm_executor_find, &dm_executor_serial,
            &dm_executor_thread, &dm_executor_pool, &dm_executor_process, &dm_executor_async)
