#include "plot/duration.h"

#include <stdio.h>

const char *dm_duration_text(char text[DM_DURATION_LENGTH], double mean_s, double stddev_s)
{
    char mean[DM_CELL_LENGTH], stddev[DM_CELL_LENGTH];
    dm_seconds_text(mean, mean_s);
    dm_seconds_like(stddev, stddev_s, mean_s);
    snprintf(text, DM_DURATION_LENGTH, "%s%s%.28s", mean, stddev_s > 0 ? " ± " : "",
             stddev_s > 0 ? stddev : "");
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
