#include "plot/duration.h"

#include "base/text.h"

#include <stdio.h>

/* As in the command's reports: minutes and hours only where seconds are many. */
struct dm_time_unit dm_time_unit_of(double seconds)
{
    static const struct {
        double below;
        struct dm_time_unit unit;
    } units[] = {
        {1e-6, {"ns", 1e-9}}, {1e-3, {"us", 1e-6}}, {1, {"ms", 1e-3}},
        {120, {"s", 1}},      {7200, {"min", 60}},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (seconds < units[i].below)
            return units[i].unit;
    return (struct dm_time_unit){"h", 3600};
}

const char *dm_duration_text(char text[DM_DURATION_LENGTH], double mean_s, double stddev_s)
{
    struct dm_time_unit unit = dm_time_unit_of(mean_s * 1.0005); /* 0.9996 ms is 1.00 ms */
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
