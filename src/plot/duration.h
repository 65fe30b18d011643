/* duration.h - times as people write them. */
#ifndef PLOT_DURATION_H
#define PLOT_DURATION_H

#include "base/text.h"

enum { DM_DURATION_LENGTH = 64 };

/* "999 us ± 38 us", three digits of the mean; without a deviation "999 us". Returns `text`. */
const char *dm_duration_text(char text[DM_DURATION_LENGTH], double mean_s, double stddev_s);

/* "0.5 ms", "100 us": a round time at an axis. Returns `text`. */
const char *dm_tick_text(char text[DM_DURATION_LENGTH], double seconds, struct dm_time_unit unit);

#endif
