/* names_file.h - the names of the locations as a file of its own, beside formats that number them.
 */
#ifndef RUN_NAMES_FILE_H
#define RUN_NAMES_FILE_H

#include "output/output.h"
#include "run/places.h"

#include <dmatrix/format.h>

/* Write a CSV file with the number of each location, as the format counts, and its name: the
 * columns index and name or, if there are two sets, set (origin or destination), index and name.
 * Errors as of dm_output_write() and dm_output_finish(), and DM_MEMORY. */
enum dm_status dm_names_write(struct dm_output *output, const struct dm_format *format,
                              const struct dm_places *places, struct dm_error *error);

#endif
