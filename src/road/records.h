/* records.h - answers of an earlier search: the cells of some pairs, each with its pair. */
#ifndef ROAD_RECORDS_H
#define ROAD_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* As in the file. A word of zeros is in a hole, which a crash may leave: never one that was
 * written. */
struct dm_record {
    uint64_t pair; /* its number, and 1 */
    uint64_t words[2];
};

struct dm_records {
    struct dm_record *list; /* by pair */
    size_t count;
};

/* Read the records that begin at an offset of a file of this size, without those that were not
 * written whole. The caller frees records->list. Set *written to the number of whole records in the
 * file. Return false, with errno, if reading fails or without memory. */
bool dm_records_read(int file, off_t begin, off_t size, struct dm_records *records,
                     uint64_t *written);

/* Return the record of a pair; NULL: there is none. */
const struct dm_record *dm_records_find(const struct dm_records *records, uint64_t pair);

#endif
