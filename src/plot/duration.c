#include "plot/duration.h"

#include <stdio.h>

const char *dm_duration_text(char text[DM_DURATION_LENGTH], double mean_s, double stddev_s)
{
    struct dm_time_unit unit = dm_time_unit_of(mean_s);
    double mean = mean_s / unit.seconds, stddev = stddev_s / unit.seconds;
    int decimals = mean == 0 ? 0 : dm_three_digits(mean);
    if (stddev_s > 0)
        snprintf(text, DM_DURATION_LENGTH, "%.*f %s ± %.*f %s", decimals, mean, unit.name, decimals,
                 stddev, unit.name);
    else
        snprintf(text, DM_DURATION_LENGTH, "%.*f %s", decimals, mean, unit.name);
    return text;
}

const char *dm_tick_text(char text[DM_DURATION_LENGTH], double seconds, struct dm_time_unit unit)
{
    if (seconds == 0)
        unit.name = "";
    snprintf(text, DM_DURATION_LENGTH, "%.10g%s%s", seconds / unit.seconds, seconds == 0 ? "" : " ",
             unit.name);
    return text;
}
