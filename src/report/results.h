/* results.h - what was measured, as other programs want it: the same of a run and of a comparison,
 * and the texts that can be made of it. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H

#include "report/metric_text.h"
#include "report/trial_text.h"

#include <dmatrix/compare.h>
#include <dmatrix/run.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of time, `write` and `total` excepted, which are parts and sum of the others. */
enum dm_phase {
    DM_PHASE_LOAD,
    DM_PHASE_PREPARE,
    DM_PHASE_COMPUTE,
    DM_PHASE_ENCODE,
    DM_PHASE_FINISH,
    DM_PHASE_WRITE,
    DM_PHASE_TOTAL,
    DM_PHASES
};

/* A run, or a trial of a comparison. Numbers that are not known are NAN. */
struct dm_result {
    char *command;                   /* that does it, for a shell; UTF-8 */
    char name[DM_TRIAL_NAME_LENGTH]; /* of a trial */
    const char *executor, *metric, *shape, *isa;
    const char *format, *unit;           /* of what was written; NULL: nothing was */
    double radius_km;                    /* of the metric's sphere; NAN: it uses none */
    char ellipsoid[DM_ELLIPSOID_LENGTH]; /* of the metric; empty: it uses none */
    unsigned threads;                    /* at work at once */
    uint64_t asked_grain;                /* pairs a task, as asked for; 0: auto */
    uint64_t grain;                      /* as it was */
    double delay;                        /* of every task, in seconds */
    uint64_t pairs, tasks;               /* of all of the work */
    uint64_t measured;     /* pairs that were computed for it; where they are fewer, all that
                            * follows is scaled up to all pairs */
    const double *seconds; /* of each of `rounds`; as long as the comparison is there */
    size_t rounds;
    struct dm_statistics time;  /* of `seconds`; stddev is not known of one */
    double user, system;        /* CPU time of a run in seconds, on average */
    double sleeps, preemptions; /* likewise, as dm_usage's */
    struct dm_shares shares;    /* of computing */
    struct dm_ratio speedup;    /* of a trial; its ends are not known of few rounds */
    bool fastest;               /* of a trial: it is not told apart from the fastest */
    bool doubtful;              /* of a trial: its speedup is more than its threads can give */
    double relative;            /* of a trial, as dm_trial's */
    unsigned lost;              /* workers that died */
    double phases[DM_PHASES];   /* of a run, in seconds */
};

struct dm_results {
    struct dm_result *list;
    size_t count;        /* at least 1 */
    bool compared;       /* trials; else one run */
    bool several_grains; /* were asked for */
    size_t first;        /* place of the trial with the least `relative` */
};

/* `command` is the command line. DM_MEMORY. */
enum dm_status dm_results_of_run(const char *command, const struct dm_run_options *options,
                                 const struct dm_report *report, struct dm_results *results,
                                 struct dm_error *error);

/* `command` is the command line of any trial, without its executor, threads and grain. DM_MEMORY.
 */
enum dm_status dm_results_of_comparison(const char *command, const struct dm_run_options *options,
                                        const struct dm_comparison *comparison,
                                        struct dm_results *results, struct dm_error *error);

/* What was asked for as a grain: a number, or auto. Returns `text`. */
enum { DM_GRAIN_LENGTH = 24 };
const char *dm_asked_grain_text(char text[DM_GRAIN_LENGTH], uint64_t asked_grain);

/* Return the results in the order of their `relative`, as a list that the caller frees; NULL: out
 * of memory. */
const struct dm_result **dm_results_sorted(const struct dm_results *results);

void dm_results_free(struct dm_results *results);

/* The results as a text that the caller frees: JSON in hyperfine's schema, so that its scripts can
 * read it; CSV with hyperfine's columns first; a table in Markdown. docs/exports.md tells what is
 * in them. DM_MEMORY. */
enum dm_status dm_results_json(const struct dm_results *results, char **text,
                               struct dm_error *error);
enum dm_status dm_results_csv(const struct dm_results *results, char **text,
                              struct dm_error *error);
enum dm_status dm_results_markdown(const struct dm_results *results, char **text,
                                   struct dm_error *error);

#endif
