/* results.h - the measurements of a run or a comparison in the form in which they are exported. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H

#include "report/metric_text.h"
#include "report/search_report.h"
#include "report/trial_text.h"

#include <dmatrix/compare.h>
#include <dmatrix/run.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of time. `write` is a part of the others, `total` their sum. */
enum dm_phase {
    DM_PHASE_LOAD,
    DM_PHASE_INDEX, /* of a search; else NaN */
    DM_PHASE_COUNT, /* of one that is not by road */
    DM_PHASE_ASK,
    DM_PHASE_PREPARE,
    DM_PHASE_COMPUTE,
    DM_PHASE_ENCODE,
    DM_PHASE_FINISH,
    DM_PHASE_WRITE,
    DM_PHASE_TOTAL,
    DM_PHASES
};

/* A run, or a trial of a comparison. Unknown numbers are NAN. */
struct dm_result {
    char *command;                   /* the command that repeats it, for a shell; UTF-8 */
    char name[DM_TRIAL_NAME_LENGTH]; /* of a trial */
    const char *executor, *metric, *shape, *isa;
    char selection[DM_SELECTION_LENGTH]; /* the shape, or what was searched */
    const char *format, *unit;           /* of the output; NULL: there is none */
    double radius_km;                    /* of the metric's sphere; NAN: none */
    char ellipsoid[DM_ELLIPSOID_LENGTH]; /* of the metric; empty: none */
    unsigned threads;
    uint64_t asked_grain;  /* pairs in a task, as asked for; 0: auto */
    uint64_t grain;        /* pairs in a task */
    double delay;          /* of each task, in seconds */
    uint64_t pairs, tasks; /* of the whole work */
    uint64_t measured;     /* pairs that were computed for it; where they are fewer, all that
                            * follows is scaled up to all pairs */
    const double *seconds; /* of each round; owned by the comparison */
    size_t rounds;
    struct dm_statistics time;      /* of `seconds`; the stddev of one is NAN */
    double user, system;            /* CPU time of a run in seconds, on average */
    double sleeps, preemptions;     /* per run, on average; as in dm_usage */
    struct dm_shares shares;        /* of the computing time */
    struct dm_ratio speedup;        /* of a trial; low and high are NAN with few rounds */
    bool fastest;                   /* of a trial: not significantly slower than the fastest */
    bool doubtful;                  /* of a trial: the speedup is greater than the threads */
    double relative;                /* of a trial, as in dm_trial */
    unsigned lost;                  /* workers that died */
    double phases[DM_PHASES];       /* of a run, in seconds */
    const struct dm_report *report; /* of a run; owned by the caller */
};

struct dm_results {
    struct dm_result *list;
    size_t count;        /* at least 1 */
    bool compared;       /* true: trials; false: one run */
    bool several_grains; /* the trials were asked for with different grains */
    size_t first;        /* index of the trial with the least `relative` */
};

/* Collect the results of a run; `command` is its command line. DM_MEMORY. */
enum dm_status dm_results_of_run(const char *command, const struct dm_run_options *options,
                                 const struct dm_report *report, struct dm_results *results,
                                 struct dm_error *error);

/* Collect the results of a comparison; `command` is the command line of its trials, without
 * executor, threads and grain. DM_MEMORY. */
enum dm_status dm_results_of_comparison(const char *command, const struct dm_run_options *options,
                                        const struct dm_comparison *comparison,
                                        struct dm_results *results, struct dm_error *error);

/* Write a grain for other programs: "1024", or "auto" for 0. Return `text`. */
enum { DM_GRAIN_LENGTH = 24 };
const char *dm_asked_grain_text(char text[DM_GRAIN_LENGTH], uint64_t asked_grain);

/* Return the results, the fastest first, as a list that the caller frees; NULL: out of memory. */
const struct dm_result **dm_results_sorted(const struct dm_results *results);

void dm_results_free(struct dm_results *results);

/* Write the results as text, which the caller frees: JSON in hyperfine's schema, for its scripts;
 * CSV with hyperfine's columns first; a Markdown table of a comparison. docs/exports.md describes
 * them. DM_MEMORY. */
enum dm_status dm_results_json(const struct dm_results *results, char **text,
                               struct dm_error *error);
enum dm_status dm_results_csv(const struct dm_results *results, char **text,
                              struct dm_error *error);
enum dm_status dm_results_markdown(const struct dm_results *results, char **text,
                                   struct dm_error *error);

#endif
