#include "road/records.h"

#include "base/retry.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    uint64_t x = ((const struct dm_record *)a)->pair, y = ((const struct dm_record *)b)->pair;
    return (x > y) - (x < y);
}

/* Remove the records with a word that was never written. */
static void drop_holes(struct dm_records *records)
{
    size_t kept = 0;
    for (size_t i = 0; i < records->count; i++) {
        const struct dm_record *record = &records->list[i];
        if (record->pair != 0 && record->words[0] != 0 && record->words[1] != 0)
            records->list[kept++] = *record;
    }
    records->count = kept;
}

bool dm_records_read(int file, off_t begin, off_t size, struct dm_records *records,
                     uint64_t *written)
{
    size_t count = size > begin ? (size_t)(size - begin) / sizeof *records->list : 0;
    records->list = malloc(count * sizeof *records->list + 1);
    if (!records->list)
        return false;
    if (!dm_retry_read_at(file, records->list, count * sizeof *records->list, begin))
        return false;
    *written = records->count = count;
    drop_holes(records);
    qsort(records->list, records->count, sizeof *records->list, compare);
    return true;
}

const struct dm_record *dm_records_find(const struct dm_records *records, uint64_t pair)
{
    const struct dm_record key = {.pair = pair + 1};
    return records->count > 0 ? bsearch(&key, records->list, records->count, sizeof key, compare)
                              : NULL;
}
