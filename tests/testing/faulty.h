/* faulty.h - an executor that is serial but for its run, which is the test's own. */
#ifndef TESTING_FAULTY_H
#define TESTING_FAULTY_H

#include <dmatrix/executor.h>

/* To be given a `run` before it is opened. */
extern struct dm_executor_ops faulty_executor;

#endif
