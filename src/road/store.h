/* store.h - the answers of a routing server: a cell for each pair, or for some, in memory or in a
 * file beside the output, from which another run goes on. */
#ifndef ROAD_STORE_H
#define ROAD_STORE_H

#include "road/server_module.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DM_STORE_ENDING ".dmatrix-road" /* added to the path of the output */

struct dm_store_options {
    uint64_t pairs;       /* that have room; 0: the cells of some pairs are added as they come, with
                           * `keeps` */
    size_t places;        /* whose snaps are kept, origins first */
    const char *output;   /* path of the output, beside which a file is made; "-": there is none */
    const char *scratch;  /* folder of a file without a name, if the output is "-"; NULL: /tmp */
    bool keeps;           /* for another run: the file has a name, and is there after a failure */
    const char *identity; /* lines "key=value" of what the answers depend on; with `keeps` */
};

struct dm_store;

/* Return how many bytes of a file a store will take; 0: it will be in memory. */
uint64_t dm_store_file_bytes(const struct dm_store_options *options);

/* Return true if there is a store for another run beside the output. */
bool dm_store_exists(const char *output);

/* Make a store or, if `keeps` and one is there, open it: then it has the identity with which it was
 * made, and must not be used if that differs. DM_IO, DM_MEMORY. */
enum dm_status dm_store_open(const struct dm_store_options *options, struct dm_store **store,
                             struct dm_error *error);

/* Return the identity of a store that was there; NULL: it is new. */
const char *dm_store_identity(const struct dm_store *store);

/* Return the path of a store for another run; NULL: it has none. */
const char *dm_store_path(const struct dm_store *store);

/* Store the cells of pairs [pair, pair + count), or the snap of a place. DM_IO. */
enum dm_status dm_store_put(struct dm_store *store, uint64_t pair, const struct dm_road_cell *cells,
                            size_t count, struct dm_error *error);
enum dm_status dm_store_put_snap(struct dm_store *store, size_t place, double snap_m,
                                 struct dm_error *error);

/* Return how many cells were put since the store was opened. */
uint64_t dm_store_put_count(const struct dm_store *store);

/* Read the cells of pairs [pair, pair + count), in any thread or process. Those that were never put
 * have a distance for which dm_store_is_empty() is true. Return false if reading fails. */
bool dm_store_get(const struct dm_store *store, uint64_t pair, struct dm_road_cell *cells,
                  size_t count);

/* Read the snap of a place; NaN: it is not known. */
bool dm_store_get_snap(const struct dm_store *store, size_t place, double *snap_m);

bool dm_store_is_empty(const struct dm_road_cell *cell);

/* Add cells of any pairs to a store without room for all. DM_IO. */
enum dm_status dm_store_add(struct dm_store *store, const uint64_t *pairs,
                            const struct dm_road_cell *cells, size_t count, struct dm_error *error);

/* Return true, and the cell of a pair, if one was added before the store was opened. */
bool dm_store_find(const struct dm_store *store, uint64_t pair, struct dm_road_cell *cell);

/* Close the store. Its file stays if it `keeps` and something was put. */
void dm_store_close(struct dm_store *store); /* NULL is allowed */

/* Close the store and remove its file: nobody needs the answers again. */
void dm_store_finish(struct dm_store *store);

#endif
