/* sweep_judge.h - whether what a run left behind is right. */
#ifndef FAULT_SWEEP_JUDGE_H
#define FAULT_SWEEP_JUDGE_H

#include "fault/sweep_run.h"

/* NULL, or what is wrong with a run of which one call failed; `whole` is one of which none did. */
const char *what_is_wrong(const struct scenario *scenario, enum point_kind kind,
                          const struct left *left, const struct left *whole);

#endif
