/* json_table.h - reading matrices of numbers from JSON. What is not exactly as asked for is
 * refused: *ask then has the reason as its message, which names the matrix, row and entry. */
#ifndef SERVER_JSON_TABLE_H
#define SERVER_JSON_TABLE_H

#include "road/server_module.h"

#include <jansson.h>
#include <stdbool.h>

/* Which number of a cell. */
enum dm_cell_part { DM_PART_DISTANCE, DM_PART_DURATION };

/* Write the message and return false. */
bool dm_ask_refuse(struct dm_ask *ask, const char *format, ...) DM_PRINTF(2, 3);

/* Return "a string", "null", ...; "missing" for NULL. */
const char *dm_json_kind(const json_t *value);

/* Read the member `name` of `object`: ask->origin_count rows, each with ask->destination_count
 * entries, numbers that are finite and not negative, or null, which becomes NaN. Set that part of
 * all cells, multiplied by `factor`. */
bool dm_json_table(const json_t *object, const char *name, enum dm_cell_part part, double factor,
                   struct dm_ask *ask);

/* Read one entry, at the place that `where` names. */
bool dm_json_cell(const json_t *entry, const char *where, enum dm_cell_part part, double factor,
                  struct dm_road_cell *cell, struct dm_ask *ask);

/* Check that each cell has both numbers or none. */
bool dm_json_table_agrees(struct dm_ask *ask);

/* Return the member `name` of `object` if it is an array of `count` entries, else NULL. */
const json_t *dm_json_array(const json_t *object, const char *name, size_t count,
                            struct dm_ask *ask);

/* Read distances to roads, in metres: the member `key` of each of `count` objects in the array
 * `name`. They become NaN where the array, the object (null) or the key is missing, since a server
 * can be asked to leave them out. */
bool dm_json_snaps(const json_t *object, const char *name, const char *key, double *snaps_m,
                   size_t count, struct dm_ask *ask);

#endif
