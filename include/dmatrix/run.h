/* run.h - complete runs: load locations, compute and write distances, time each phase. */
#ifndef DMATRIX_RUN_H
#define DMATRIX_RUN_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>
#include <dmatrix/load.h>
#include <dmatrix/metric.h>
#include <dmatrix/road.h>
#include <dmatrix/search.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Default memory limit of the buffers for distances and their text: the greater of
 * DM_MAX_MEMORY_DEFAULT and DM_MAX_MEMORY_A_THREAD times the number of threads. Data kept for each
 * location (its coordinates, its name, what the metric prepares) is in addition to it. */
#define DM_MAX_MEMORY_DEFAULT ((uint64_t)64 << 20)
#define DM_MAX_MEMORY_A_THREAD ((uint64_t)4 << 20)

/* One of `shards` equal parts of the output, counted from 1. The parts, concatenated in order, are
 * identical to the output of a run without shards. 0 of 0: all of it. */
struct dm_shard {
    uint64_t shard, shards;
};

enum { DM_SHARDS_MAX = 1000000 };

/* Estimated cost of a run, from a sample of its pairs. */
struct dm_forecast {
    uint64_t pairs;  /* to be computed */
    uint64_t bytes;  /* to be written ... */
    bool exact;      /* ... exact, or estimated from the sample */
    uint64_t memory; /* largest memory of the process in bytes */
    uint64_t room;   /* free bytes where the file is written; UINT64_MAX: not a file, or unknown */
    uint64_t ns;     /* loading and preparing, which were done, computing and encoding; without the
                      * costs of the executor and the disk */
    uint64_t reserved[4];
};

/* Callbacks that report progress, called in the calling thread. Each may be NULL. */
struct dm_observer {
    /* Called before the first band, if the output is to be a regular file. */
    void (*begins)(void *context, const struct dm_forecast *forecast);
    /* Called before the first band, with 0 pairs or those that an earlier run left
     * (dm_run_options.resume), and after each band: `pairs` of `all` are computed, the last of them
     * not written yet. Counts each pass; of a shard, only its own pairs. */
    void (*advances)(void *context, uint64_t pairs, uint64_t all);
    void *context;
    /* By road, called before a wait of more than 5 seconds for a server: what it or the network
     * said.
     */
    void (*waits)(void *context, uint64_t ns, const char *reason);
    uint64_t reserved[1];
};

/* Options. Start from dm_run_defaults() and set the origins. Pointers may be NULL where noted. */
struct dm_run_options {
    const char *origins;         /* path of a CSV file; "-" is standard input */
    const char *destinations;    /* same, or NULL: distances within one set */
    struct dm_load_options load; /* its coordinates are set from the metric */

    const struct dm_shape *shape; /* NULL: chosen from the files and the format */
    const struct dm_metric *metric;
    struct dm_metric_options metric_options; /* its isa applies to the format as well */

    const struct dm_executor_ops *executor;
    struct dm_executor_options executor_options;
    uint64_t grain;      /* pairs per computing task; 0: automatic */
    uint64_t delay_ns;   /* wait before each computing task, to imitate a network */
    uint64_t max_memory; /* bytes; 0: DM_MAX_MEMORY_DEFAULT or _A_THREAD */
    struct dm_shard shard;

    const struct dm_format *format;
    struct dm_format_options format_options;
    const char *output; /* path, or "-" for standard output */

    struct dm_observer observer;

    /* Set it to end the run soon, with DM_STOPPED; may be NULL. Replaces the stop in the options of
     * loading, metric, executor and format. */
    const dm_flag *stop;

    /* All zero: all pairs of the shape. With load.by, only pairs whose places have the same value
     * of that column; with load.per, the nearest of each value of that column of the destinations.
     */
    struct dm_search_options search;

    /* Path of another output, a CSV file with the number and the name of each location, or "-"; for
     * formats without names. NULL: none. */
    const char *names;

    /* Keep an unfinished output when the run ends early, even if it is killed, and go on from there
     * if a run with the same options left one: OUTPUT.dmatrix-part, and OUTPUT.dmatrix-journal with
     * what a run needs to go on. The output must be a file, and the format none that sums up. */
    bool resume;

    bool identify; /* set dm_report.identity */

    /* Distances and durations by road, from a routing server; `metric` is then that of the crow's
     * flight and should be geodesic. executor_options.threads is the number of requests at once; 0:
     * DM_ROAD_THREADS. NULL: distances are computed. */
    const struct dm_road_options *road;
    uint64_t reserved[6];
};

/* Return true if the options ask for some neighbours of each place instead of all pairs. */
static inline bool dm_is_search(const struct dm_run_options *options)
{
    return dm_finds_neighbours(&options->search) || options->load.by;
}

/* Return the default options: haversine, pool, csv, 6 decimals, standard output, the
 * format's unit. */
DM_API struct dm_run_options dm_run_defaults(void);

/* What one process of a run that several share has done (the program dmatrix-mpi). */
struct dm_rank {
    char host[64];    /* name of its machine */
    unsigned threads; /* of its executor */
    uint64_t pairs, bytes;
    uint64_t compute_ns, encode_ns, write_ns, total_ns; /* wall time, as in dm_report */
    uint64_t wait_ns;                                   /* waiting for other processes */
    uint64_t reserved[4];
};

/* Results of a run. dm_run() zeroes it first; dm_report_free() frees what it owns. */
struct dm_report {
    uint64_t origins, destinations; /* number of locations */
    uint64_t pairs; /* of the whole matrix, whatever the shard; of a search, those found, of a shard
                     * only its own unless the format states dm_format.totals */
    uint64_t computed, bytes;         /* pairs computed, counting each pass, and bytes written */
    const struct dm_shape *shape;     /* shape in use */
    unsigned threads;                 /* number of worker threads */
    uint64_t grain;                   /* pairs per computing task */
    const struct dm_isa *isa;         /* instruction set of the hot loops */
    double longest_m;                 /* the metric's upper bound of the distances, in metres */
    const struct dm_unit *unit;       /* unit of the distances */
    char format_note[DM_NOTE_LENGTH]; /* from dm_encoder.note */
    struct dm_load_notes notes[2];    /* of origins and destinations */

    /* Wall time. The total is from the start of loading to the finished output, without opening the
     * executor: load, prepare, compute, encode and finish. Finish is writing the rest after the
     * last band was encoded, and waiting for the disk. Write is the time in write calls, during
     * encode and finish or, if nothing is encoded, during compute and finish. */
    uint64_t load_ns, prepare_ns, open_ns, finish_ns, write_ns, total_ns;
    struct dm_usage usage; /* during the total */
    struct dm_timing compute, encode;
    unsigned workers;      /* entries of compute.stats.workers and encode.stats.workers */
    unsigned lost;         /* workers that died; others ran their tasks */
    int lost_to;           /* signal that killed the last of them, or 0 */
    struct dm_tally tally; /* of the pairs computed, from dm_format.tally */

    /* Of a search, wall time included in the total: building the index of the destinations, and
     * counting the neighbours of each origin. */
    uint64_t index_ns, count_ns;
    uint64_t unmatched;            /* origins without neighbours; of a shard, counted as `pairs` */
    size_t first_unmatched;        /* the first of them ... */
    char first_unmatched_name[96]; /* ... and its name, quoted */

    /* With dm_run_options.resume, counting each pass: pairs of this run, `resumed` of them left by
     * an earlier run. If this run has failed, `kept` of them are left for another one. Of a search
     * by road, `planned` is 0: how many pairs it asks for depends on the roads. */
    uint64_t planned, resumed, kept;

    /* Of a run that several processes share: what each has done, by rank, and their number. The
     * times and the usage above are those of rank 0. NULL and 0: this process alone. */
    struct dm_rank *ranks;
    uint64_t rank_count;
    /* With dm_run_options.identify, lines "key=value", each with its end, of everything that
     * changes a byte of the output; else NULL. */
    char *identity;
    struct dm_road_report *road; /* of a run by road; else NULL */
    uint64_t reserved[3];
};

/* Load, compute and write. On failure no regular output file is left or changed, except for what
 * `resume` keeps, and *report contains the results so far; but if only `names` cannot be written,
 * the output is complete, as the message says. DM_USAGE: the options contradict each other. Other
 * results are those of loading, preparing, opening the executor and writing. */
DM_API enum dm_status dm_run(const struct dm_run_options *options, struct dm_report *report,
                             struct dm_error *error);

/* Estimate what dm_run() would take, from loading, preparing and a sample. Write nothing and open
 * nothing for writing, but fail where dm_run() would, except for a terminal that cannot show the
 * format. *report is that of a run that has computed nothing, and to be freed, too. */
DM_API enum dm_status dm_run_forecast(const struct dm_run_options *options,
                                      struct dm_report *report, struct dm_forecast *forecast,
                                      struct dm_error *error);

DM_API void dm_report_free(struct dm_report *report);

#ifdef __cplusplus
}
#endif

#endif
