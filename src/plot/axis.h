/* axis.h - from values to places on the paper, and the round values that are marked there. */
#ifndef PLOT_AXIS_H
#define PLOT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

enum { DM_TICKS_MAX = 64 };

/* `low` stands at place `begin`, `high` at `end`. */
struct dm_axis {
    bool logarithmic; /* low > 0 then */
    double low, high;
    double begin, end;
};

/* Values beyond the ends stand at them. */
double dm_axis_place(const struct dm_axis *axis, double value);

/* Puts the values to be marked into `ticks`, upwards, `gap` apart at least, and returns how many
 * there are: 1, 2 or 5 times a power of ten, times `unit`. */
size_t dm_axis_ticks(const struct dm_axis *axis, double unit, double gap,
                     double ticks[DM_TICKS_MAX]);

/* The largest of 1, 2 and 5 times a power of ten that is not above `value` (> 0). */
double dm_round_below(double value);

#endif
