/* Hoare's quickselect. The pivot is the median of three items at places that look random, so that
 * no order of the input makes it slow. Equal items are swapped as well: many of them are divided in
 * the middle. */
#include "search/select.h"

#include "base/mix.h"

static double middle_of(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

static double choose_pivot(const struct dm_item *items, size_t count, int axis, uint64_t *state)
{
    double values[3];
    for (int i = 0; i < 3; i++)
        values[i] = items[dm_mix(*state += DM_MIX_STEP) % count].vector[axis];
    return middle_of(values[0], values[1], values[2]);
}

static void swap(struct dm_item *a, struct dm_item *b)
{
    struct dm_item kept = *a;
    *a = *b;
    *b = kept;
}

void dm_select(struct dm_item *items, size_t count, size_t left, int axis)
{
    size_t low = 0, high = count - 1; /* the items that may still be on the wrong side */
    uint64_t state = count;
    while (low < high) {
        double pivot = choose_pivot(items + low, high - low + 1, axis, &state);
        size_t i = low, j = high;
        for (;;) { /* the pivot is among the items, so both loops end */
            while (items[i].vector[axis] < pivot)
                i++;
            while (items[j].vector[axis] > pivot)
                j--;
            if (i >= j)
                break;
            swap(&items[i++], &items[j--]);
        }
        /* If they met at an item, it equals the pivot. Nothing before it is greater, and nothing
         * after it less. If they passed each other, the same holds for the gap between them. */
        size_t after = i == j ? i + 1 : i;
        if (left < i)
            high = i - 1;
        else if (left > after)
            low = after;
        else
            return;
    }
}
