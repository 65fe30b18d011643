#include "report/integer_warnings.h"

#include "base/text.h"
#include "report/warning.h"

#include <math.h>

enum { OPTION = 48 };

static const char *noun(const struct dm_format *format)
{
    return format == &dm_format_tsplib ? "weights" : "numbers";
}

/* Return the smallest power of ten by which the shortest distance has to be multiplied to become at
 * least 1. */
static double least_scale(const struct dm_tally *tally)
{
    return pow(10, ceil(-log10(tally->shortest)));
}

/* Write the option with which no distance becomes 0. Rounding up always helps, but falsifies every
 * distance, so it is the last resort. */
static void write_way_out(char option[OPTION], const struct dm_run_options *options,
                          const struct dm_report *report)
{
    const uint64_t uses = options->format->uses;
    const double given = options->format_options.scale, metres = report->unit->metres;
    double scale = least_scale(&report->tally);
    bool takes_scale = uses & DM_FIELD_BIT(DM_FIELD_SCALE);
    bool takes_metres = uses & DM_FIELD_BIT(DM_FIELD_UNIT) && metres > 1;
    if (takes_scale && takes_metres && given * metres >= scale)
        dm_append(option, OPTION, "--unit=m");
    else if (takes_scale && report->longest_m / metres * scale < INT32_MAX)
        dm_append(option, OPTION, "--scale=%.15g", scale);
    else
        dm_append(option, OPTION, "--round=ceil");
}

static void warn_of_zeros(FILE *stream, const struct dm_run_options *options,
                          const struct dm_report *report)
{
    struct dm_warning warning;
    char zeros[DM_COUNT_LENGTH], all[DM_COUNT_LENGTH], option[OPTION];
    uint64_t count = report->tally.zeros;
    if (count == 0)
        return;
    write_way_out(option, options, report);
    fprintf(dm_warning_begin(&warning, stream),
            "%s of %s %s %s 0 although the places differ (try %s)", dm_count_text(zeros, count),
            dm_count_text(all, report->computed), noun(options->format), count == 1 ? "is" : "are",
            option);
    dm_warning_end(&warning);
}

static void warn_of_size(FILE *stream, const struct dm_format *format, uint64_t greatest)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH], trusted[DM_COUNT_LENGTH];
    if (format->trusted == 0 || greatest <= format->trusted)
        return;
    fprintf(dm_warning_begin(&warning, stream), "%s up to %s are written; above %s, %s",
            noun(format), dm_count_text(count, greatest), dm_count_text(trusted, format->trusted),
            format->caution);
    dm_warning_end(&warning);
}

void dm_integer_warnings(FILE *stream, const struct dm_run_options *options,
                         const struct dm_report *report)
{
    warn_of_zeros(stream, options, report);
    warn_of_size(stream, options->format, report->tally.greatest);
}
