#include "load/values.h"

#include "base/mix.h"
#include "base/room.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash(const char *text, size_t length)
{
    uint64_t bits = length;
    for (size_t i = 0; i < length; i++)
        bits = dm_mix(bits + (unsigned char)text[i] + DM_MIX_STEP);
    return bits;
}

static bool is_value(const struct dm_values *values, uint32_t number, const char *text,
                     size_t length)
{
    size_t begin = values->begin[number - 1];
    return values->begin[number] - begin == length &&
           memcmp(values->text + begin, text, length) == 0;
}

/* Return the entry of a value, or the empty one where it belongs. */
static uint32_t *find(const struct dm_growing_values *growing, const char *text, size_t length)
{
    size_t mask = growing->entries_size - 1, at = hash(text, length) & mask;
    while (growing->entries[at] != 0 &&
           !is_value(&growing->values, growing->entries[at], text, length))
        at = (at + 1) & mask;
    return &growing->entries[at];
}

/* Make sure that at least half of the entries stay empty. */
static bool grow_table(struct dm_growing_values *growing)
{
    struct dm_values *values = &growing->values;
    if (2 * (values->count + 1) < growing->entries_size)
        return true;
    size_t size = growing->entries_size > 0 ? 2 * growing->entries_size : 64;
    uint32_t *entries = calloc(size, sizeof *entries);
    if (!entries)
        return false;
    free(growing->entries);
    growing->entries = entries;
    growing->entries_size = size;
    for (uint32_t number = 1; number <= values->count; number++) {
        size_t begin = values->begin[number - 1];
        *find(growing, values->text + begin, values->begin[number] - begin) = number;
    }
    return true;
}

/* Add a value that is new. */
static bool add_value(struct dm_growing_values *growing, const char *text, size_t length)
{
    struct dm_values *values = &growing->values;
    size_t used = values->count > 0 ? values->begin[values->count] : 0;
    if (!dm_grow(&values->begin, &growing->begin_capacity, values->count + 2, sizeof(size_t)) ||
        !dm_grow(&values->text, &growing->text_capacity, used + length, 1))
        return false;
    memcpy(values->text + used, text, length);
    values->begin[values->count] = used;
    values->begin[++values->count] = used + length;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool dm_growing_values_add(struct dm_growing_values *growing, const char *text, size_t length)
{
    struct dm_values *values = &growing->values;
    for (; length > 0 && is_blank(*text); length--)
        text++;
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    if (!dm_grow(&values->number, &growing->numbers_capacity, growing->numbers + 1,
                 sizeof(uint32_t)) ||
        !grow_table(growing))
        return false;
    uint32_t *entry = length > 0 ? find(growing, text, length) : NULL;
    if (entry && *entry == 0) {
        if (!add_value(growing, text, length))
            return false;
        *entry = (uint32_t)values->count;
    }
    values->number[growing->numbers++] = entry ? *entry : 0;
    return true;
}

struct dm_values dm_growing_values_finish(struct dm_growing_values *growing)
{
    struct dm_values values = growing->values;
    free(growing->entries);
    *growing = (struct dm_growing_values){0};
    return values;
}

void dm_growing_values_free(struct dm_growing_values *growing)
{
    struct dm_values values = dm_growing_values_finish(growing);
    dm_values_free(&values);
}
