/* values.h - the values of a column while a table is loaded, each kept once. */
#ifndef LOAD_VALUES_H
#define LOAD_VALUES_H

#include <dmatrix/locations.h>

#include <stdbool.h>

struct dm_growing_values {
    struct dm_values values;
    size_t numbers, numbers_capacity; /* locations */
    size_t begin_capacity, text_capacity;
    uint32_t *entries; /* hash table of the values' numbers, 0: empty */
    size_t entries_size;
};

/* Add the value of the next location, without the blanks around it. Return false if out of memory.
 */
bool dm_growing_values_add(struct dm_growing_values *growing, const char *text, size_t length);

/* Return the values. The caller frees them with dm_values_free(). */
struct dm_values dm_growing_values_finish(struct dm_growing_values *growing);

void dm_growing_values_free(struct dm_growing_values *growing); /* a zeroed struct is allowed */

#endif
