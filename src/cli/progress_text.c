#include "cli/progress_text.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

enum { SPARE_COLUMNS = 3, BAR_MIN = 10, BAR_MAX = 40, FIELD_LENGTH = 48 };

const char *dm_progress_time(char *text, size_t size, uint64_t seconds)
{
    unsigned s = (unsigned)(seconds % 60), m = (unsigned)(seconds / 60 % 60);
    unsigned long long h = seconds / 3600;
    if (h > 0)
        snprintf(text, size, "%llu:%02u:%02u", h, m, s);
    else
        snprintf(text, size, "%u:%02u", m, s);
    return text;
}

/* Whole percents, and 100 only when nothing is left. */
static unsigned percent(const struct dm_progress_state *state)
{
    if (state->pairs >= state->all)
        return 100;
    double share = 100 * ((double)state->pairs / (double)state->all);
    return share < 99 ? (unsigned)share : 99;
}

/* Write "  1.23 M pairs/s" with a constant width, so that what follows does not move. */
static void write_rate(char *text, double rate)
{
    char number[DM_CELL_LENGTH] = "-", wide[FIELD_LENGTH];
    if (rate > 0)
        dm_rate_text(number, rate);
    snprintf(wide, sizeof wide, "%s pairs/s", number);
    snprintf(text, FIELD_LENGTH, "%14s", wide);
}

/* Rounded up: while something is left, so is time. */
static void write_left(char *text, double left_s)
{
    const double most_s = 9999 * 3600.0;
    char time[DM_CELL_LENGTH] = "-:--";
    if (left_s >= 0)
        dm_progress_time(time, sizeof time, (uint64_t)ceil(fmin(left_s, most_s)));
    snprintf(text, FIELD_LENGTH, "%7s left", time);
}

static void write_so_far(char *text, uint64_t so_far_ns)
{
    char time[DM_CELL_LENGTH];
    dm_progress_time(time, sizeof time, so_far_ns / 1000000000);
    snprintf(text, FIELD_LENGTH, "%7s so far", time);
}

static size_t put_bar(char *text, const struct dm_progress_state *state, size_t room)
{
    size_t width = room < BAR_MAX ? room : BAR_MAX, inside = width - 2;
    size_t done = inside * percent(state) / 100;
    text[0] = '[';
    memset(text + 1, '=', done);
    memset(text + 1 + done, ' ', inside - done);
    text[1 + inside] = ']';
    text[2 + inside] = '\0';
    return width;
}

size_t dm_progress_text(char text[DM_PROGRESS_LENGTH], const struct dm_progress_state *state,
                        unsigned columns)
{
    char fields[3][FIELD_LENGTH];
    size_t room = columns < DM_PROGRESS_LENGTH ? columns - SPARE_COLUMNS : DM_PROGRESS_LENGTH - 1;
    write_rate(fields[0], state->rate);
    write_left(fields[1], state->left_s);
    write_so_far(fields[2], state->so_far_ns);
    size_t used = dm_append(text, DM_PROGRESS_LENGTH, "%3u %%", percent(state));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (used + 2 + strlen(fields[i]) > room)
            return used;
        used += dm_append(text + used, DM_PROGRESS_LENGTH - used, "  %s", fields[i]);
    }
    if (used + 2 + BAR_MIN > room)
        return used;
    used += dm_append(text + used, DM_PROGRESS_LENGTH - used, "  ");
    return used + put_bar(text + used, state, room - used);
}
