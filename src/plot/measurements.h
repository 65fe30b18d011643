/* measurements.h - what was timed, read from JSON in hyperfine's schema. */
#ifndef PLOT_MEASUREMENTS_H
#define PLOT_MEASUREMENTS_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DM_MEASUREMENTS_MAX = 1000 };

/* Parameters that dmatrix writes. hyperfine's own may have the same names. */
enum dm_parameter {
    DM_PARAMETER_EXECUTOR,
    DM_PARAMETER_THREADS,
    DM_PARAMETER_GRAIN,
    DM_PARAMETER_METRIC,
    DM_PARAMETER_SHAPE,
    DM_PARAMETER_DELAY,
    DM_PARAMETER_COUNT
};

/* What the time of all workers went to. */
enum dm_share {
    DM_SHARE_WORKING,
    DM_SHARE_DELAYED, /* in the wait that was asked for */
    DM_SHARE_WAITING,
    DM_SHARE_CREATING,
    DM_SHARE_COUNT
};

/* One result. Texts are UTF-8 without control characters and not long. */
struct dm_measurement {
    char *command;
    char *parameters[DM_PARAMETER_COUNT]; /* NULL: not told */
    unsigned numbers[DM_PARAMETER_COUNT]; /* theirs: the same for the same text, from 0 as they
                                           * come in the file */
    unsigned threads;                     /* as a number; 0: not told */
    size_t runs;
    double mean_s, stddev_s;                   /* stddev_s is 0 for a single run */
    uint64_t pairs;                            /* 0: not told */
    bool scaled;                               /* measured on some of the pairs only */
    double speedup, speedup_low, speedup_high; /* 0: not told */
    bool has_shares;
    double shares[DM_SHARE_COUNT]; /* parts of 1 */
};

struct dm_measurements {
    size_t count;
    struct dm_measurement *results; /* in the order of the file */
};

/* Reads the file at `path` ("-" is standard input). To be freed. DM_IO; DM_DATA: it is no JSON, or
 * not of that schema; DM_RANGE: more than DM_MEASUREMENTS_MAX results; DM_MEMORY. */
enum dm_status dm_measurements_read(const char *path, struct dm_measurements *measurements,
                                    struct dm_error *error);

void dm_measurements_free(struct dm_measurements *measurements);

/* Whether both are there and the same, or neither is there. */
bool dm_same_text(const char *a, const char *b);

#endif
