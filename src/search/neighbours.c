/* A short list is kept sorted. A long one is a heap with the last place on top. */
#include "search/neighbours.h"

struct place {
    double distance;
    size_t row;
};

static struct place get(const struct dm_neighbours *list, size_t at)
{
    return (struct place){list->distances[at], list->rows[at]};
}

static void put(struct dm_neighbours *list, size_t at, struct place place)
{
    list->distances[at] = place.distance;
    list->rows[at] = place.row;
}

/* Return true if place a comes after place b. By row alone, all distances count as equal. */
static bool is_after(struct place a, struct place b, bool by_row)
{
    if (!by_row && a.distance != b.distance) /* nearly always */
        return a.distance > b.distance;
    return a.row > b.row;
}

/* ---- sorted lists ---- */

/* Put a place among the `count` places at the beginning, which are sorted. */
static void insert(struct dm_neighbours *list, size_t count, struct place place, bool by_row)
{
    size_t at = count;
    for (; at > 0 && is_after(get(list, at - 1), place, by_row); at--)
        put(list, at, get(list, at - 1));
    put(list, at, place);
}

/* ---- heaps: no place comes after its parent ---- */

/* Put a place into the heap, at `at` or above it. */
static void sift_up(struct dm_neighbours *list, size_t at, struct place place)
{
    for (; at > 0 && is_after(place, get(list, (at - 1) / 2), false); at = (at - 1) / 2)
        put(list, at, get(list, (at - 1) / 2));
    put(list, at, place);
}

/* Put a place into the heap of the first `count` places, at `at` or below it. */
static void sift_down(struct dm_neighbours *list, size_t at, size_t count, struct place place,
                      bool by_row)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && is_after(get(list, child + 1), get(list, child), by_row))
            child++;
        if (!is_after(get(list, child), place, by_row))
            break;
        put(list, at, get(list, child));
    }
    put(list, at, place);
}

static void sort_heap(struct dm_neighbours *list, bool by_row)
{
    for (size_t at = list->count / 2; at-- > 0;)
        sift_down(list, at, list->count, get(list, at), by_row);
    for (size_t count = list->count; count-- > 1;) {
        struct place last = get(list, count);
        put(list, count, get(list, 0));
        sift_down(list, 0, count, last, by_row);
    }
}

/* ---- both ---- */

bool dm_neighbours_add(struct dm_neighbours *list, double distance, size_t row)
{
    struct place place = {distance, row};
    bool full = list->count == list->most;
    if (full && (list->most == 0 || !is_after(get(list, dm_neighbours_last(list)), place, false)))
        return false;
    if (list->most <= DM_NEIGHBOURS_SHORT)
        insert(list, list->count - full, place, false);
    else if (full)
        sift_down(list, 0, list->count, place, false);
    else
        sift_up(list, list->count, place);
    list->count += !full;
    return true;
}

void dm_neighbours_sort(struct dm_neighbours *list, bool by_row)
{
    if (list->count > DM_NEIGHBOURS_SHORT)
        sort_heap(list, by_row);
    else if (by_row || list->most > DM_NEIGHBOURS_SHORT)
        for (size_t i = 1; i < list->count; i++)
            insert(list, i, get(list, i), by_row);
}
