/* rows.h - converting the rows of a table to locations.
 *
 * For each row only its name and its coordinates are kept. The name is appended to the names of the
 * locations, and stays there if the row is valid.
 */
#ifndef LOAD_ROWS_H
#define LOAD_ROWS_H

#include "load/coordinate.h"
#include "load/growing.h"
#include "load/sample.h"
#include "load/table.h"

#include <dmatrix/load.h>

struct dm_rows;

/* Begin with the first row of the text, of which table->skipped rows are skipped. The pointers must
 * stay valid; `crs` describes the system that the options choose, and `shown` is the file's name,
 * for messages. Return NULL if out of memory. */
struct dm_rows *dm_rows_open(const struct dm_load_options *options, const struct dm_crs_notes *crs,
                             const struct dm_table *table, const struct dm_sample *sample,
                             const char *shown);

/* Return what receives the rows. When it is done before the text ends, a row is invalid. */
struct dm_record_reader *dm_rows_reader(struct dm_rows *rows);

/* Return the locations so far, one of each row, of its first or second place. */
struct dm_growing *dm_rows_growing(struct dm_rows *rows, size_t place);

/* Reject a row that was read before, of which a location was made. The caller discards that. Return
 * DM_OK if the row is skipped, as the options say. */
enum dm_status dm_rows_reject(struct dm_rows *rows, uint64_t line,
                              const struct dm_complaint *complaint);

/* Discard the locations whose latitude is NAN in each place. */
void dm_rows_discard_nan(struct dm_rows *rows);

/* Take the locations and fill the notes, after the last row; a place that rows do not have has no
 * locations. DM_DATA: a row is invalid, or there
 * are no locations. DM_MEMORY. */
enum dm_status dm_rows_finish(struct dm_rows *rows, struct dm_locations locations[DM_PLACES_MAX],
                              struct dm_load_notes *notes, struct dm_error *error);

void dm_rows_close(struct dm_rows *rows); /* NULL is allowed */

#endif
