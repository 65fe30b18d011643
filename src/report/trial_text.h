/* trial_text.h - names and figures of the trials of a comparison, as text. */
#ifndef REPORT_TRIAL_TEXT_H
#define REPORT_TRIAL_TEXT_H

#include "base/text.h"

#include <dmatrix/compare.h>

#include <stdbool.h>

enum { DM_TRIAL_NAME_LENGTH = 96 };

/* The legend of the mark that doubtful speedups have. */
#define DM_DOUBTFUL_LEGEND "?: doubtful, because greater than the number of threads"

/* Write the trial's name: "pool with 2 threads at grain 64", or without the grain. Return `name`.
 */
const char *dm_trial_name(char name[DM_TRIAL_NAME_LENGTH], const struct dm_trial *trial,
                          bool grain);

/* Return true if the trials were asked for with different grains. */
bool dm_several_grains(const struct dm_comparison *comparison);

/* Write a grain as it was asked for: "1,024", or "auto" for 0. Return `text`. */
const char *dm_grain_text(char text[DM_CELL_LENGTH], uint64_t asked_grain);

/* Write a quotient in three digits, or in two if it is small: "1.93", "22,500", "0.00012". Return
 * `text`. */
const char *dm_times_text(char text[DM_CELL_LENGTH], double value);

/* Write "(1.88 to 1.95)", with the decimals of the value; empty if no interval is known. Return
 * `text`. */
const char *dm_interval_text(char text[2 * DM_CELL_LENGTH], struct dm_ratio ratio);

/* Write "1.93 (1.88 to 1.95)". Return `text`. */
const char *dm_ratio_text(char text[3 * DM_CELL_LENGTH], struct dm_ratio ratio);

/* Return true if its speedup is greater than its number of threads, and not by chance. CPUs that
 * are not equally fast can cause that, or caches that hold a part of the work but not all of it. */
bool dm_speedup_is_doubtful(const struct dm_comparison *comparison, const struct dm_trial *trial);

/* Return true if there are too few rounds for any significant difference. */
bool dm_rounds_are_few(const struct dm_comparison *comparison);

/* Return true if its runs are too short to be analysed. */
bool dm_trial_is_short(const struct dm_comparison *comparison, const struct dm_trial *trial);

/* Return the number of CPUs that it kept busy, on average; 0: not known. */
double dm_trial_cpus(const struct dm_trial *trial);

/* Return the number of threads that had work but no CPU, on average; 0: not known. */
double dm_trial_starved(const struct dm_trial *trial);

/* Return true if its runs computed only a part of the pairs, and its times are scaled up. */
bool dm_trial_is_part(const struct dm_trial *trial);

#endif
