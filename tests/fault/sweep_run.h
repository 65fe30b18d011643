/* sweep_run.h - the command, run in a process of its own, and all that it leaves. */
#ifndef FAULT_SWEEP_RUN_H
#define FAULT_SWEEP_RUN_H

#include "fault/points.h"
#include "fault/sweep_scenarios.h"

/* What may be in the folder of the outputs after a run. */
enum { SWEEP_FILES = 5, SWEEP_MANIFEST = 4 };
extern const char *const sweep_files[SWEEP_FILES];

#define SWEEP_OLD "what was there before\n"

/* Texts are terminated; a file that is not there is NULL. */
struct left {
    int status;    /* as waitpid() has it */
    bool happened; /* the call that was to fail was made */
    unsigned calls[POINT_COUNT];
    bool orphans;  /* a process of the command outlived it, or was not waited for */
    size_t others; /* files that are none of its outputs */
    char *text[SWEEP_FILES];
    size_t length[SWEEP_FILES];
    char *out, *err;
    int status_again; /* of another run, in which nothing fails, if the scenario goes on ... */
    char *text_again; /* ... and its result */
    size_t length_again, others_again;
};

/* Runs the scenario in its folder while the n-th call of the kind fails. left_free() it. */
struct left run_point(const char *folder, const struct scenario *scenario, enum point_kind kind,
                      unsigned nth);
void left_free(struct left *left);

/* The file is one that the scenario writes. */
bool is_written(const struct scenario *scenario, int file);

#endif
