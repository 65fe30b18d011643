/* row.h - rows of a matrix as text: a label, and the numbers. */
#ifndef FORMAT_ROW_H
#define FORMAT_ROW_H

#include "format/digits.h"
#include "format/labels.h"

#include <dmatrix/format.h>

/* The bound of any one pair, and of a segment. */
size_t dm_row_pair_bound(const struct dm_labels *labels);
size_t dm_row_bound(const struct dm_labels *labels, const struct dm_segment *segment);

/* Writes a segment: first the origin's label where the row begins; a line feed takes the place of
 * the last separator where it ends. Returns the end. */
char *dm_put_row(char *text, const struct dm_labels *labels, const struct dm_decimals *decimals,
                 const struct dm_segment *segment);

#endif
