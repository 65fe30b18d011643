/* trial_text.h - trials and what was measured of them, in words and figures. */
#ifndef REPORT_TRIAL_TEXT_H
#define REPORT_TRIAL_TEXT_H

#include "base/text.h"

#include <dmatrix/compare.h>

#include <stdbool.h>

enum { DM_TRIAL_NAME_LENGTH = 96 };

/* "pool with 2 threads at grain 64"; without the grain where it is the same everywhere. Returns
 * `name`. */
const char *dm_trial_name(char name[DM_TRIAL_NAME_LENGTH], const struct dm_trial *trial,
                          bool grain);

/* Whether the trials differ in their grain, as it was asked for. */
bool dm_several_grains(const struct dm_comparison *comparison);

/* Write a grain as it was asked for: "1,024", or "auto" for 0. Return `text`. */
const char *dm_grain_text(char text[DM_CELL_LENGTH], uint64_t asked_grain);

/* A quotient in three digits, or in two where it is small: "1.93", "22,500",
 * "0.00012". Returns `text`. */
const char *dm_times_text(char text[DM_CELL_LENGTH], double value);

/* "(1.88 to 1.95)", in the decimals of the value; empty where no interval is known. Returns `text`.
 */
const char *dm_interval_text(char text[2 * DM_CELL_LENGTH], struct dm_ratio ratio);

/* "1.93 (1.88 to 1.95)". Returns `text`. */
const char *dm_ratio_text(char text[3 * DM_CELL_LENGTH], struct dm_ratio ratio);

/* Whether it is more times as fast than it has threads, and not by chance: CPUs that are not
 * equally fast can explain that, or caches that hold a part of the work but not all of it. */
bool dm_speedup_is_doubtful(const struct dm_comparison *comparison, const struct dm_trial *trial);

/* Whether there are too few rounds to tell any two trials apart. */
bool dm_rounds_are_few(const struct dm_comparison *comparison);

/* Whether its runs are too short for this clock, or for any, to say much of them. */
bool dm_trial_is_short(const struct dm_comparison *comparison, const struct dm_trial *trial);

/* CPUs that it kept busy, on average; 0 where that is not known. */
double dm_trial_cpus(const struct dm_trial *trial);

/* Threads that had work but no CPU to do it on, on average; 0 where that is not known. */
double dm_trial_starved(const struct dm_trial *trial);

/* Whether its runs computed but a part of the pairs, and what they took was scaled up. */
bool dm_trial_is_part(const struct dm_trial *trial);

#endif
