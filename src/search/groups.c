#include "search/groups.h"

#include "base/try.h"

#include <stdlib.h>
#include <string.h>

/* A part is identified by its two values: that of `by` in the high half, that of `per` in the low
 * one. */
static uint64_t key_of(const struct dm_locations *destinations, size_t i)
{
    const struct dm_values *by = &destinations->values[DM_BY], *per = &destinations->values[DM_PER];
    uint64_t high = by->number ? by->number[i] : 1, low = per->number ? per->number[i] : 1;
    return high > 0 && low > 0 ? high << 32 | low : 0;
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Return the number of keys that are less than `key`, by bisection. */
static size_t keys_below(const uint64_t *keys, size_t count, uint64_t key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Sort the keys and remove repeated ones and 0. Return how many are left. */
static size_t unique_keys(uint64_t *keys, size_t count)
{
    size_t left = 0;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++)
        if (keys[i] != 0 && (left == 0 || keys[left - 1] != keys[i]))
            keys[left++] = keys[i];
    return left;
}

/* ---- the values of the origins ---- */

struct value {
    const char *text;
    size_t length;
    uint32_t number;
};

static int compare_values(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    size_t length = x->length < y->length ? x->length : y->length;
    int order = length > 0 ? memcmp(x->text, y->text, length) : 0;
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static struct value value_of(const struct dm_values *values, uint32_t number)
{
    size_t begin = values->begin[number - 1];
    return (struct value){values->text + begin, values->begin[number] - begin, number};
}

/* Set the parts for each value of the origins: those of the same value of the destinations. */
static enum dm_status find_parts(const struct dm_values *origins,
                                 const struct dm_values *destinations, const uint64_t *keys,
                                 struct dm_groups *groups, struct dm_error *error)
{
    struct value *sorted = malloc((destinations->count + 1) * sizeof *sorted);
    if (!sorted)
        return dm_fail_memory(error, "the groups");
    for (uint32_t v = 1; v <= destinations->count; v++)
        sorted[v - 1] = value_of(destinations, v);
    qsort(sorted, destinations->count, sizeof *sorted, compare_values);
    for (uint32_t v = 1; v <= origins->count; v++) {
        struct value wanted = value_of(origins, v);
        const struct value *same =
            bsearch(&wanted, sorted, destinations->count, sizeof *sorted, compare_values);
        uint64_t number = same ? same->number : 0;
        size_t *begin = &groups->begin[2 * (size_t)v];
        begin[0] = keys_below(keys, groups->count, number << 32);
        begin[1] = same ? keys_below(keys, groups->count, (number + 1) << 32) : begin[0];
    }
    free(sorted);
    return DM_OK;
}

/* ---- all ---- */

static enum dm_status divide(const struct dm_locations *origins,
                             const struct dm_locations *destinations, uint64_t *keys,
                             struct dm_groups *groups, struct dm_error *error)
{
    const struct dm_values *by = &origins->values[DM_BY];
    size_t count = destinations->count;
    groups->part_of = malloc((count + 1) * sizeof *groups->part_of);
    groups->begin = calloc(2 * (by->count + 1), sizeof *groups->begin);
    if (!groups->part_of || !groups->begin)
        return dm_fail_memory(error, "the groups");
    for (size_t i = 0; i < count; i++)
        keys[i] = key_of(destinations, i);
    groups->count = unique_keys(keys, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(destinations, i);
        groups->part_of[i] = key > 0 ? (uint32_t)keys_below(keys, groups->count, key) : DM_NO_PART;
    }
    groups->by = by->number;
    if (by->number)
        return find_parts(by, &destinations->values[DM_BY], keys, groups, error);
    groups->begin[1] = groups->count;
    return DM_OK;
}

enum dm_status dm_groups_make(const struct dm_locations *origins,
                              const struct dm_locations *destinations, struct dm_groups *groups,
                              struct dm_error *error)
{
    if (!destinations->values[DM_BY].number && !destinations->values[DM_PER].number)
        return DM_OK;
    struct dm_groups new = {0};
    uint64_t *keys = malloc((destinations->count + 1) * sizeof *keys);
    enum dm_status status = keys ? divide(origins, destinations, keys, &new, error)
                                 : dm_fail_memory(error, "the groups");
    free(keys);
    if (status == DM_OK)
        *groups = new;
    else
        dm_groups_free(&new);
    return status;
}

struct dm_part_range dm_groups_of(const struct dm_groups *groups, size_t origin)
{
    if (!groups->part_of)
        return (struct dm_part_range){0, 1};
    const size_t *begin = &groups->begin[2 * (size_t)(groups->by ? groups->by[origin] : 0)];
    return (struct dm_part_range){begin[0], begin[1]};
}

void dm_groups_free(struct dm_groups *groups)
{
    free(groups->part_of);
    free(groups->begin);
    *groups = (struct dm_groups){0};
}
