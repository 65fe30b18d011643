/* run.h - the whole way: locations in, distances out, and the time each phase took. */
#ifndef DMATRIX_RUN_H
#define DMATRIX_RUN_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>
#include <dmatrix/load.h>
#include <dmatrix/metric.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Default limit of the memory for buffers, which hold distances and their text: the greater of
 * DM_MAX_MEMORY_DEFAULT and DM_MAX_MEMORY_A_THREAD for each thread. What is kept of each location
 * (its coordinates, its name, what the metric prepares) is in addition to it. */
#define DM_MAX_MEMORY_DEFAULT ((uint64_t)64 << 20)
#define DM_MAX_MEMORY_A_THREAD ((uint64_t)4 << 20)

/* One of `shards` equal parts of the output, counted from 1; what they write, put together in
 * order, is to the byte what a run without shards writes. 0 of 0 is all of it. */
struct dm_shard {
    uint64_t shard, shards;
};

enum { DM_SHARDS_MAX = 1000000 };

/* What a run will take, before more than a sample of it is computed. */
struct dm_forecast {
    uint64_t pairs;  /* to be computed */
    uint64_t bytes;  /* to be written ... */
    bool exact;      /* ... to the byte, or estimated from the sample */
    uint64_t memory; /* bytes that the process takes at most */
    uint64_t room;   /* bytes free where the file goes; UINT64_MAX: not a file, or not known */
    uint64_t ns;     /* loading and preparing, which were done, computing and encoding; the time of
                      * executor and disk comes on top */
    uint64_t reserved[4];
};

/* Told how a run goes on, by the calling thread. Each function may be NULL. */
struct dm_observer {
    /* Before the first band, where the output is to be a regular file. */
    void (*begins)(void *context, const struct dm_forecast *forecast);
    /* `pairs` of `all` are computed: 0 before the first band, and then what it is after each. Each
     * pass counts, and of a shard its own pairs alone. What was computed last is not written yet.
     */
    void (*advances)(void *context, uint64_t pairs, uint64_t all);
    void *context;
    uint64_t reserved[2];
};

/* Start from dm_run_defaults(), and name the origins: only what is said to may be NULL. */
struct dm_run_options {
    const char *origins;         /* path of a CSV file, "-" is standard input */
    const char *destinations;    /* likewise, or NULL: the distances within one set */
    struct dm_load_options load; /* its coordinates are the metric's */

    const struct dm_shape *shape; /* NULL: what the files and the format suggest */
    const struct dm_metric *metric;
    struct dm_metric_options metric_options; /* the format's instruction set is this one too */

    const struct dm_executor_ops *executor;
    struct dm_executor_options executor_options;
    uint64_t grain;      /* pairs a computing task; 0 chooses */
    uint64_t delay_ns;   /* each computing task waits so long first, as if it asked a network */
    uint64_t max_memory; /* bytes; 0 means DM_MAX_MEMORY_DEFAULT or _A_THREAD */
    struct dm_shard shard;

    const struct dm_format *format;
    struct dm_format_options format_options;
    const char *output; /* path, or "-" for standard output */

    struct dm_observer observer;

    /* Raise it and the run ends soon, with DM_STOPPED; may be NULL. Takes the place of the stop in
     * the options of loading, metric, executor and format. */
    const dm_flag *stop;
    uint64_t reserved[8];
};

/* dm_run_options with the defaults: haversine, pool, csv, km, 6 decimals, standard output. */
DM_API struct dm_run_options dm_run_defaults(void);

/* What a run did. Zeroed by dm_run(); dm_report_free() frees what it owns. */
struct dm_report {
    uint64_t origins, destinations;   /* locations */
    uint64_t pairs;                   /* of the whole, whatever the shard */
    uint64_t computed, bytes;         /* pairs computed, once for each pass, and bytes written */
    const struct dm_shape *shape;     /* the one taken */
    unsigned threads;                 /* at work at once */
    uint64_t grain;                   /* pairs a computing task */
    const struct dm_isa *isa;         /* what the hot loops ran on */
    double longest_m;                 /* the metric's bound: no distance is longer, in metres */
    const struct dm_unit *unit;       /* of the distances */
    char format_note[DM_NOTE_LENGTH]; /* of dm_encoder.note */
    struct dm_load_notes notes[2];    /* of origins and destinations */

    /* Wall time. The total is from the start of loading to the finished output, without opening
     * the executor: load, prepare, compute, encode, and finish, which is what remains to be written
     * after the last band was encoded, and waiting for the disk. Write is the time in write calls,
     * during encode and finish; where nothing is encoded, during compute and finish. */
    uint64_t load_ns, prepare_ns, open_ns, finish_ns, write_ns, total_ns;
    struct dm_usage usage; /* of the total */
    struct dm_timing compute, encode;
    unsigned workers; /* entries of compute.stats.workers and encode.stats.workers */
    unsigned lost;    /* workers that died, and the signal that killed the last, or 0; others did */
    int lost_to;      /* their tasks */
    uint64_t reserved[8];
};

/* Does it all. On failure no regular output file is left or changed, and *report holds what is
 * known so far. DM_USAGE: the options do not fit together. Else whatever loading, preparing,
 * opening the executor and writing can return. */
DM_API enum dm_status dm_run(const struct dm_run_options *options, struct dm_report *report,
                             struct dm_error *error);

/* What dm_run() would take, from loading, preparing and a sample. Writes nothing, and opens nothing
 * for writing, but fails where that would fail, other than for a terminal that cannot show the
 * format. *report is as after a run that has computed nothing. */
DM_API enum dm_status dm_run_forecast(const struct dm_run_options *options,
                                      struct dm_report *report, struct dm_forecast *forecast,
                                      struct dm_error *error);

DM_API void dm_report_free(struct dm_report *report);

#ifdef __cplusplus
}
#endif

#endif
