#include "load/names.h"

#include "base/mix.h"
#include "base/prefetch.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- repeated names ---- */

/* Hash a name, eight bytes at a time. */
static uint64_t hash(const char *name, size_t length)
{
    uint64_t bits = length, word;
    for (; length >= sizeof word; name += sizeof word, length -= sizeof word) {
        memcpy(&word, name, sizeof word);
        bits = dm_mix(bits ^ word);
    }
    word = 0;
    memcpy(&word, name, length);
    return dm_mix(bits ^ word);
}

/* An open hash table of locations by their names. An entry has the number of a location plus one in
 * its low half and half of the hash of its name in the other, so that names are compared only if
 * they are likely to be equal. */
struct table {
    const struct dm_locations *locations;
    uint64_t *entries;
    size_t mask;
};

static bool same_name(const struct dm_locations *locations, size_t a, size_t b)
{
    const size_t *begin = locations->name_begin;
    size_t length = begin[a + 1] - begin[a];
    return length == begin[b + 1] - begin[b] &&
           memcmp(locations->names + begin[a], locations->names + begin[b], length) == 0;
}

/* Add a location. Return false if one with its name is there already. */
static bool add(struct table *table, size_t index, uint64_t bits)
{
    const uint64_t high = bits & ~(uint64_t)UINT32_MAX;
    for (size_t at = (size_t)bits & table->mask;; at = (at + 1) & table->mask) {
        uint64_t entry = table->entries[at];
        if (entry == 0) {
            table->entries[at] = high | (index + 1);
            return true;
        }
        if ((entry & ~(uint64_t)UINT32_MAX) == high &&
            same_name(table->locations, (size_t)(uint32_t)entry - 1, index))
            return false;
    }
}

/* Add all locations, in groups whose places in the table are asked for together, since each is a
 * cache miss. Return how many have the name of an earlier one. */
static size_t add_all(struct table *table, size_t *first)
{
    enum { GROUP = 16 };
    const struct dm_locations *locations = table->locations;
    size_t repeated = 0;
    for (size_t begin = 0; begin < locations->count; begin += GROUP) {
        uint64_t bits[GROUP];
        size_t left = locations->count - begin, count = left < GROUP ? left : GROUP;
        for (size_t i = 0; i < count; i++) {
            size_t at = locations->name_begin[begin + i];
            bits[i] = hash(locations->names + at, locations->name_begin[begin + i + 1] - at);
            dm_prefetch(&table->entries[bits[i] & table->mask]);
        }
        for (size_t i = 0; i < count; i++)
            if (!add(table, begin + i, bits[i]) && repeated++ == 0)
                *first = begin + i;
    }
    return repeated;
}

enum dm_status dm_names_repeated(const struct dm_locations *locations, size_t *repeated,
                                 size_t *first, struct dm_error *error)
{
    size_t size = 16;
    *repeated = 0;
    if (locations->count >= UINT32_MAX)
        return DM_OK; /* not looked at */
    while (size - size / 4 < locations->count)
        size *= 2;
    struct table table = {locations, calloc(size, sizeof(uint64_t)), size - 1};
    if (!table.entries)
        return dm_fail_memory(error, "the names");
    *repeated = add_all(&table, first);
    free(table.entries);
    return DM_OK;
}

/* ---- UTF-8 ---- */

static bool is_ascii(const char *text, size_t length)
{
    uint64_t word, high = 0;
    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        high |= word;
    }
    word = 0;
    memcpy(&word, text, length);
    return ((high | word) & UINT64_C(0x8080808080808080)) == 0;
}

bool dm_is_utf8(const char *text, size_t length)
{
    enum { PIECE = 4096 };
    for (size_t at = 0; at < length;) {
        size_t left = length - at;
        if (is_ascii(text + at, left < PIECE ? left : PIECE)) {
            at += left < PIECE ? left : PIECE;
            continue;
        }
        for (size_t end = at + PIECE; at < length && at < end;) {
            size_t bytes = dm_utf8_length(text + at, length - at);
            if (bytes == 0)
                return false;
            at += bytes;
        }
    }
    return true;
}
