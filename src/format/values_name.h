/* values_name.h - the name of the column or property with the values of destinations. */
#ifndef FORMAT_VALUES_NAME_H
#define FORMAT_VALUES_NAME_H

#include <dmatrix/format.h>
#include <dmatrix/shape.h>

#include <stdbool.h>

/* Return the header of the table's column, or "value" if it has none. */
const char *dm_values_name(const struct dm_values *values);

/* Return true if output of neighbours has a column or property of its own with that name. */
bool dm_values_name_is_taken(const struct dm_values *values, const struct dm_unit *unit);

#endif
