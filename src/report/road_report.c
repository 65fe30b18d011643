#include "report/road_report.h"

#include "base/text.h"
#include "report/warning.h"
#include "report/wrap.h"
#include "run/choose.h"

#include <math.h>

enum { TEXT = 1024 };

_Static_assert(DM_ROAD_DETOURS *(2 * DM_ROAD_NAME_LENGTH + 96) + 96 < TEXT, "the detours fit");

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void put_requests(FILE *stream, const struct dm_road_report *road, size_t width)
{
    char text[TEXT], count[DM_COUNT_LENGTH];
    size_t used =
        dm_append(text, sizeof text, "asked %s (%s): %s request%s", road->server, road->profile,
                  dm_count_text(count, road->requests), plural(road->requests));
    if (road->again > 0)
        used += dm_append(text + used, sizeof text - used, " (%s made again)",
                          dm_count_text(count, road->again));
    if (road->asked > 0)
        used += dm_append(
            text + used, sizeof text - used, " of up to %llu x %llu places, %s pair%s",
            (unsigned long long)road->block_origins, (unsigned long long)road->block_destinations,
            dm_count_text(count, road->asked), plural(road->asked));
    if (road->halved > 0)
        used += dm_append(text + used, sizeof text - used,
                          "; the server refused larger ones as too big");
    if (road->kept > 0)
        dm_append(text + used, sizeof text - used, "; %s pairs were there from an earlier run",
                  dm_count_text(count, road->kept));
    dm_put_wrapped(stream, text, 0, width);
}

static void put_snaps(FILE *stream, const struct dm_road_report *road, size_t width)
{
    char text[TEXT], median[DM_CELL_LENGTH], greatest[DM_CELL_LENGTH];
    if (!road->snaps) {
        if (road->roadless == 0) /* else there is a warning */
            dm_put_wrapped(stream, "the server does not say how far places are from a road", 0,
                           width);
        return;
    }
    dm_append(text, sizeof text, "from a place to its road: median %s, at most %s (%s)",
              dm_metres_text(median, road->snap_median_m),
              dm_metres_text(greatest, road->snap_greatest_m), road->snap_name);
    dm_put_wrapped(stream, text, 0, width);
}

static void put_unreachable(FILE *stream, const struct dm_road_report *road, size_t width)
{
    char text[TEXT], pairs[DM_COUNT_LENGTH], most[DM_COUNT_LENGTH];
    if (road->unreachable == 0)
        return;
    if (road->unreachable == 1)
        dm_append(text, sizeof text, "1 pair has no route; one of its places is %s",
                  road->most_unreachable_name);
    else
        dm_append(text, sizeof text, "%s pairs have no route; %s has the most: %s",
                  dm_count_text(pairs, road->unreachable), road->most_unreachable_name,
                  dm_count_text(most, road->most_unreachable));
    dm_put_wrapped(stream, text, 0, width);
}

static void put_verified(FILE *stream, const struct dm_road_report *road, size_t width)
{
    char text[TEXT], verified[DM_COUNT_LENGTH], different[DM_COUNT_LENGTH], metres[DM_CELL_LENGTH];
    if (road->verified == 0)
        return;
    size_t used =
        dm_append(text, sizeof text, "%s pair%s asked again beside other places: ",
                  dm_count_text(verified, road->verified), road->verified == 1 ? " was" : "s were");
    if (road->different == 0)
        dm_append(text + used, sizeof text - used, "none differs");
    else
        used +=
            dm_append(text + used, sizeof text - used, "%s differ%s, by at most %s and %.1f s",
                      dm_count_text(different, road->different), road->different == 1 ? "s" : "",
                      dm_metres_text(metres, road->differ_m), road->differ_s);
    if (road->differ_routes > 0)
        dm_append(text + used, sizeof text - used, "; %s of them had a route one time only",
                  dm_count_text(different, road->differ_routes));
    dm_put_wrapped(stream, text, 0, width);
}

static void put_detours(FILE *stream, const struct dm_road_report *road, size_t width)
{
    char text[TEXT], length[DM_CELL_LENGTH], crow[DM_CELL_LENGTH];
    if (road->detour_count == 0)
        return;
    size_t used = dm_append(text, sizeof text,
                            "roads are %.2f times as long as straight lines (median); the greatest "
                            "detours:",
                            road->detour_median);
    for (uint64_t i = 0; i < road->detour_count; i++) {
        const struct dm_detour *detour = &road->detours[i];
        used += dm_append(text + used, sizeof text - used, "%s from %s to %s %.1f times (%s, %s)",
                          i == 0 ? "" : ",", detour->origin, detour->destination,
                          detour->road_m / detour->crow_m, dm_metres_text(length, detour->road_m),
                          dm_metres_text(crow, detour->crow_m));
    }
    dm_put_wrapped(stream, text, 0, width);
}

static void put_search(FILE *stream, const struct dm_run_options *options,
                       const struct dm_road_report *road, size_t width)
{
    char text[TEXT], asked[DM_COUNT_LENGTH], all[DM_COUNT_LENGTH];
    uint64_t pairs = road->asked + road->kept;
    if (!dm_is_search(options))
        return;
    dm_append(text, sizeof text, "the search asked for %s pairs of %s (%.3g %%)",
              dm_count_text(asked, pairs), dm_count_text(all, road->cells),
              road->cells > 0 ? 100 * (double)pairs / (double)road->cells : 0);
    dm_put_wrapped(stream, text, 0, width);
    if (options->road->quantity == DM_DISTANCE)
        return;
    double kmh = options->road->max_speed_kmh;
    dm_append(text, sizeof text, "no road was taken to be faster than %g km/h (--max-speed)",
              kmh > 0 ? kmh : DM_ROAD_MAX_SPEED_KMH);
    dm_put_wrapped(stream, text, 0, width);
}

void dm_road_notes(FILE *stream, const struct dm_run_options *options,
                   const struct dm_report *report, size_t width)
{
    const struct dm_road_report *road = report->road;
    if (!road || road->requests + road->kept == 0)
        return;
    put_requests(stream, road, width);
    put_search(stream, options, road, width);
    put_snaps(stream, road, width);
    put_unreachable(stream, road, width);
    put_verified(stream, road, width);
    put_detours(stream, road, width);
}

/* Write a rate in the unit in which it is a whole number, as somebody may have given it. */
static size_t append_rate(char *text, size_t size, double rate)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {{60, "a minute"}, {3600, "an hour"}};
    const double close = 1e-9;
    for (size_t i = 0; i < 2 && fabs(rate - round(rate)) > close * rate; i++) {
        double count = rate * units[i].seconds;
        if (fabs(count - round(count)) <= close * count)
            return dm_append(text, size, "%.0f %s", count, units[i].name);
    }
    return dm_append(text, size, "%g a second", rate);
}

void dm_road_plan_text(char *text, size_t size, const struct dm_run_options *options,
                       const struct dm_report *report)
{
    const struct dm_road_report *road = report->road;
    char requests[DM_COUNT_LENGTH], cell[DM_CELL_LENGTH];
    double rate = options->road->rate;
    size_t used = dm_append(
        text, size, "%s request%s for %s pairs", dm_count_text(requests, road->planned_requests),
        plural(road->planned_requests), dm_count_text(cell, road->planned_cells));
    if (road->kept > 0)
        used += dm_append(text + used, size - used, " (%s are there from an earlier run)",
                          dm_count_text(cell, road->kept));
    if (rate > 0) {
        used += dm_append(text + used, size - used, ", %s at the rate of ",
                          dm_seconds_text(cell, (double)road->planned_requests / rate));
        used += append_rate(text + used, size - used, rate);
    } else {
        used += dm_append(text + used, size - used, ", %u at once, no --rate", report->threads);
    }
    if (road->planned_bytes > 0)
        dm_append(text + used, size - used, "; the answers take %s of disk meanwhile",
                  dm_bytes_text(cell, road->planned_bytes));
}

/* A value for pairs without a route is taken for a length, for example by a solver. */
static void warn_of_unreachable(FILE *stream, const struct dm_run_options *options,
                                const struct dm_report *report)
{
    const struct dm_road_report *road = report->road;
    bool both = !options->format->quantity, durations = both || dm_has_durations(options);
    double longest_s = durations ? road->longest_s : 0;
    double longest = both || !durations ? road->longest_m / report->unit->metres : 0;
    struct dm_warning warning;
    if (!options->road->replaces || road->unreachable == 0 ||
        options->road->unreachable >= fmax(longest, longest_s))
        return;
    const char *unit = longest_s > longest ? "s" : report->unit->name;
    fprintf(dm_warning_begin(&warning, stream),
            "%g %s for pairs without a route is less than the longest route, %.6g %s: they look "
            "near (try a greater --unreachable)",
            options->road->unreachable, unit, fmax(longest, longest_s), unit);
    dm_warning_end(&warning);
}

static void warn_of_roadless(FILE *stream, const struct dm_road_report *road)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH];
    if (road->roadless == 0)
        return;
    fprintf(
        dm_warning_begin(&warning, stream),
        "the server does not say how far %s place%s from a road, such as %s: --max-snap was not "
        "checked, and there may be no road near",
        dm_count_text(count, road->roadless), road->roadless == 1 ? " is" : "s are",
        road->roadless_name);
    dm_warning_end(&warning);
}

static void warn_of_speed(FILE *stream, const struct dm_road_report *road)
{
    struct dm_warning warning;
    if (road->fastest_kmh == 0)
        return;
    fprintf(dm_warning_begin(&warning, stream),
            "there are roads of up to %.0f km/h, faster than --max-speed allows for: neighbours "
            "may be missing (try --max-speed=%.0f)",
            road->fastest_kmh, ceil(road->fastest_kmh / 10) * 10);
    dm_warning_end(&warning);
}

static void warn_of_profile(FILE *stream, const struct dm_run_options *options,
                            const struct dm_road_report *road)
{
    struct dm_warning warning;
    if (!road->ignores_profile)
        return;
    fprintf(dm_warning_begin(&warning, stream),
            "the server has one profile, whatever is asked for: --profile=");
    dm_put_safely(warning.text, options->road->profile);
    fputs(" changes nothing", warning.text);
    dm_warning_end(&warning);
}

void dm_road_warnings(FILE *stream, const struct dm_run_options *options,
                      const struct dm_report *report)
{
    if (!report->road)
        return;
    warn_of_unreachable(stream, options, report);
    warn_of_roadless(stream, report->road);
    warn_of_speed(stream, report->road);
    warn_of_profile(stream, options, report->road);
}
