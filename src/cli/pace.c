#include "cli/pace.h"

#include <math.h>
#include <stdbool.h>

static const double memory_s = 5; /* what was longer ago counts for less and less */

struct dm_pace dm_pace_begin(uint64_t ns)
{
    return (struct dm_pace){.ns = ns, .left_s = -1};
}

/* Each moment counts for its age, however many looks there were: after a stall of an hour the rate
 * is soon what it was. The weights do not add up to 1 in the beginning, hence the division. */
static void update_rate(struct dm_pace *pace, double passed_s, double pairs)
{
    double share = passed_s / (passed_s + memory_s);
    pace->sum += (pairs / passed_s - pace->sum) * share;
    pace->weight += (1 - pace->weight) * share;
    pace->rate = pace->sum / pace->weight;
}

static void update_left(struct dm_pace *pace, double passed_s, double pairs)
{
    double left_s = pace->rate > 0 ? pairs / pace->rate : pairs > 0 ? -1 : 0;
    double counted_s = pace->left_s - passed_s;
    bool close = pace->left_s >= 0 && fabs(counted_s - left_s) <= left_s / 16;
    pace->left_s = close ? counted_s : left_s;
}

void dm_pace_look(struct dm_pace *pace, uint64_t ns, uint64_t pairs, uint64_t all)
{
    if (ns <= pace->ns)
        return;
    double passed_s = (double)(ns - pace->ns) / 1e9;
    update_rate(pace, passed_s, (double)(pairs - pace->pairs));
    update_left(pace, passed_s, (double)(all - pairs));
    pace->ns = ns;
    pace->pairs = pairs;
}
