/* sweep_scenarios.h - the ways through the command, on some tiny files. */
#ifndef FAULT_SWEEP_SCENARIOS_H
#define FAULT_SWEEP_SCENARIOS_H

#include <stdbool.h>
#include <stddef.h>

enum { SCENARIO_WORDS = 16, SCENARIOS_MAX = 64 };

struct scenario {
    char name[48];
    const char *words[SCENARIO_WORDS]; /* of the command; ends with NULL */
    const char *input;                 /* the file for standard input */
    bool timed;                        /* standard output has times, so no two are the same */
    bool reports;                      /* so does standard error */
    bool files_first;                  /* exports are in place before standard output is written */
    bool is_new;                       /* there is no file yet where the result goes */
    bool goes_on;                      /* another run goes on with what a failed one keeps */
    bool is_short;                     /* also tried where time is short and sanitizers slow */
};

/* Writes the scenarios to the list and returns how many there are. */
size_t scenarios(struct scenario list[SCENARIOS_MAX]);

/* The files that they read, in the folder; outputs go to its folder "out". */
void scenario_files(const char *folder);

#endif
