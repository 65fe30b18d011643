#include "search/visit.h"

void dm_visit_check(struct dm_visit *visit, const double *metres, size_t count)
{
    double longest_m = visit->query->longest_m;
    for (size_t i = 0; i < count && !isnan(longest_m); i++)
        visit->bad |= !(metres[i] >= 0 && metres[i] <= longest_m);
}

/* Take those of the locations that are symmetric neighbours of the origin. */
static void take_mutual(struct dm_visit *visit, const uint32_t *rows, size_t begin, size_t end,
                        double distance)
{
    for (size_t i = begin; i < end; i++) {
        if (!dm_mutual_neighbours(visit->query->mutual, visit->row, rows[i], distance))
            continue;
        visit->count++;
        if (visit->found)
            (void)dm_neighbours_add(visit->found, distance, rows[i]);
    }
}

void dm_visit_take(struct dm_visit *visit, const uint32_t *rows, size_t begin, size_t end,
                   double metres)
{
    if (begin == end || metres > visit->limit_m)
        return;
    double distance = metres / visit->query->metres_per_unit;
    if (distance > visit->limit)
        return;
    if (visit->query->mutual) {
        take_mutual(visit, rows, begin, end, distance);
        return;
    }
    if (!visit->found) {
        visit->count += end - begin;
        return;
    }
    while (begin < end && dm_neighbours_add(visit->found, distance, rows[begin]))
        begin++; /* where one does not count, those after it do not either */
    dm_visit_tighten(visit);
}
