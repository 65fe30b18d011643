/* few_bands.h - the run that faults are thrown at: some hundred locations in little memory, so that
 * its output is written in several bands. */
#ifndef FAULT_FEW_BANDS_H
#define FAULT_FEW_BANDS_H

#include "testing/testing.h"

#include <dmatrix/run.h>

#include <stddef.h>

/* Under sanitizers a run takes several times as long, and every third combination is enough. */
enum { FEW_BANDS_STEP = SANITIZED ? 3 : 1 };

/* The input, and two folders: one for it and one, a real path, for outputs. */
struct few_bands {
    char *inputs, *outputs;
    char *input;
};

int few_bands_make(void **state);
int few_bands_clean(void **state);

struct dm_run_options few_bands_options(const struct few_bands *run, const struct dm_format *format,
                                        const struct dm_executor_ops *executor);

/* Runs it, without any report. */
enum dm_status few_bands_run(const struct dm_run_options *options, struct dm_error *error);

/* What the run writes where nothing fails; free() it. */
char *few_bands_bytes(const struct few_bands *run, const struct dm_format *format, size_t *length);

#endif
